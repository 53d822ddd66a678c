/** The first of these promises to settle, or null after `limitMs` or when the signal aborts. Leaves no timer behind. */
export async function within<T extends readonly unknown[]>(
  limitMs: number,
  signal: AbortSignal,
  ...promises: { readonly [K in keyof T]: Promise<T[K]> }
): Promise<T[number] | null> {
  if (signal.aborted) return null;
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => undefined;
  const limit = new Promise<null>((resolve) => {
    stop = () => { resolve(null); };
    timer = setTimeout(stop, Math.max(0, limitMs));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race<T[number] | null>([...promises, limit]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The ways in which a process is told to end, or breaks down. */
export type ProcessEnd =
  | { readonly kind: 'signal'; readonly signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT' }
  | { readonly kind: 'crash'; readonly error: unknown };

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** 128 and the signal's number, as shells report it (POSIX.1-2017, Shell Command Language, 2.8.2). */
export const SIGNAL_EXIT_CODE = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Calls `onEnd` instead of letting the process die with the terminal in raw mode. Gives the function that stops watching. */
export function watchProcess(onEnd: (end: ProcessEnd) => void): () => void {
  const onCrash = (error: unknown): void => {
    onEnd({ kind: 'crash', error });
  };
  const onSignal = SIGNALS.map((signal) => {
    const listener = (): void => {
      onEnd({ kind: 'signal', signal });
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  return () => {
    process.off('uncaughtException', onCrash);
    process.off('unhandledRejection', onCrash);
    for (const { signal, listener } of onSignal) process.off(signal, listener);
  };
}

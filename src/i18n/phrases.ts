import type { CauseParameters } from '../domain/verdict.ts';

/**
 * Pieces of a verdict's sentence that are the same in every language. Each gives '' for a value that is absent or
 * empty, so that a sentence never shows a hole.
 */

/** `api.example.com:443`, `[2001:db8::1]:443`. */
export function endpoint({ host, port }: CauseParameters): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** ` (198.51.100.10)`; '' when the address is unknown or is the host itself. */
export function inBrackets({ host, address }: CauseParameters): string {
  return address === undefined || address === '' || address === host ? '' : ` (${address})`;
}

/** `: notAfter=Jan  1 00:00:00 2024 GMT`, without the full stop that our own sentence ends with. */
export function afterColon({ detail }: CauseParameters): string {
  return detail === undefined || detail.trim() === '' ? '' : `: ${detail.trim().replace(/\.$/u, '')}`;
}

/** ` from this machine`: the words around a contrast's name, or '' without one. */
export function withContrast({ contrast }: CauseParameters, say: (name: string) => string): string {
  return contrast === undefined || contrast === '' ? '' : say(contrast);
}

/** The words around a detail that is a name or an address of something, or '' without one. */
export function withDetail({ detail }: CauseParameters, say: (detail: string) => string): string {
  return detail === undefined || detail.trim() === '' ? '' : say(detail.trim());
}

import { MAX_LINE_LENGTH, cleanText } from '../domain/sanitise.ts';

/**
 * The gate to the store: whatever a cluster, a tool or a server said is cleaned here, before anything keeps it, even when the
 * one who brought it should have cleaned it already. Gives the same plain data with every string in it cleaned, tabs as spaces.
 */
export function cleanData<T>(data: T): T {
  return clean(data) as T;
}

/** Most of what comes is this: lists of ten thousand names must not cost a tenth of a second. */
const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/u;

function clean(data: unknown): unknown {
  if (typeof data === 'string') return cleanString(data);
  if (Array.isArray(data)) return data.map(clean);
  if (data !== null && typeof data === 'object') {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [cleanString(key), clean(value)]));
  }
  return data;
}

function cleanString(text: string): string {
  return text.length <= MAX_LINE_LENGTH && PRINTABLE_ASCII.test(text) ? text : cleanText(text).replaceAll('\t', '    ');
}

import { cleanText } from '../domain/sanitise.ts';

/**
 * The gate to the store: whatever a cluster, a tool or a server said is cleaned here, before anything keeps it, even when the
 * one who brought it should have cleaned it already. Gives the same plain data with every string in it cleaned, tabs as spaces.
 */
export function cleanData<T>(data: T): T {
  return clean(data) as T;
}

function clean(data: unknown): unknown {
  if (typeof data === 'string') return cleanText(data).replaceAll('\t', '    ');
  if (Array.isArray(data)) return data.map(clean);
  if (data !== null && typeof data === 'object') {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [cleanText(key), clean(value)]));
  }
  return data;
}

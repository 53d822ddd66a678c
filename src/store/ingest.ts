import { mapStrings } from '../domain/plain-data.ts';
import { cleanText } from '../domain/sanitise.ts';

/**
 * The gate to the store: whatever a cluster, a tool or a server said is cleaned here, before anything keeps it, even when the
 * one who brought it should have cleaned it already. Gives the same plain data with every string in it cleaned, tabs as spaces.
 */
export function cleanData<T>(data: T): T {
  return mapStrings(data, cleanString);
}

function cleanString(text: string): string {
  const cleaned = cleanText(text);
  return cleaned.includes('\t') ? cleaned.replaceAll('\t', '    ') : cleaned;
}

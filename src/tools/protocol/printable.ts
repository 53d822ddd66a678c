const MAX_PRINTABLE = 200;

/**
 * The first bytes of an answer as text that is safe to show: UTF-8 where it is valid, every control character, escape
 * sequence and direction mark replaced by a dot (line ends by a space), at most `limit` characters.
 */
export function printableStart(bytes: Uint8Array | string, limit: number = MAX_PRINTABLE): string {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder('utf-8').decode(bytes.subarray(0, limit * 4));
  const shown = text
    .replace(/\s*[\r\n]+\s*/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\ufffd]/gu, '.')
    .trim();
  return [...shown].slice(0, limit).join('');
}

import type { Readable, Writable } from 'node:stream';

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };
  readonly stderr: Writable & { readonly isTTY?: boolean | undefined };
}

/**
 * Calls back when the reader of a stream goes away (`netdiag-tui causes | head -1`). That is not an error of ours, so it is quiet;
 * any other failure to write cannot be told to anybody either.
 */
export function onClosedReader(streams: Pick<Streams, 'stdout' | 'stderr'>, closed: () => void): void {
  for (const stream of [streams.stdout, streams.stderr]) stream.on('error', closed);
}

export function writeLines(stream: Writable, lines: readonly string[]): void {
  if (lines.length > 0 && stream.writable) stream.write(`${lines.join('\n')}\n`);
}

/** Characters that JSON allows as they are and that a terminal may act on or hide: DEL and C1, format characters, separators. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** One JSON value that is safe to look at in a terminal. */
export function writeJson(stream: Writable, value: unknown, indent: 0 | 2 = 2): void {
  writeLines(stream, [jsonText(value, indent)]);
}

export function jsonText(value: unknown, indent: 0 | 2 = 2): string {
  return JSON.stringify(value, null, indent).replace(UNSAFE, escapeCharacter);
}

/** JSON escapes UTF-16 units (RFC 8259, 7), so a character outside the basic plane becomes two. */
function escapeCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`).join('');
}

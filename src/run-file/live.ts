import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { encodeLine } from './encode.ts';

/** How often a recorder touches the time of its file. */
export const SIGN_OF_LIFE_MS = 2_000;
/** Several signs of life are missing: the writer may be stopped or its machine asleep. */
export const SILENT_AFTER_MS = 7_000;
/** Nobody expects this writer back. */
export const GONE_AFTER_MS = 20_000;

/** Whoever puts a link where a recording is looked for gets nobody to open what it points to; a FIFO is not waited for. */
export const OPEN_UNTRUSTED = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

const LAST_LINE = Buffer.from(encodeLine({ kind: 'recording-closed' }));

/** Whether somebody still writes to this recording, by its last line and its signs of life. False for what cannot be read. */
export function isLive(path: string, nowMs: number): boolean {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, OPEN_UNTRUSTED);
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || nowMs - stat.mtimeMs > SILENT_AFTER_MS) return false;
    const end = Buffer.alloc(LAST_LINE.length);
    readSync(descriptor, end, 0, end.length, Math.max(0, stat.size - end.length));
    return !end.equals(LAST_LINE);
  } catch {
    return false;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

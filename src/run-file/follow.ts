import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { errorText } from '../domain/error-text.ts';
import type { RunEvent } from '../domain/run-event.ts';
import { decodeHeader, decodeLine } from './decode.ts';
import { MAX_FILE_BYTES, MAX_LINE_BYTES, type RunFileProblem } from './format.ts';
import { GONE_AFTER_MS, OPEN_UNTRUSTED, SILENT_AFTER_MS } from './live.ts';

/** `closed`: the writer ended in order. `silent`, `gone`: no sign of life for 7 and 20 seconds; it may yet come back. */
export type Heard = 'live' | 'silent' | 'gone' | 'closed';

export type Followed =
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** What is heard of the writer has changed. Nothing comes after `closed`. */
  | { readonly kind: 'heard'; readonly heard: Heard }
  /** The last item. */
  | { readonly kind: 'problem'; readonly problem: RunFileProblem };

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** How often it is looked for more. */
  readonly everyMs?: number;
  /** Wall clock, milliseconds. */
  readonly now?: () => number;
}

const EVERY_MS = 150;
const CHUNK_BYTES = 256 * 1024;

/**
 * A recording from its beginning, and then as it grows, until its writer closes it or the signal aborts. A last line without its end is
 * waited for. A file that is renamed or deleted is followed on: it is the same one that is written to.
 */
export async function* followRunFile(path: string, options: FollowOptions): AsyncGenerator<Followed> {
  let file: FileHandle;
  try {
    file = await open(path, OPEN_UNTRUSTED);
  } catch (error) {
    yield { kind: 'problem', problem: { kind: 'unreadable', detail: errorText(error) } };
    return;
  }
  try {
    if ((await file.stat()).isFile()) yield* follow(file, options);
    else yield { kind: 'problem', problem: { kind: 'not-a-file' } };
  } finally {
    await file.close();
  }
}

async function* follow(file: FileHandle, { signal, everyMs = EVERY_MS, now = Date.now }: FollowOptions): AsyncGenerator<Followed> {
  const lines = new GrowingLines();
  let number = 0;
  let lastHeard: Heard | null = null;
  while (!signal.aborted) {
    const { size, mtimeMs } = await file.stat();
    const trouble = lines.troubleAt(size);
    if (trouble !== null) {
      yield { kind: 'problem', problem: trouble };
      return;
    }
    const isAtEnd = await lines.readOn(file, size);
    for (const line of lines.take()) {
      number += 1;
      const item = itemOf(line, number);
      if (item !== null) yield item;
      if (item?.kind === 'problem' || (item?.kind === 'heard' && item.heard === 'closed')) return;
    }
    if (!isAtEnd) continue;
    const heard = heardAfter(now() - mtimeMs);
    if (heard !== lastHeard) yield { kind: 'heard', heard };
    lastHeard = heard;
    await setTimeout(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

function heardAfter(silentMs: number): Heard {
  return silentMs > GONE_AFTER_MS ? 'gone' : silentMs > SILENT_AFTER_MS ? 'silent' : 'live';
}

/** null: a line that says nothing to those who follow. */
function itemOf(line: string, number: number): Followed | null {
  if (number === 1) {
    const header = decodeHeader(line);
    return header.kind === 'line' ? null : { kind: 'problem', problem: header.problem };
  }
  if (line === '') return null;
  const decoded = decodeLine(line, number);
  if (decoded.kind === 'bad') return { kind: 'problem', problem: decoded.problem };
  // A newer program drives: what it adds says nothing to this one.
  if (decoded.kind === 'unknown') return null;
  switch (decoded.value.kind) {
    case 'output-left-out':
      return null;
    case 'recording-closed':
      return { kind: 'heard', heard: 'closed' };
    default:
      return { kind: 'event', event: decoded.value };
  }
}

/** Whole lines of a file that grows; what comes after the last line end is kept until its own end comes. */
class GrowingLines {
  #at = 0;
  #unfinished = Buffer.alloc(0);
  #whole: string[] = [];

  troubleAt(size: number): RunFileProblem | null {
    if (size > MAX_FILE_BYTES) return { kind: 'too-large', bytes: size, limitBytes: MAX_FILE_BYTES };
    if (size < this.#at) return { kind: 'cut-off', bytes: size, readBytes: this.#at };
    return this.#unfinished.length > MAX_LINE_BYTES ? { kind: 'too-large', bytes: this.#unfinished.length, limitBytes: MAX_LINE_BYTES } : null;
  }

  /** True when there is no more for now. */
  async readOn(file: FileHandle, size: number): Promise<boolean> {
    if (size === this.#at) return true;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(CHUNK_BYTES, size - this.#at)), 0, null, this.#at);
    this.#at += bytesRead;
    const bytes = Buffer.concat([this.#unfinished, buffer.subarray(0, bytesRead)]);
    const end = bytes.lastIndexOf(0x0a);
    this.#unfinished = bytes.subarray(end + 1);
    if (end !== -1) this.#whole.push(...bytes.subarray(0, end).toString('utf8').split('\n'));
    return bytesRead === 0;
  }

  take(): readonly string[] {
    return this.#whole.splice(0);
  }
}

import { open } from 'node:fs/promises';
import { constants } from 'node:fs';
import { errorText } from '../domain/error-text.ts';
import type { RunEvent } from '../domain/run-event.ts';
import { MAX_FILE_BYTES, MAX_LINE_BYTES, type FileLine, type Header, type ReadResult, type RunFileProblem } from './format.ts';
import { decodeHeader, decodeLine, NOT_JSON, type Decoded } from './decode.ts';

/** Reads and checks a whole recording. The file may be anybody's: nothing in it is followed, opened or shown as it is. */
export async function readRunFile(path: string): Promise<ReadResult> {
  let text: string;
  try {
    // Opening a FIFO would wait for its writer.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return failed({ kind: 'not-a-file' });
      if (stat.size > MAX_FILE_BYTES) return failed({ kind: 'too-large', bytes: stat.size, limitBytes: MAX_FILE_BYTES });
      text = await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed({ kind: 'unreadable', detail: errorText(error) });
  }
  return parseRunFile(text);
}

/**
 * A recording from its text. A file that ends within a line, because its writer was killed, is read up to there; lines of kinds that are
 * newer than this program are left out and told; anything else that is wrong in a line is a problem that names the line and the field.
 */
export function parseRunFile(text: string): ReadResult {
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  if (lines.length === 1) return failed(isPossibleStart(first) ? { kind: 'empty' } : { kind: 'not-a-recording', detail: 'no line of it ends' });
  const start = decodeHeader(first);
  if (start.kind !== 'line') return failed(start.problem);
  const read = new LinesRead(start.value);
  for (const line of lines.slice(1, -1)) read.take(line);
  return read.end(lines.at(-1) ?? '');
}

/** The lines of a recording one after the other: whole ones are taken, and what follows the last of them ends it. */
export class LinesRead {
  readonly #header: Header;
  readonly #events: RunEvent[] = [];
  readonly #unknown = new Map<string, number>();
  #line = 1;
  #outputLeftOut = false;
  #problem: RunFileProblem | null = null;
  /** A line that is no JSON, as a killed writer leaves it: only what people wrote later may follow. */
  #torn: { readonly problem: RunFileProblem; readonly isFollowed: boolean } | null = null;

  constructor(header: Header) {
    this.#header = header;
  }

  /** `line` without its end. */
  take(line: string): void {
    this.#line += 1;
    if (this.#problem !== null || line === '') return;
    if (this.#torn !== null) {
      if (!isNote(line)) this.#problem = this.#torn.problem;
      this.#torn = { ...this.#torn, isFollowed: true };
    }
    const decoded = this.#decode(line, this.#line);
    if (isNotJson(decoded)) this.#torn ??= { problem: decoded.problem, isFollowed: false };
    else this.#add(decoded, this.#line);
  }

  /** `rest` follows the last line end: empty, or what a killed writer left of a line, or a line that lacks but its end. */
  end(rest: string): ReadResult {
    const decoded = rest === '' ? null : this.#decode(rest, this.#line + 1);
    const isTorn = decoded !== null && isNotJson(decoded);
    if (this.#torn !== null && !this.#torn.isFollowed && !isNote(rest)) this.#problem ??= this.#torn.problem;
    if (decoded !== null && !isTorn) this.#add(decoded, this.#line + 1);
    if (this.#problem !== null) return failed(this.#problem);
    const unknown = [...this.#unknown].map(([kind, lines]) => ({ kind, lines }));
    return { ok: true, recording: { header: this.#header, events: this.#events, torn: isTorn || this.#torn !== null, outputLeftOut: this.#outputLeftOut, unknown } };
  }

  #decode(text: string, number: number): Decoded<FileLine> {
    if (text.length > MAX_LINE_BYTES) return { kind: 'bad', problem: { kind: 'bad-line', line: number, field: '', detail: `longer than ${String(MAX_LINE_BYTES)} bytes` } };
    return decodeLine(text, number);
  }

  #add(decoded: Decoded<FileLine>, number: number): void {
    if (decoded.kind === 'bad') this.#problem ??= decoded.problem;
    else if (decoded.kind === 'unknown') this.#unknown.set(decoded.what, (this.#unknown.get(decoded.what) ?? 0) + 1);
    else if (decoded.value.kind === 'output-left-out') this.#outputLeftOut = true;
    else if (decoded.value.kind === 'recording-closed') return;
    else if (this.#events.length === 0 && decoded.value.kind !== 'run-started') this.#problem ??= { kind: 'bad-line', line: number, field: 'kind', detail: 'a recording begins with run-started' };
    else this.#events.push(decoded.value);
  }
}

function isNote(line: string): boolean {
  return line.startsWith('{"kind":"note-left"');
}

function isNotJson(decoded: Decoded<unknown>): decoded is Extract<Decoded<unknown>, { kind: 'bad' }> {
  return decoded.kind === 'bad' && decoded.problem.kind === 'bad-line' && decoded.problem.detail === NOT_JSON;
}

function isPossibleStart(text: string): boolean {
  return text === '' || '{"format":"netdiag-recording"'.startsWith(text.slice(0, 29));
}

function failed(problem: RunFileProblem): ReadResult {
  return { ok: false, problem };
}

import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { errorText } from '../../domain/error-text.ts';

export interface CastSize {
  readonly columns: number;
  readonly rows: number;
}

export interface CastOptions {
  /** A new file; one that is there is never written over. */
  readonly path: string;
  readonly size: CastSize;
  /** `xterm-256color`; absent: not known. */
  readonly term?: string;
  readonly title: string;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

/**
 * What a terminal was sent, as asciicast v3 (docs.asciinema.org/manual/asciicast/v3): a header, then one event a line, written as it
 * happens, with the seconds since the event before. Output, sizes and the exit code; never what was typed. Throws when the
 * file cannot be made.
 */
export class CastFile {
  readonly #now: () => number;
  #descriptor: number | null;
  #lastMs: number;
  #fault: string | null = null;

  constructor({ path, size, term, title, now = () => performance.now() }: CastOptions) {
    this.#now = now;
    this.#descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
    this.#lastMs = now();
    const header = { version: 3, term: { cols: size.columns, rows: size.rows, ...(term === undefined ? {} : { type: term }) }, timestamp: Math.floor(Date.now() / 1000), title };
    this.#write(JSON.stringify(header));
  }

  /** Why it was given up on the way, in the system's words; null: it is whole. */
  get fault(): string | null {
    return this.#fault;
  }

  output(text: string): void {
    if (text !== '') this.#event('o', text);
  }

  resize({ columns, rows }: CastSize): void {
    this.#event('r', `${String(columns)}x${String(rows)}`);
  }

  /** The last event. Safe to call twice. */
  close(exitCode: number): void {
    this.#event('x', String(exitCode));
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #event(code: 'o' | 'r' | 'x', data: string): void {
    const nowMs = this.#now();
    const seconds = Math.round(nowMs - this.#lastMs) / 1000;
    // What is lost by rounding is not lost for good.
    this.#lastMs += seconds * 1000;
    this.#write(JSON.stringify([seconds, code, data]));
  }

  #write(line: string): void {
    if (this.#descriptor === null) return;
    try {
      writeSync(this.#descriptor, `${line}\n`);
    } catch (error) {
      closeSync(this.#descriptor);
      this.#descriptor = null;
      this.#fault = errorText(error);
    }
  }
}

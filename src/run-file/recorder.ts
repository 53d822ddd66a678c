import { closeSync, constants, fchmodSync, futimesSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../domain/error-text.ts';
import type { RunEvent } from '../domain/run-event.ts';
import { makeRoom, recordingName } from './folder.ts';
import { MAX_RECORDED_BYTES } from './format.ts';
import { encodeLine, fitToKeep, headerOf } from './encode.ts';
import { SIGN_OF_LIFE_MS } from './live.ts';

export interface RecorderOptions {
  readonly tool: { readonly name: string; readonly version: string };
  /** A new file here, or a new one with a name of its own in this folder. */
  readonly to: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'folder'; readonly path: string };
  /** Everybody who gets into its folder may read the file. */
  readonly shared: boolean;
  /** Tokens stand for names and addresses in what is recorded. */
  readonly isWithoutNames?: boolean;
  /** Called once, when recording had to be given up: a run never fails because its recording does. `detail` in the system's words. */
  readonly onGivenUp: (detail: string) => void;
  readonly limitBytes?: number;
}

/**
 * Writes a run's events to a file as they come, each line with one write(2): a process killed at any moment leaves whole lines behind it.
 * While it is open the file's time is touched every two seconds, by which those who follow know that somebody still writes.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  #descriptor: number | null = null;
  #path: string | null = null;
  #bytes = 0;
  #isFull = false;
  #isGivenUp = false;
  #signsOfLife: NodeJS.Timeout | null = null;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Where the recording is; null before `run-started`, and when there is none. */
  get path(): string | null {
    return this.#path;
  }

  record(event: RunEvent): void {
    if (this.#isGivenUp) return;
    try {
      if (event.kind === 'run-started') this.#open(event.startedAt, event.runId);
      if (this.#descriptor === null) return;
      if (event.kind === 'output' && this.#isOverLimit(event.atMs)) return;
      this.#write(encodeLine(fitToKeep(event)));
    } catch (error) {
      this.#isGivenUp = true;
      this.#release();
      this.#options.onGivenUp(errorText(error));
    }
  }

  /** Nothing more will come. Safe to call twice. */
  close(): void {
    try {
      this.#write(encodeLine({ kind: 'recording-closed' }));
    } catch {
      // The disk is full or gone: the last words of a recording are no run's failure.
    }
    this.#release();
  }

  /** Closes and removes the recording: nobody will want it. */
  discard(): void {
    this.close();
    if (this.#path !== null) rmSync(this.#path, { force: true });
    this.#path = null;
  }

  #release(): void {
    if (this.#signsOfLife !== null) clearInterval(this.#signsOfLife);
    this.#signsOfLife = null;
    OPEN.delete(this);
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #open(startedAt: string, runId: string): void {
    this.close();
    const { to, shared, tool, isWithoutNames = false } = this.#options;
    if (to.kind === 'folder') makeRoom(to.path);
    const path = to.kind === 'file' ? to.path : join(to.path, recordingName(startedAt, runId));
    // An existing file, or a link that somebody put there, is never written over.
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    this.#descriptor = openSync(path, flags, shared ? 0o644 : 0o600);
    if (shared) fchmodSync(this.#descriptor, 0o644);
    this.#path = path;
    this.#bytes = 0;
    this.#isFull = false;
    this.#write(encodeLine(headerOf(tool, isWithoutNames)));
    this.#signsOfLife = setInterval(() => { this.#touch(); }, SIGN_OF_LIFE_MS).unref();
    closedAtExit(this);
  }

  #touch(): void {
    if (this.#descriptor === null) return;
    try {
      const now = new Date();
      futimesSync(this.#descriptor, now, now);
    } catch {
      // The next line that cannot be written gives up.
    }
  }

  /** Says so in the file, once. */
  #isOverLimit(atMs: number): boolean {
    if (this.#bytes < (this.#options.limitBytes ?? MAX_RECORDED_BYTES)) return false;
    if (!this.#isFull) this.#write(encodeLine({ kind: 'output-left-out', atMs }));
    this.#isFull = true;
    return true;
  }

  #write(line: string): void {
    if (this.#descriptor === null) return;
    const bytes = Buffer.from(line, 'utf8');
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    this.#bytes += bytes.length;
  }
}

/** Those that are being written. A process that ends in order closes them, even when it did not wait for the end of their runs. */
const OPEN = new Set<Recorder>();
let isWatched = false;

function closedAtExit(recorder: Recorder): void {
  OPEN.add(recorder);
  if (!isWatched) process.on('exit', () => { for (const open of OPEN) open.close(); });
  isWatched = true;
}

import type { RunEvent } from '../../domain/run-event.ts';
import type { DriverView } from '../../domain/run-panel.ts';
import { noteFilesOf, noteKey, type Note } from '../../run-file/notes.ts';
import { nameOfWriter, userName } from '../../run-file/owner.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How often it is looked for what others wrote. */
const LOOK_EVERY_MS = 1_000;

/** What people add to a run while it is recorded: the driver's own notes and focus, and the notes of those who follow. */
export class Company {
  readonly #take: (event: RunEvent) => void;
  readonly #clock = new RunClock();
  readonly #known = new Set<string>();
  readonly #name: string;
  #timer: NodeJS.Timeout | null = null;

  /** `take` gets what was added, to be recorded and shown like any other event of the run. */
  constructor(take: (event: RunEvent) => void, env: Environment) {
    this.#take = take;
    this.#name = nameOfWriter(ownName(env), process.getuid?.() ?? 0).slice(0, 100);
  }

  /** Watches for notes beside this recording, until `leave`. */
  join(recording: () => string | null): void {
    this.#timer = setInterval(() => { void this.#readNotes(recording()); }, LOOK_EVERY_MS).unref();
  }

  /** A last look, and no more. Safe to call twice. */
  async leave(recording: string | null): Promise<void> {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    await this.#readNotes(recording);
  }

  /** Call with each event of the run: what is added gets its time from it. */
  saw(event: RunEvent): void {
    this.#clock.saw(event);
  }

  note(text: string): void {
    const note = noteBy(this.#name, text, this.#clock.atMs);
    this.#known.add(noteKey(note));
    this.#take(note);
  }

  look(view: DriverView): void {
    this.#take({ kind: 'driver-moved', atMs: this.#clock.atMs, ...view });
  }

  /** The reader is loaded when there is something to read. */
  async #readNotes(recording: string | null): Promise<void> {
    if (recording === null || noteFilesOf(recording).length === 0) return;
    const { notesOf } = await import('../../run-file/read-notes.ts');
    for (const note of notesOf(recording)) {
      if (this.#known.has(noteKey(note))) continue;
      this.#known.add(noteKey(note));
      this.#take(note);
    }
  }
}

/** Milliseconds of the run, as its events count them: the clock stands still after a verdict. */
export class RunClock {
  #lastAtMs = 0;
  #lastSeenMs = performance.now();
  #isRunning = false;

  saw(event: RunEvent): void {
    this.#lastAtMs = Math.max(this.#lastAtMs, event.atMs);
    this.#lastSeenMs = performance.now();
    if (event.kind === 'run-ended') this.#isRunning = false;
    else if (event.kind === 'run-started' || event.kind === 'wished') this.#isRunning = true;
  }

  get atMs(): number {
    return Math.round(this.#lastAtMs + (this.#isRunning ? performance.now() - this.#lastSeenMs : 0));
  }
}

const LONGEST_NOTE = 500;

export function noteBy(by: string, text: string, atMs: number): Note {
  return { kind: 'note-left', atMs, by, writtenAt: new Date().toISOString(), text: text.trim().slice(0, LONGEST_NOTE) };
}

/** Who writes: NETDIAG_NAME, for people who share an account; else whoever used sudo; else the user. */
export function ownName(env: Environment): string {
  const given = [env['NETDIAG_NAME'], env['SUDO_USER']].find((name) => name !== undefined && name.trim() !== '');
  return (given?.trim() ?? userName(process.getuid?.() ?? 0)).slice(0, 60);
}

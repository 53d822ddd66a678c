import { errorText } from '../../domain/error-text.ts';
import type { LiveRow, LiveRun, LiveState } from '../../domain/pairing.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { followRunFile, type Followed } from '../../run-file/follow.ts';
import type { RunFileProblem } from '../../run-file/format.ts';
import { leaveNote } from '../../run-file/notes.ts';
import type { CommandContext } from '../context.ts';
import { noteBy, ownName, RunClock } from './company.ts';

/** Somebody else's run as it is written. Its events throw a sentence for people when the file cannot be read on. */
export class FileLiveRun implements LiveRun {
  readonly events: AsyncIterable<RunEvent>;
  readonly #row: LiveRow;
  readonly #env: CommandContext['env'];
  readonly #inWords: (problem: RunFileProblem) => string;
  readonly #clock = new RunClock();
  readonly #stop = new AbortController();
  #heard: LiveState['heard'] = 'live';
  #changed: () => void = () => undefined;

  constructor(row: LiveRow, env: CommandContext['env'], inWords: (problem: RunFileProblem) => string) {
    this.#row = row;
    this.#env = env;
    this.#inWords = inWords;
    this.events = this.#events(followRunFile(row.path, { signal: this.#stop.signal }));
  }

  get state(): LiveState {
    return { driver: this.#row.driver, heard: this.#heard };
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  cancel(): void {
    this.#stop.abort();
  }

  note(text: string): string | null {
    try {
      leaveNote(this.#row.path, noteBy(ownName(this.#env), text, this.#clock.atMs));
      return null;
    } catch (error) {
      return errorText(error);
    }
  }

  async *#events(followed: AsyncIterable<Followed>): AsyncGenerator<RunEvent> {
    for await (const item of followed) {
      switch (item.kind) {
        case 'event':
          this.#clock.saw(item.event);
          yield item.event;
          break;
        case 'heard':
          this.#heard = item.heard;
          this.#changed();
          break;
        case 'problem':
          throw new Error(this.#inWords(item.problem));
      }
    }
  }
}

import type { Progress } from '../../domain/access.ts';
import { leftoverName, type Leftover } from '../../domain/leftover.ts';
import type { CommandContext } from '../context.ts';
import { writeLines } from '../streams.ts';

/** Says on standard error what is being waited for, and in the end what was not seen to end. */
export class ProgressLines {
  readonly #context: Pick<CommandContext, 'streams' | 'messages'>;
  /** What is being ended, by its name. */
  readonly #ending = new Map<string, Extract<Progress, { kind: 'ending' | 'uninstalling' }>>();
  #leftEarlier: readonly Leftover[] = [];

  constructor(context: Pick<CommandContext, 'streams' | 'messages'>) {
    this.#context = context;
  }

  readonly take = (step: Progress): void => {
    if (step.kind === 'ending' || step.kind === 'uninstalling') this.#ending.set(step.place, step);
    if (step.kind === 'gone' || step.kind === 'not-removed') this.#ending.delete(step.place);
    const text = this.#context.messages.access.progress(step);
    if (text !== null) this.#say([text]);
  };

  readonly takeLeftEarlier = (leftovers: readonly Leftover[]): void => {
    this.#leftEarlier = leftovers;
  };

  tellWhatRemains(): void {
    const { access, toolkit } = this.#context.messages;
    this.#say([...this.#ending.values()].map(({ kind, place, endsAt }) => (kind === 'ending' ? toolkit.console.remainsUntil : access.stillInstalled)(place, endsAt)));
    this.#ending.clear();
    const left = this.#leftEarlier.map(leftoverName);
    if (left.length > 0) this.#say([toolkit.leftEarlier(left)]);
  }

  #say(lines: readonly string[]): void {
    if (lines.length > 0) writeLines(this.#context.streams.stderr, lines);
  }
}

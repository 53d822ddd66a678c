import type { PortResult } from '../../domain/console-ports.ts';
import { errorText } from '../../domain/error-text.ts';
import type { LiveRow, LiveRun } from '../../domain/pairing.ts';
import type { OpenedRecording } from '../../domain/playback.ts';
import { problemLines } from '../problem.ts';
import type { CommandContext } from '../context.ts';
import { findLive, liveRuns } from './live.ts';

/** What the console does with runs that somebody drives now. Reading and checking them is loaded when one is wanted. */
export class ConsoleLive {
  readonly #context: CommandContext;
  readonly #begin = new Map<string, () => LiveRun>();

  constructor(context: CommandContext) {
    this.#context = context;
  }

  list(): readonly LiveRow[] {
    return liveRuns(this.#context.env);
  }

  /** Waits for the first event, which tells what the run is about. */
  async open(path: string): Promise<PortResult<OpenedRecording>> {
    const row = findLive(path, this.#context.env);
    if (!row.ok) return failed(problemLines(row.problem, this.#context.messages)[0] ?? path);
    const { openLive } = await import('../commands/attach.ts');
    const begin = (): LiveRun => openLive(row.value, this.#context);
    const first = begin();
    try {
      for await (const event of first.events) {
        if (event.kind !== 'run-started') continue;
        this.#begin.set(path, begin);
        return { ok: true, value: { path, name: row.value.name, target: event.target, dependencyText: event.dependency.url, gaps: [] } };
      }
      return failed(path);
    } catch (error) {
      return failed(errorText(error));
    } finally {
      first.cancel();
    }
  }

  follow(path: string): LiveRun {
    const begin = this.#begin.get(path);
    if (begin === undefined) throw new Error(path);
    return begin();
  }
}

function failed(detail: string): { readonly ok: false; readonly failure: { readonly kind: 'failed'; readonly detail: string } } {
  return { ok: false, failure: { kind: 'failed', detail } };
}

import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import type { RunHandle } from '../../domain/console-ports.ts';
import { redactData } from '../../domain/redact.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Recorder } from '../../run-file/recorder.ts';
import type { CommandContext } from '../context.ts';
import type { RecordChoice } from './choice.ts';
import { Company } from './company.ts';
import { createRecorder } from './recorder.ts';

/**
 * The same run, its events without secrets, kept on disk, with what people add to it: a run goes on when its recording cannot, and is
 * recorded to its end although nobody looks at it any more. `keptIn` is told its path.
 */
export function recorded(run: Omit<RunHandle, 'note' | 'look'>, choice: RecordChoice, context: CommandContext, keptIn: (path: string | null) => void): RunHandle {
  const created = createRecorder(choice, context, () => undefined);
  const keeper = new Keeper(created.ok ? created.value : null, context, keptIn);
  return { ...run, events: keeper.keep(run.events), note: (text) => { keeper.company.note(text); }, look: (view) => { keeper.company.look(view); } };
}

/** The events of one run, without secrets, and kept on disk. */
export function recordedEvents(events: AsyncIterable<RunEvent>, choice: RecordChoice, context: CommandContext): AsyncIterable<RunEvent> {
  const created = createRecorder(choice, context, () => undefined);
  return new Keeper(created.ok ? created.value : null, context, () => undefined).keep(events);
}

class Keeper {
  readonly company: Company;
  readonly #recorder: Recorder | null;
  readonly #keptIn: (path: string | null) => void;
  #out: ReadableStreamDefaultController<RunEvent> | null = null;

  constructor(recorder: Recorder | null, { env }: Pick<CommandContext, 'env'>, keptIn: (path: string | null) => void) {
    this.#recorder = recorder;
    this.#keptIn = keptIn;
    this.company = new Company((event) => { this.#take(event); }, env);
  }

  keep(events: AsyncIterable<RunEvent>): AsyncIterable<RunEvent> {
    return new ReadableStream<RunEvent>({
      start: (controller) => {
        this.#out = controller;
        void this.#pump(events, controller);
      },
      cancel: () => { this.#out = null; },
    });
  }

  async #pump(events: AsyncIterable<RunEvent>, controller: ReadableStreamDefaultController<RunEvent>): Promise<void> {
    const { company } = this;
    company.join(() => this.#recorder?.path ?? null);
    try {
      for await (const event of events) {
        company.saw(event);
        this.#take(event);
      }
      await company.leave(this.#recorder?.path ?? null);
      if (this.#out !== null) controller.close();
    } catch (error) {
      if (this.#out !== null) controller.error(error);
    } finally {
      this.#out = null;
      await company.leave(null);
      this.#recorder?.close();
    }
  }

  #take(event: RunEvent): void {
    this.#recorder?.record(event);
    if (event.kind === 'run-started') this.#keptIn(this.#recorder?.path ?? null);
    this.#out?.enqueue(redactData(event));
  }
}

import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { main } from '../../src/cli/main.ts';
import { done } from '../../src/cli/problem.ts';
import type { RunRequest, StartSession } from '../../src/cli/run-request.ts';
import type { EndingSignal } from '../../src/cli/exit-code.ts';
import type { SignalSource } from '../../src/cli/interruption.ts';

export interface Called {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Signals that a test sends; `waiting` counts who listens. */
export class FakeSignals implements SignalSource {
  readonly #emitter = new EventEmitter();

  on(signal: EndingSignal, listener: () => void): void {
    this.#emitter.on(signal, listener);
  }

  off(signal: EndingSignal, listener: () => void): void {
    this.#emitter.off(signal, listener);
  }

  send(signal: EndingSignal): void {
    this.#emitter.emit(signal);
  }

  get listeners(): number {
    return this.#emitter.eventNames().length;
  }
}

export interface CallOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly signals?: FakeSignals;
  readonly startSession?: StartSession;
}

/** Runs the whole command line in this process, on streams of its own. */
export async function call(argv: readonly string[], options: CallOptions = {}): Promise<Called> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const said = Promise.all([text(streams.stdout), text(streams.stderr)]);
  streams.stdin.end(options.stdin ?? '');
  const startSession = options.startSession ?? sessionOf([]).startSession;
  const exitCode = await main(argv, options.env ?? {}, streams, { signals: options.signals ?? new FakeSignals(), startSession });
  streams.stdout.end();
  streams.stderr.end();
  const [stdout, stderr] = await said;
  return { exitCode, stdout, stderr };
}

/** A session that plays these events, and what it was asked for. */
export function sessionOf(events: readonly RunEvent[]): { readonly startSession: StartSession; readonly requests: RunRequest[] } {
  const requests: RunRequest[] = [];
  return {
    requests,
    startSession: (request) => {
      requests.push(request);
      return Promise.resolve(done(play(events)));
    },
  };
}

async function* play(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}

import { errorText } from '../../domain/error-text.ts';
import { FAN_OUT_AT_ONCE, type FanOutEvent, type FanOutPlace } from '../../domain/fan-out.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { EventQueue } from '../../engine/event-queue.ts';
import type { Plan } from './plan.ts';

/** Starts the run of one pod; throws or rejects with a sentence when it cannot. */
export type StartMember = (place: FanOutPlace, signal: AbortSignal) => AsyncIterable<RunEvent>;

const WAIT_MS = 1000;

/** The runs of all places, so many at a time; their events as they come. A run that cannot be made does not stop the others. */
export async function* fanOut({ places, uncovered }: Plan, start: StartMember, signal: AbortSignal): AsyncGenerator<FanOutEvent> {
  yield { kind: 'planned', places, uncovered };
  const queue = new EventQueue<FanOutEvent>();
  const waiting = [...places];
  let working = 0;
  const work = async (): Promise<void> => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) await runMember(place, start, queue, signal);
  };
  const workers = Array.from({ length: Math.min(FAN_OUT_AT_ONCE, places.length) }, async () => {
    working += 1;
    await work();
    working -= 1;
  });
  while (working > 0) {
    await queue.ready(WAIT_MS);
    yield* queue.drain();
  }
  await Promise.all(workers);
  yield* queue.drain();
}

async function runMember({ pod, ...rest }: FanOutPlace, start: StartMember, queue: EventQueue<FanOutEvent>, signal: AbortSignal): Promise<void> {
  try {
    if (signal.aborted) throw new Error('');
    for await (const event of start({ pod, ...rest }, signal)) queue.push({ kind: 'member', pod, event });
  } catch (error) {
    queue.push({ kind: 'not-run', pod, detail: errorText(error) });
  }
}

/** One question at a time: runs that go on at once share one terminal. */
export function oneAtATime<A, B>(ask: (question: A) => Promise<B>): (question: A) => Promise<B> {
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = last.then(() => ask(question));
    last = answer.catch(() => undefined);
    return answer;
  };
}

import type { PortResult, RunHandle } from '../../domain/console-ports.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Target } from '../../domain/target.ts';
import type { Vantage } from '../../domain/vantage.ts';
import type { Wish } from '../../domain/wish.ts';
import { Wishes } from '../../engine/wishes.ts';
import type { Messages } from '../../i18n/index.ts';
import { closeAll } from '../session/places.ts';
import { parseOtherPlace, type OtherPlace } from './compare-with.ts';

export interface RunMakings {
  readonly target: Target;
  /** The run's events, until the signal aborts. */
  readonly events: (wishes: Wishes, signal: AbortSignal) => AsyncIterable<RunEvent>;
  readonly openPlace: (place: OtherPlace, signal: AbortSignal) => Promise<PortResult<Vantage>>;
  readonly messages: Messages;
}

/** A run of the console: it can be asked for more until it is cancelled. */
export function startedRun({ target, events, openPlace, messages }: RunMakings): Omit<RunHandle, 'note' | 'look'> {
  const stop = new AbortController();
  const wishes = new Wishes();
  const joined: Vantage[] = [];
  return {
    events: closing(events(wishes, stop.signal), joined),
    cancel: () => { stop.abort(); },
    wish: (wish: Exclude<Wish, { kind: 'compare' }>) => { wishes.push(wish); },
    async compareWith(text) {
      const place = parseOtherPlace(text, target);
      if (place === null) return { ok: false, failure: { kind: 'failed', detail: messages.wishes.compareFault(text) } };
      const opened = await openPlace(place, stop.signal);
      if (!opened.ok) return opened;
      joined.push(opened.value);
      wishes.push({ kind: 'compare', vantage: opened.value });
      return { ok: true, value: opened.value.identity.name };
    },
  };
}

async function* closing(events: AsyncIterable<RunEvent>, joined: readonly Vantage[]): AsyncGenerator<RunEvent> {
  try {
    yield* events;
  } finally {
    await closeAll(joined);
  }
}

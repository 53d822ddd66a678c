import type { ConsoleState, Screen } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { currentScreen } from '../../store/navigate.ts';

type Way = readonly Screen[];

/** As many as anybody walks back. */
const WAYS_KEPT = 50;

/** The lists one has been at, each with the way to it. Runs are not among them: going back to one would be another run. */
export class History {
  #ways: readonly Way[] = [];
  /** Where we are in it. */
  #index = -1;
  /** Where we were before that. */
  #before = -1;
  readonly #store: ConsoleStore;

  constructor(store: ConsoleStore) {
    this.#store = store;
    this.#note();
    store.subscribe((state, former) => {
      // When the move is complete: a jump goes by way of the first list.
      if (state.screens !== former.screens || state.lists.containers !== former.lists.containers) setImmediate(() => { this.#note(); });
    });
  }

  /** The way `step` lists back or forward, from a run to the list it was begun at; null where there is none. */
  step(step: 1 | -1): Way | null {
    this.#note();
    const isAtRun = currentScreen(this.#store.getState()).kind === 'run';
    return this.#take(isAtRun && step === -1 ? this.#index : this.#index + step);
  }

  /** To the list one was at before this one; null where there is none. */
  toggle(): Way | null {
    this.#note();
    return this.#take(this.#before);
  }

  #take(index: number): Way | null {
    const way = this.#ways[index];
    if (way === undefined) return null;
    if (index !== this.#index) this.#before = this.#index;
    this.#index = index;
    return way;
  }

  #note(): void {
    const state = this.#store.getState();
    const { screens } = state;
    if (!isList(state) || isSame(screens, this.#ways[this.#index] ?? [])) return;
    this.#ways = [...this.#ways.slice(0, this.#index + 1), screens].slice(-WAYS_KEPT);
    this.#before = this.#ways.length - 2;
    this.#index = this.#ways.length - 1;
  }
}

/** The only container of a pod is passed over, so its list is none that one has been at. */
function isList(state: ConsoleState): boolean {
  const { kind } = currentScreen(state);
  const { phase, rows } = state.lists.containers;
  return kind !== 'run' && (kind !== 'containers' || (phase.kind === 'ready' && rows.length !== 1));
}

function isSame(one: Way, other: Way): boolean {
  return one.length === other.length && one.every((screen, index) => JSON.stringify(screen) === JSON.stringify(other[index]));
}

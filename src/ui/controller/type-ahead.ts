import type { ConsoleState } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';

/** A cluster that takes longer does not keep keys waiting. */
const HOLD_MS = 700;
/** What means the same in a list and cannot do harm in the wrong one. */
const MOVES = new Set(['enter', 'up', 'down', 'j', 'k']);
/** What never waits. */
const AT_ONCE = new Set(['esc', 'ctrl-c', 'f1']);

/**
 * Keys that are typed while the containers of a pod are read. Of a pod with one container that list is passed over, and who knows it types
 * the destination already: it must not be taken for the keys of a list. A single key is a key, after all, when nothing comes.
 */
export class TypeAhead {
  readonly #store: ConsoleStore;
  readonly #replay: (key: KeyPress) => void;
  #held: KeyPress[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(store: ConsoleStore, replay: (key: KeyPress) => void) {
    this.#store = store;
    this.#replay = replay;
    store.subscribe((state) => {
      // When the change is complete: the list that is passed over goes in a second step.
      if (this.#held.length > 0 && !isUndecided(state)) setImmediate(() => { this.#release(); });
    });
  }

  /** True: the key waits. */
  takes(key: KeyPress): boolean {
    if (!isUndecided(this.#store.getState()) || AT_ONCE.has(key.name)) return false;
    this.#held.push(key);
    this.#timer ??= setTimeout(() => { this.#release(); }, HOLD_MS);
    return true;
  }

  #release(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const held = this.#held;
    this.#held = [];
    const isField = currentScreen(this.#store.getState()).kind === 'dependencies';
    for (const key of held) if (isField || held.length === 1 || MOVES.has(key.name)) this.#replay(key);
  }
}

/** Whether it is not known yet what the next screen is. */
function isUndecided(state: ConsoleState): boolean {
  const { phase } = state.lists.containers;
  return currentScreen(state).kind === 'containers' && state.dialogs.length === 0 && state.commandLine === null && phase.kind === 'loading' && Date.now() - phase.sinceMs < HOLD_MS;
}

import type { ConsolePorts } from '../../domain/console-ports.ts';
import type { ConsoleState, ListName } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { currentScreen, goBack, listOf } from '../../store/navigate.ts';
import type { RunState } from '../../store/run-state.ts';
import { verdictExitCode } from '../../store/select.ts';
import type { ConsoleContext } from '../context.ts';
import { actionFor, scopeOf, type Action, type Scope } from '../key-bindings.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import { inputAfterAction, inputAfterKey, textOf } from './input-keys.ts';
import { Journey } from './journey.ts';
import { chosenItem, listAfter, setFilter } from './list-keys.ts';
import type { ConsolePreset } from './preset.ts';
import { runViewAfter } from './run-keys.ts';

/** Why the console was left. `interrupted`: at once, while a run was going on. */
export type Leave = 'quit' | 'interrupted';

/** Keys in, state out. Every key is answered at once: what loads or runs does so beside it. */
export class Controller {
  readonly #context: ConsoleContext;
  readonly #store: ConsoleStore;
  readonly #journey: Journey;
  readonly #leave: (how: Leave) => void;

  constructor(context: ConsoleContext, store: ConsoleStore, ports: ConsolePorts, leave: (how: Leave) => void) {
    this.#context = context;
    this.#store = store;
    this.#journey = new Journey(context, store, ports);
    this.#leave = leave;
  }

  /** Call after the first frame: this loads the Kubernetes client. */
  start(preset: ConsolePreset | null): void {
    this.#journey.begin(preset);
  }

  /** Ends what is going on. Call when the console is left, however that came about. */
  stop(): void {
    this.#journey.stop();
  }

  get lastConcluded(): RunState | null {
    return this.#journey.run.lastConcluded;
  }

  /** The exit code of the last verdict; null when no run had one. */
  get verdictExitCode(): 0 | 1 | 2 | null {
    const run = this.lastConcluded;
    return run === null ? null : verdictExitCode(run);
  }

  handleKey(key: KeyPress): void {
    const state = this.#store.getState();
    const scope = scopeOf(state);
    const action = scope === 'confirm' && key.name === this.#context.messages.ui.dialogs.yesKey ? 'yes' : actionFor(scope, key.name);
    if (scope === 'input' && key.name === '?' && state.input.text === '') this.#act('help', scope);
    else if (action !== null) this.#act(action, scope);
    else if (scope === 'input') this.#edit(key);
    else if (scope === 'filter') this.#editFilter(key);
  }

  #act(action: Action, scope: Scope): void {
    switch (action) {
      case 'quitNow':
        this.#leave(this.#journey.run.isGoingOn ? 'interrupted' : 'quit');
        return;
      case 'quit':
        if (this.#journey.run.isGoingOn) this.#store.setState({ dialog: 'quit' });
        else this.#leave('quit');
        return;
      case 'help':
        this.#store.setState((state) => ({ helpTop: state.helpTop === null ? 0 : null }));
        return;
      default:
        this.#actIn(scope, action);
    }
  }

  #actIn(scope: Scope, action: Action): void {
    switch (scope) {
      case 'confirm':
        this.#answer(action);
        return;
      case 'help':
        this.#store.setState((state) => ({ helpTop: helpTopAfter(state, action) }));
        return;
      case 'filter':
        this.#actInFilter(action);
        return;
      case 'input':
        this.#actInInput(action);
        return;
      case 'list':
        this.#actInList(action);
        return;
      case 'run':
        this.#actInRun(action);
    }
  }

  #answer(action: Action): void {
    const { dialog } = this.#store.getState();
    this.#store.setState({ dialog: null });
    if (action !== 'yes') return;
    this.#journey.run.cancel();
    if (dialog === 'quit') this.#leave('quit');
    else if (dialog === 'run-again') this.#journey.load();
    else this.#store.setState(goBack);
  }

  #actInFilter(action: Action): void {
    const list = this.#list();
    if (list === null) return;
    if (action === 'apply') this.#store.setState({ filterOpen: false });
    else if (action === 'back') this.#store.setState((state) => ({ ...setFilter(state, list, ''), filterOpen: false }));
    else this.#move(list, action);
  }

  #actInInput(action: Action): void {
    const { input } = this.#store.getState();
    if (action === 'run') this.#journey.startTyped();
    else if (action === 'back') this.#journey.back();
    else if (action === 'down' || action === 'switchZone') this.#enterDestinations();
    else {
      const next = inputAfterAction(input, action);
      if (next !== null) this.#store.setState({ input: next });
    }
  }

  /** From the field into the list below it, when there is anything in that. */
  #enterDestinations(): void {
    const { input, lists } = this.#store.getState();
    if (lists.dependencies.rows.length > 0) this.#store.setState({ input: { ...input, zone: 'list' } });
  }

  #actInList(action: Action): void {
    const state = this.#store.getState();
    const list = this.#list();
    if (list === null) return;
    const isDestinations = list === 'dependencies';
    if (action === 'open' || action === 'right') this.#journey.choose(list);
    else if (action === 'back' && state.cursors[list].filter !== '') this.#store.setState(setFilter(state, list, ''));
    else if (action === 'back' || action === 'left') this.#journey.back();
    else if (action === 'filter') this.#store.setState({ filterOpen: true });
    else if (action === 'reload') this.#journey.load();
    else if (action === 'switchZone' && isDestinations) this.#store.setState({ input: { ...state.input, zone: 'input' } });
    else if (action === 'up' && isDestinations && this.#isAtTop(list)) this.#store.setState({ input: { ...state.input, zone: 'input' } });
    else this.#move(list, action);
  }

  #actInRun(action: Action): void {
    const state = this.#store.getState();
    const screen = currentScreen(state);
    if (screen.kind !== 'run') return;
    if (action === 'rerun' && this.#journey.run.isGoingOn) this.#store.setState({ dialog: 'run-again' });
    else if (action === 'rerun') this.#journey.load();
    else if (action === 'back') this.#leaveRunScreen(state);
    else {
      const runView = runViewAfter(this.#context, state, action);
      if (runView !== null) this.#store.setState({ runView });
    }
  }

  /** Out of the zoom, then out of the run: after asking when that would end it. */
  #leaveRunScreen(state: ConsoleState): void {
    if (state.runView.zoomed) this.#store.setState({ runView: { ...state.runView, zoomed: false } });
    else if (this.#journey.run.isGoingOn) this.#store.setState({ dialog: 'leave-run' });
    else this.#store.setState(goBack);
  }

  #move(list: ListName, action: Action): void {
    const next = listAfter(this.#context, this.#store.getState(), list, action);
    if (next !== null) this.#store.setState(next);
  }

  #isAtTop(list: ListName): boolean {
    const before = chosenItem(this.#context, this.#store.getState(), list);
    const moved = listAfter(this.#context, this.#store.getState(), list, 'up');
    return before === null || (moved !== null && moved.cursors[list].itemKey === before.key);
  }

  #list(): ListName | null {
    return listOf(currentScreen(this.#store.getState()));
  }

  #edit(key: KeyPress): void {
    const next = inputAfterKey(this.#store.getState().input, key);
    if (next !== null) this.#store.setState({ input: next });
  }

  #editFilter(key: KeyPress): void {
    const state = this.#store.getState();
    const list = this.#list();
    if (list === null) return;
    const { filter } = state.cursors[list];
    const next = key.name === 'backspace' ? [...filter].slice(0, -1).join('') : key.name === 'ctrl-u' ? '' : filter + textOf(key);
    if (next !== filter) this.#store.setState(setFilter(state, list, next.slice(0, 253)));
  }
}

function helpTopAfter(state: ConsoleState, action: Action): number | null {
  const top = state.helpTop ?? 0;
  const page = Math.max(1, state.size.rows - 3);
  switch (action) {
    case 'back':
      return null;
    case 'up':
      return Math.max(0, top - 1);
    case 'down':
      return top + 1;
    case 'pageUp':
      return Math.max(0, top - page);
    case 'pageDown':
      return top + page;
    case 'first':
      return 0;
    default:
      return top;
  }
}

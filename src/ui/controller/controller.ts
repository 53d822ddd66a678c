import type { ConsolePorts } from '../../domain/console-ports.ts';
import type { Notice } from '../../store/dialog.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { cleanData } from '../../store/ingest.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { RunState } from '../../store/run-state.ts';
import { verdictExitCode } from '../../store/select.ts';
import { ACTIONS, OVER_DIALOGS } from '../actions/index.ts';
import { actInCommandLine, typeInCommandLine } from '../commands/command-keys.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../context.ts';
import { actInDialog, typeInDialog } from '../dialogs/dialog-keys.ts';
import { leaveTidy, tellLeftovers } from '../access/clean-up.ts';
import { dialogView } from '../dialogs/dialog-view.ts';
import { Dialogs } from '../dialogs/dialogs.ts';
import { tellFocus } from '../pairing/tell-focus.ts';
import { actionFor, type Action, type Scope } from '../key-bindings.ts';
import { definitionOf } from '../screens/index.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import { TypeAhead } from './type-ahead.ts';
import { Journey } from './journey.ts';
import type { ConsolePreset } from './preset.ts';
import { scopeOf } from './scope.ts';

/** Why the console was left. `interrupted`: at once, while a run was going on. */
export type Leave = 'quit' | 'interrupted';

/** What only the one who has the terminal can do. */
export interface Outside {
  readonly leave: (how: Leave) => void;
  /** False: too long. */
  readonly copy: (text: string) => boolean;
  readonly handOver: ConsoleApp['handOver'];
  /** Draws the screen anew. */
  readonly redraw: () => void;
}

const NOTICE_MS = 5_000;

/** Keys in, state out. Every key is answered at once: what loads or runs does so beside it. */
export class Controller implements ConsoleApp {
  readonly context: ConsoleContext;
  readonly store: ConsoleStore;
  readonly ports: ConsolePorts;
  readonly journey: Journey;
  readonly dialogs: Dialogs;
  readonly copy: (text: string) => boolean;
  readonly redraw: () => void;
  readonly #typeAhead: TypeAhead;
  readonly #leave: (how: Leave) => void;
  #unwatchFocus: () => void = () => undefined;
  readonly handOver: ConsoleApp['handOver'];
  #held: KeyPress[] | null = null;

  constructor(context: ConsoleContext, store: ConsoleStore, ports: ConsolePorts, outside: Outside) {
    this.handOver = outside.handOver;
    this.context = context;
    this.store = store;
    this.ports = ports;
    this.dialogs = new Dialogs(store, context.messages.console.dialogs.cancel);
    this.journey = new Journey(this);
    this.#typeAhead = new TypeAhead(store, (key) => { this.handleKey(key); });
    this.#leave = outside.leave;
    this.redraw = outside.redraw;
    this.copy = outside.copy;
  }

  /** Call after the first frame: this loads the Kubernetes client. */
  start(preset: ConsolePreset | null): void {
    this.journey.begin(preset);
    this.#unwatchFocus = tellFocus(this.store, (view) => { this.journey.run.look(view); });
    if (preset?.recording === undefined && preset?.live === undefined) void tellLeftovers(this);
  }

  /** Ends what is going on. Call when the console is left, however that came about. */
  stop(): void {
    this.#unwatchFocus();
    this.journey.stop();
  }

  get lastConcluded(): RunState | null {
    return this.journey.run.lastConcluded;
  }

  /** The exit code of the last verdict; null when no run had one. */
  get verdictExitCode(): 0 | 1 | 2 | null {
    const run = this.lastConcluded;
    return run === null ? null : verdictExitCode(run);
  }

  handleKey(key: KeyPress): void {
    if (this.#held !== null) {
      this.#held.push(key);
      return;
    }
    const { dialogs } = this.store.getState();
    this.#take(key);
    if (this.store.getState().dialogs.length < dialogs.length) this.#holdKeys();
  }

  /** What an answered dialog leads to comes a moment later, and keys that arrived with the answer are meant for that, not for the screen below. */
  #holdKeys(): void {
    const held: KeyPress[] = [];
    this.#held = held;
    setImmediate(() => {
      this.#held = null;
      for (const key of held) this.handleKey(key);
    });
  }

  #take(key: KeyPress): void {
    const isTaken = this.dialogs.takesKey();
    if (this.#typeAhead.takes(key)) return;
    const scope = scopeOf(this.store.getState());
    const action = actionFor(this.context.bindings, scope, key.name);
    if (!isTaken && action !== 'quitNow') return;
    if (action === 'quitNow') this.#leave(this.journey.run.isGoingOn ? 'interrupted' : 'quit');
    else if (action !== null) this.#act(action, scope, key.name);
    else this.#type(key, scope);
  }

  notify(emphasis: Notice['emphasis'], text: string): void {
    const notice = { emphasis, text: cleanData(text), untilMs: Date.now() + NOTICE_MS };
    this.store.setState({ notice, nowMs: Date.now() });
    setTimeout(() => {
      this.store.setState((state) => (state.notice === notice ? { notice: null } : {}));
    }, NOTICE_MS).unref();
  }

  afterRun(question: string, act: () => void): void {
    if (!this.journey.run.isGoingOn) {
      act();
      return;
    }
    const { yes, yesKey } = this.context.messages.ui.dialogs;
    void this.dialogs.ask({ title: question, choices: [{ id: 'yes', label: yes, key: yesKey }] }).then((answer) => {
      if (answer === null) return;
      this.journey.run.cancel();
      act();
    });
  }

  quit(): void {
    this.afterRun(this.context.messages.ui.dialogs.quit, () => { void leaveTidy(this, () => { this.#leave('quit'); }); });
  }

  #act(action: Action, scope: Scope, key: string): void {
    const state = this.store.getState();
    const dialog = dialogView(this.context, state);
    const everywhere = ACTIONS[action];
    if (dialog !== null && OVER_DIALOGS[action] !== undefined) OVER_DIALOGS[action](this);
    else if (dialog !== null) actInDialog(this.dialogs, action, { page: Math.max(1, dialog.bodyRows), lowest: Math.max(0, dialog.body.count - dialog.bodyRows), body: dialog.body });
    else if (scope === 'command') actInCommandLine(this, action);
    else if (everywhere !== undefined) everywhere(this);
    else definitionOf(currentScreen(state)).act(this, action, scope, key);
  }

  #type(key: KeyPress, scope: Scope): void {
    const state = this.store.getState();
    if (state.dialogs.length > 0) typeInDialog(this.dialogs, key);
    else if (scope === 'command') typeInCommandLine(this, key);
    else definitionOf(currentScreen(state)).type?.(this, key, scope);
  }
}

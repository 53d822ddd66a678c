import { askedText, parseDependency } from '../../domain/dependency.ts';
import type { Target } from '../../domain/target.ts';
import { EMPTY_INPUT, type ListName, type Screen } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { currentScreen, goBack, listOf, openScreen, setCursor } from '../../store/navigate.ts';
import { graphemes } from '../components/text-width.ts';
import { accessDialogue } from '../access/dialogue.ts';
import { offerWaysIn } from '../access/ways-in.ts';
import type { ConsoleApp } from '../console-app.ts';
import { followLive } from '../pairing/attach.ts';
import { waitForNext } from '../pairing/next-run.ts';
import { playRecording } from '../recordings/open-recording.ts';
import { definitionOf } from '../screens/index.ts';
import { LOCAL_KEY, podKey, TYPED_KEY } from '../screens/list-items.ts';
import { chosenItem } from './list-keys.ts';
import { History } from './history.ts';
import { ListLoader } from './list-loader.ts';
import { presetScreens, type ConsolePreset } from './preset.ts';
import { RunSession } from './run-session.ts';

/** The way from the first list to a run and back: which screen follows, and what it loads. It waits for nothing. */
export class Journey {
  readonly run: RunSession;
  readonly loader: ListLoader;
  readonly #history: History;
  readonly #app: ConsoleApp;
  readonly #store: ConsoleStore;
  /** Stands in the destination field whenever that opens. */
  #presetDependency: string | null = null;

  constructor(app: ConsoleApp) {
    const { store, ports, context } = app;
    this.run = new RunSession(store, ports, context.panels, {
      dialogue: accessDialogue(app),
      ended: (run) => { offerWaysIn(app, run); },
      left: () => { waitForNext(app); },
      noted: ({ by, text }) => { app.notify('accent', context.messages.pairing.note(by, text)); },
    });
    this.loader = new ListLoader(store, ports, (list) => {
      const item = chosenItem(context, store.getState(), list);
      if (item !== null) store.setState((state) => setCursor(state, list, { itemKey: item.key }));
    });
    this.#history = new History(store);
    this.#app = app;
    this.#store = store;
  }

  begin(preset: ConsolePreset | null): void {
    if (preset?.recording !== undefined) {
      void playRecording(this.#app, preset.recording);
      return;
    }
    if (preset?.live !== undefined) {
      void followLive(this.#app, preset.live, preset.mirrorsDriver ?? false);
      return;
    }
    void this.loader.loadNamespaces();
    if (preset === null) return;
    this.#presetDependency = preset.dependency ?? null;
    for (const screen of presetScreens(preset)) this.open(screen);
    if (currentScreen(this.#store.getState()).kind === 'dependencies' && preset.dependency !== undefined) this.startTyped();
  }

  stop(): void {
    this.run.cancel();
    this.loader.cancelAll();
  }

  /** Takes the item under the cursor. */
  choose(list: ListName): void {
    const state = this.#store.getState();
    const item = chosenItem(this.#app.context, state, list);
    const screen = currentScreen(state);
    if (item === null) return;
    switch (screen.kind) {
      case 'contexts':
        this.#useContext(item.key);
        return;
      case 'namespaces':
        this.#chooseNamespace(item.key, state.cursors.namespaces.filter);
        return;
      case 'pods': {
        const row = state.lists.pods.rows.find((pod) => podKey(pod) === item.key);
        if (row !== undefined) this.open({ kind: 'containers', namespace: row.namespace, pod: row.name, node: row.node });
        return;
      }
      case 'containers':
        this.#chooseContainer(screen, item.key);
        return;
      case 'dependencies':
        this.#startRun(screen.target, item.cells[0] ?? '');
        return;
      case 'run':
        return;
    }
  }

  back(): void {
    const list = listOf(currentScreen(this.#store.getState()));
    if (list !== null && this.#store.getState().screens.length > 1) this.loader.cancel(list);
    this.#store.setState(goBack);
    const { lists } = this.#store.getState();
    if (currentScreen(this.#store.getState()).kind === 'namespaces' && lists.namespaces.phase.kind === 'unasked') this.load();
  }

  /** Runs towards what stands in the field; says what is wrong with it when it is no destination. */
  startTyped(): void {
    const { input, screens } = this.#store.getState();
    const screen = screens.at(-1);
    if (screen?.kind === 'dependencies') this.#startRun(screen.target, input.text);
  }

  /** The namespace of the current screen, else the context's own. */
  get namespace(): string {
    const { screens, clusters } = this.#store.getState();
    for (const screen of screens.toReversed()) {
      if ((screen.kind === 'pods' || screen.kind === 'containers') && screen.namespace !== null) return screen.namespace;
      if ((screen.kind === 'dependencies' || screen.kind === 'run') && screen.target.kind === 'pod') return screen.target.namespace;
    }
    return clusters?.contexts.find((context) => context.name === clusters.current)?.namespace ?? 'default';
  }

  /** From a run to the field with its destination in it. */
  changeDestination(): void {
    const screen = currentScreen(this.#store.getState());
    if (screen.kind !== 'run') return;
    this.#store.setState(goBack);
    const below = currentScreen(this.#store.getState());
    if (below.kind !== 'dependencies') this.open({ kind: 'dependencies', target: screen.target });
    const text = screen.dependencyText;
    this.#store.setState({ input: { ...EMPTY_INPUT, text, caret: graphemes(text).length } });
  }

  /** Back to the first list, whatever is open. */
  goHome(): void {
    this.#leaveFor(this.#store.getState().screens.slice(0, 1));
  }

  /** To a list one was at; says so where there is none. */
  goTo(where: 'back' | 'forward' | 'last'): void {
    const { messages } = this.#app.context;
    this.#app.afterRun(messages.ui.dialogs.leaveRun, () => {
      const way = where === 'last' ? this.#history.toggle() : this.#history.step(where === 'back' ? -1 : 1);
      if (way === null) {
        this.#app.notify('warn', where === 'forward' ? messages.podPages.noWayForward : messages.podPages.noWayBack);
        return;
      }
      this.#leaveFor(way);
      this.load();
    });
  }

  /** Whatever is open is left for these screens. */
  #leaveFor(screens: readonly Screen[]): void {
    this.run.cancel();
    for (const screen of this.#store.getState().screens.slice(1)) {
      const list = listOf(screen);
      if (list !== null) this.loader.cancel(list);
    }
    this.#store.setState({ screens, filterOpen: false });
  }

  /** Loads what the current screen shows, or runs it. */
  load(): void {
    const screen = currentScreen(this.#store.getState());
    definitionOf(screen).load(this.#app, screen);
  }

  async loadContainers(screen: Extract<Screen, { kind: 'containers' }>): Promise<void> {
    await this.loader.loadContainers(screen.namespace, screen.pod);
    this.#skipOnlyContainer(screen);
  }

  /** Shows a screen over the current one and loads what it shows. */
  open(screen: Screen): void {
    this.#store.setState((state) => openScreen(state, screen));
    const text = this.#presetDependency;
    if (screen.kind === 'dependencies' && text !== null) {
      this.#store.setState({ input: { ...EMPTY_INPUT, text, caret: graphemes(text).length } });
    }
    this.load();
  }

  /** For this session alone: everything that belongs to the former one is left. */
  #useContext(name: string): void {
    this.goHome();
    this.#app.ports.useContext(name);
    // A pod of the same name there is another one.
    this.#store.setState(({ clusters }) => ({ clusters: clusters === null ? null : { ...clusters, current: name }, connectivity: {} }));
    this.load();
  }

  #chooseNamespace(key: string, filter: string): void {
    if (key === LOCAL_KEY) this.open({ kind: 'dependencies', target: { kind: 'local' } });
    else this.open({ kind: 'pods', namespace: key === TYPED_KEY ? filter : key });
  }

  #chooseContainer({ namespace, pod, node }: Extract<Screen, { kind: 'containers' }>, container: string): void {
    const context = this.#store.getState().clusters?.current ?? '';
    this.open({ kind: 'dependencies', target: { kind: 'pod', context, namespace, pod, container, node, pickedFrom: null } });
  }

  /** One container is no choice: the next screen takes the place of this one, so that esc leads back to the pods. */
  #skipOnlyContainer(screen: Extract<Screen, { kind: 'containers' }>): void {
    const state = this.#store.getState();
    const { rows, phase } = state.lists.containers;
    const [only] = rows;
    if (currentScreen(state) !== screen || phase.kind !== 'ready' || rows.length !== 1 || only === undefined) return;
    this.#store.setState({ screens: state.screens.slice(0, -1) });
    this.#chooseContainer(screen, only.name);
  }

  #startRun(target: Target, text: string): void {
    const result = parseDependency(text);
    if (!result.ok) {
      const error = this.#app.context.messages.ui.dependencyError(result.code, result.detail);
      this.#store.setState((state) => ({ input: { ...state.input, error, zone: 'input' } }));
      return;
    }
    this.open({ kind: 'run', target, dependencyText: askedText(result.dependency, text) });
  }
}

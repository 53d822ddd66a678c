import type { ConsolePorts } from '../../domain/console-ports.ts';
import { parseDependency } from '../../domain/dependency.ts';
import type { Target } from '../../domain/target.ts';
import { EMPTY_INPUT, type ListName, type Screen } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { currentScreen, goBack, listOf, openScreen } from '../../store/navigate.ts';
import { graphemes } from '../components/text-width.ts';
import type { ConsoleContext } from '../context.ts';
import { LOCAL_KEY, TYPED_KEY } from '../screens/list-items.ts';
import { chosenItem } from './list-keys.ts';
import { ListLoader } from './list-loader.ts';
import { presetScreens, type ConsolePreset } from './preset.ts';
import { RunSession } from './run-session.ts';

/** The way from the first list to a run and back: which screen follows, and what it loads. It waits for nothing. */
export class Journey {
  readonly run: RunSession;
  readonly #context: ConsoleContext;
  readonly #store: ConsoleStore;
  readonly #loader: ListLoader;
  /** Stands in the destination field whenever that opens. */
  #presetDependency: string | null = null;

  constructor(context: ConsoleContext, store: ConsoleStore, ports: ConsolePorts) {
    this.run = new RunSession(store, ports, context.panels);
    this.#context = context;
    this.#store = store;
    this.#loader = new ListLoader(store, ports);
  }

  begin(preset: ConsolePreset | null): void {
    void this.#loader.loadNamespaces();
    if (preset === null) return;
    this.#presetDependency = preset.dependency ?? null;
    for (const screen of presetScreens(preset)) this.#open(screen);
    if (currentScreen(this.#store.getState()).kind === 'dependencies' && preset.dependency !== undefined) this.startTyped();
  }

  stop(): void {
    this.run.cancel();
    this.#loader.cancelAll();
  }

  /** Takes the item under the cursor. */
  choose(list: ListName): void {
    const state = this.#store.getState();
    const item = chosenItem(this.#context, state, list);
    const screen = currentScreen(state);
    if (item === null) return;
    switch (screen.kind) {
      case 'namespaces':
        this.#chooseNamespace(item.key, state.cursors.namespaces.filter);
        return;
      case 'pods': {
        const node = state.lists.pods.rows.find((pod) => pod.name === item.key)?.node ?? null;
        this.#open({ kind: 'containers', namespace: screen.namespace, pod: item.key, node });
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
    if (list !== null && this.#store.getState().screens.length > 1) this.#loader.cancel(list);
    this.#store.setState(goBack);
  }

  /** Runs towards what stands in the field; says what is wrong with it when it is no destination. */
  startTyped(): void {
    const { input, screens } = this.#store.getState();
    const screen = screens.at(-1);
    if (screen?.kind === 'dependencies') this.#startRun(screen.target, input.text);
  }

  /** Loads what the current screen shows, or runs it. */
  load(): void {
    const screen = currentScreen(this.#store.getState());
    switch (screen.kind) {
      case 'namespaces':
        void this.#loader.loadNamespaces();
        return;
      case 'pods':
        void this.#loader.loadPods(screen.namespace);
        return;
      case 'containers':
        void this.#loader.loadContainers(screen.namespace, screen.pod).then(() => {
          this.#skipOnlyContainer(screen);
        });
        return;
      case 'dependencies':
        if (screen.target.kind === 'pod') void this.#loader.loadDependencies(screen.target);
        else this.#store.setState((state) => ({ lists: { ...state.lists, dependencies: { phase: { kind: 'unasked' }, rows: [] } } }));
        return;
      case 'run':
        this.run.start(screen.target, screen.dependencyText);
    }
  }

  #open(screen: Screen): void {
    this.#store.setState((state) => openScreen(state, screen));
    const text = this.#presetDependency;
    if (screen.kind === 'dependencies' && text !== null) {
      this.#store.setState({ input: { ...EMPTY_INPUT, text, caret: graphemes(text).length } });
    }
    this.load();
  }

  #chooseNamespace(key: string, filter: string): void {
    if (key === LOCAL_KEY) this.#open({ kind: 'dependencies', target: { kind: 'local' } });
    else this.#open({ kind: 'pods', namespace: key === TYPED_KEY ? filter : key });
  }

  #chooseContainer({ namespace, pod, node }: Extract<Screen, { kind: 'containers' }>, container: string): void {
    const context = this.#store.getState().clusters?.current ?? '';
    this.#open({ kind: 'dependencies', target: { kind: 'pod', context, namespace, pod, container, node, pickedFrom: null } });
  }

  /** One container is no choice: the next screen takes the place of this one, so that esc leads back to the pods. */
  #skipOnlyContainer(screen: Extract<Screen, { kind: 'containers' }>): void {
    const state = this.#store.getState();
    const { rows, phase } = state.lists.containers;
    const [only] = rows;
    if (currentScreen(state) !== screen || phase.kind !== 'ready' || rows.length !== 1 || only === undefined) return;
    this.#chooseContainer(screen, only.name);
    this.#store.setState((opened) => ({ screens: opened.screens.filter((one) => one !== screen) }));
  }

  #startRun(target: Target, text: string): void {
    const result = parseDependency(text);
    if (!result.ok) {
      const error = this.#context.messages.ui.dependencyError(result.code, result.detail);
      this.#store.setState((state) => ({ input: { ...state.input, error, zone: 'input' } }));
      return;
    }
    // The URL has no credentials; a bare host stays bare, so that the run knows that https was only assumed.
    const { assumedHttps, url } = result.dependency;
    this.#open({ kind: 'run', target, dependencyText: assumedHttps ? text.trim() : url });
  }
}

import type { ClusterChoice, ConsolePorts, ListChange, ListPage, NamespaceRow, PodRow, PortFailure, PortResult } from '../../domain/console-ports.ts';
import { errorText } from '../../domain/error-text.ts';
import type { Target } from '../../domain/target.ts';
import type { ListName } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { cleanData } from '../../store/ingest.ts';
import { appendRows, beginLoading, changedRows, setPhase } from '../../store/navigate.ts';
import { WaitingChanges } from './waiting-changes.ts';

/** As often as one can read a number. The first rows come at once. */
const SHOW_EVERY_MS = 400;

/** Fills the lists from the ports. Each list has one load at a time: a newer one ends the older one, whatever it waits for. */
export class ListLoader {
  readonly #store: ConsoleStore;
  readonly #ports: ConsolePorts;
  /** Holds the cursor on its item before rows come and go around it. */
  readonly #pinCursor: (list: ListName) => void;
  readonly #loads = new Map<ListName | 'clusters', AbortController>();

  constructor(store: ConsoleStore, ports: ConsolePorts, pinCursor: (list: ListName) => void) {
    this.#pinCursor = pinCursor;
    this.#store = store;
    this.#ports = ports;
  }

  /** The clusters first, because that loads the client; then the namespaces. */
  async loadNamespaces(): Promise<void> {
    const signal = this.#begin('namespaces');
    if ((await this.#knowClusters('namespaces', signal)) === null) return;
    const version = await this.#pages('namespaces', this.#ports.listNamespaces(signal), signal);
    if (version === null) return;
    const isExpired = await this.#follow('namespaces', this.#ports.watchNamespaces(version, signal), signal);
    if (isExpired) await this.loadNamespaces();
  }

  /** The contexts of the kubeconfig, which are known without asking any cluster. */
  async loadContexts(): Promise<void> {
    // Known ones are there at once, for a key that was typed ahead.
    const clusters = this.#store.getState().clusters ?? (await this.#knowClusters('contexts', this.#begin('contexts')));
    if (clusters === null) return;
    this.#store.setState((state) => ({ lists: { ...state.lists, contexts: { phase: { kind: 'ready' }, rows: clusters.contexts } } }));
  }

  /** null when they cannot be had, which the list then says. */
  async #knowClusters(list: 'contexts' | 'namespaces', signal: AbortSignal): Promise<ClusterChoice | null> {
    const { clusters: known } = this.#store.getState();
    if (known !== null) return known;
    const read = await settled(this.#ports.loadClusters(signal));
    if (signal.aborted) return null;
    if (!read.ok) {
      this.#store.setState((state) => setPhase(state, list, { kind: 'failed', failure: cleanData(read.failure) }));
      return null;
    }
    const clusters = cleanData(read.value);
    this.#store.setState({ clusters });
    return clusters;
  }

  async loadPods(namespace: string | null): Promise<void> {
    const signal = this.#begin('pods');
    const version = await this.#pages('pods', this.#ports.listPods(namespace, signal), signal);
    if (version === null) return;
    const isExpired = await this.#follow('pods', this.#ports.watchPods(namespace, version, signal), signal);
    if (isExpired) await this.loadPods(namespace);
  }

  async loadContainers(namespace: string, pod: string): Promise<void> {
    const signal = this.#begin('containers');
    await this.#whole('containers', this.#ports.getContainers(namespace, pod, signal), signal);
  }

  /** Only a pod names destinations; of other targets nothing is asked. */
  async loadDependencies(target: Target): Promise<void> {
    if (target.kind !== 'pod') {
      this.#store.setState((state) => ({ lists: { ...state.lists, dependencies: { phase: { kind: 'unasked' }, rows: [] } } }));
      return;
    }
    const signal = this.#begin('dependencies');
    await this.#whole('dependencies', this.#ports.dependenciesOf(target, signal), signal);
  }

  cancel(list: ListName): void {
    this.#loads.get(list)?.abort();
  }

  cancelAll(): void {
    for (const load of this.#loads.values()) load.abort();
  }

  #begin(list: ListName): AbortSignal {
    this.#loads.get(list)?.abort();
    const load = new AbortController();
    this.#loads.set(list, load);
    this.#store.setState((state) => beginLoading({ ...state, nowMs: Date.now() }, list, Date.now()));
    return load.signal;
  }

  async #pages(list: 'namespaces' | 'pods', pages: AsyncIterable<ListPage<unknown>>, signal: AbortSignal): Promise<string | null> {
    let version: string | null = null;
    let waiting: unknown[] = [];
    let shownAtMs = 0;
    try {
      for await (const page of pages) {
        if (signal.aborted) return null;
        if (page.kind === 'failed') {
          if (waiting.length > 0) this.#append(list, waiting, null);
          this.#store.setState((state) => setPhase(state, list, { kind: 'failed', failure: cleanData(page.failure) }));
          return null;
        }
        waiting.push(...page.rows);
        version = page.version ?? null;
        // The first rows at once; then as often as one can look: each time costs a pass over all of them.
        if (performance.now() - shownAtMs < SHOW_EVERY_MS) continue;
        this.#append(list, waiting, page.remaining);
        waiting = [];
        shownAtMs = performance.now();
      }
      if (!signal.aborted && waiting.length > 0) this.#append(list, waiting, 0);
      if (!signal.aborted) this.#store.setState((state) => setPhase(state, list, { kind: 'ready' }));
      return signal.aborted ? null : version;
    } catch (error) {
      this.#failed(list, error, signal);
      return null;
    }
  }

  /** Keeps a list as the cluster has it. True when it has to be read again. Changes are shown a few times a second at most. */
  async #follow(list: 'namespaces' | 'pods', changes: AsyncIterable<ListChange<unknown>>, signal: AbortSignal): Promise<boolean> {
    const waiting = new WaitingChanges((changed, removed) => {
      if (signal.aborted) return;
      this.#pinCursor(list);
      this.#store.setState((state) => {
        const rows = changedRows<NamespaceRow | PodRow>(state.lists[list].rows, changed, removed);
        return { lists: { ...state.lists, [list]: { ...state.lists[list], rows } } };
      });
    });
    try {
      for await (const change of changes) {
        if (signal.aborted) return false;
        if (change.kind === 'expired') return true;
        if (change.kind === 'changed') waiting.add(cleanData(change.rows) as readonly (NamespaceRow | PodRow)[], []);
        else if (change.kind === 'removed') waiting.add([], change.names);
        else this.#setLive(list, change.kind === 'lost' ? cleanData(change.failure) : null);
      }
    } catch (error) {
      if (!signal.aborted) this.#setLive(list, { kind: 'failed', detail: cleanData(errorText(error)) });
    } finally {
      waiting.flush();
    }
    return false;
  }

  /** Since when it is stale is told once, however often it is tried again. */
  #setLive(list: ListName, failure: PortFailure | null): void {
    this.#store.setState((state) => {
      const { phase } = state.lists[list];
      if (failure === null) return phase.kind === 'stale' ? setPhase(state, list, { kind: 'ready' }) : state;
      const sinceMs = phase.kind === 'stale' ? phase.sinceMs : Date.now();
      return setPhase({ ...state, nowMs: Date.now() }, list, { kind: 'stale', sinceMs, failure });
    });
  }

  async #whole(list: 'containers' | 'dependencies', answer: Promise<PortResult<readonly unknown[]>>, signal: AbortSignal): Promise<void> {
    const result = await settled(answer);
    if (signal.aborted) return;
    if (!result.ok) {
      this.#store.setState((state) => setPhase(state, list, { kind: 'failed', failure: cleanData(result.failure) }));
      return;
    }
    this.#append(list, result.value, 0);
    this.#store.setState((state) => setPhase(state, list, { kind: 'ready' }));
  }

  #append(list: ListName, rows: readonly unknown[], remaining: number | null): void {
    this.#store.setState((state) => {
      const next = appendRows(state, list, cleanData(rows) as never);
      const { phase } = next.lists[list];
      return phase.kind === 'loading' ? setPhase(next, list, { ...phase, remaining }) : next;
    });
  }

  /** A port that throws breaks its promise; the list says so, and the console goes on. */
  #failed(list: ListName, error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    const failure = { kind: 'failed', detail: errorText(error) } as const;
    this.#store.setState((state) => setPhase(state, list, { kind: 'failed', failure: cleanData(failure) }));
  }
}

async function settled<T>(answer: Promise<PortResult<T>>): Promise<PortResult<T>> {
  try {
    return await answer;
  } catch (error) {
    return { ok: false, failure: { kind: 'failed', detail: errorText(error) } };
  }
}

import type { ConsolePorts, ListPage, PortResult } from '../../domain/console-ports.ts';
import type { Target } from '../../domain/target.ts';
import type { ListName } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { cleanData } from '../../store/ingest.ts';
import { appendRows, beginLoading, setPhase } from '../../store/navigate.ts';

/** Fills the lists from the ports. Each list has one load at a time: a newer one ends the older one, whatever it waits for. */
export class ListLoader {
  readonly #store: ConsoleStore;
  readonly #ports: ConsolePorts;
  readonly #loads = new Map<ListName | 'clusters', AbortController>();

  constructor(store: ConsoleStore, ports: ConsolePorts) {
    this.#store = store;
    this.#ports = ports;
  }

  /** The clusters first, because that loads the client; then the namespaces. */
  async loadNamespaces(): Promise<void> {
    const signal = this.#begin('namespaces');
    if (this.#store.getState().clusters === null) {
      const clusters = await settled(this.#ports.loadClusters(signal));
      if (signal.aborted) return;
      if (!clusters.ok) {
        this.#store.setState((state) => setPhase(state, 'namespaces', { kind: 'failed', failure: cleanData(clusters.failure) }));
        return;
      }
      this.#store.setState({ clusters: cleanData(clusters.value) });
    }
    await this.#pages('namespaces', this.#ports.listNamespaces(signal), signal);
  }

  async loadPods(namespace: string): Promise<void> {
    const signal = this.#begin('pods');
    await this.#pages('pods', this.#ports.listPods(namespace, signal), signal);
  }

  async loadContainers(namespace: string, pod: string): Promise<void> {
    const signal = this.#begin('containers');
    await this.#whole('containers', this.#ports.getContainers(namespace, pod, signal), signal);
  }

  async loadDependencies(target: Target): Promise<void> {
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

  async #pages(list: 'namespaces' | 'pods', pages: AsyncIterable<ListPage<unknown>>, signal: AbortSignal): Promise<void> {
    try {
      for await (const page of pages) {
        if (signal.aborted) return;
        if (page.kind === 'failed') {
          this.#store.setState((state) => setPhase(state, list, { kind: 'failed', failure: cleanData(page.failure) }));
          return;
        }
        this.#append(list, page.rows, page.remaining);
      }
      if (!signal.aborted) this.#store.setState((state) => setPhase(state, list, { kind: 'ready' }));
    } catch (error) {
      this.#failed(list, error, signal);
    }
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
    const failure = { kind: 'failed', detail: error instanceof Error ? error.message : String(error) } as const;
    this.#store.setState((state) => setPhase(state, list, { kind: 'failed', failure: cleanData(failure) }));
  }
}

async function settled<T>(answer: Promise<PortResult<T>>): Promise<PortResult<T>> {
  try {
    return await answer;
  } catch (error) {
    return { ok: false, failure: { kind: 'failed', detail: error instanceof Error ? error.message : String(error) } };
  }
}

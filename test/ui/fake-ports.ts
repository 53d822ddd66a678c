import type {
  ClusterChoice,
  ConsolePorts,
  ContainerRow,
  DependencyRow,
  ListPage,
  NamespaceRow,
  PodRow,
  PortFailure,
  PortResult,
  RunHandle,
} from '../../src/domain/console-ports.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import type { Target } from '../../src/domain/target.ts';

export interface FakeCluster {
  readonly clusters?: PortResult<ClusterChoice>;
  readonly namespaces?: readonly NamespaceRow[] | PortFailure | 'never';
  readonly pods?: readonly PodRow[] | PortFailure | 'never';
  readonly containers?: readonly ContainerRow[] | PortFailure;
  readonly dependencies?: readonly DependencyRow[] | PortFailure;
  /** Events of a run, as they come; the signal aborts when it is cancelled. */
  readonly run?: (request: { target: Target; dependencyText: string }, signal: AbortSignal) => AsyncIterable<RunEvent>;
  readonly pageSize?: number;
  readonly delayMs?: number;
}

const CLUSTERS: ClusterChoice = {
  current: 'prod-eu',
  contexts: [{ name: 'prod-eu', cluster: 'prod-eu', namespace: 'shop' }],
};

/** A cluster of plain data. `never` answers nothing at all, as a dead API server does. */
export function fakePorts(cluster: FakeCluster = {}): ConsolePorts & { readonly calls: readonly string[] } {
  const calls: string[] = [];
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, cluster.delayMs ?? 0));
  return {
    calls,
    async loadClusters() {
      calls.push('loadClusters');
      await pause();
      return cluster.clusters ?? { ok: true, value: CLUSTERS };
    },
    listNamespaces: (signal) => pages(cluster.namespaces ?? NAMESPACES, cluster.pageSize ?? 500, pause, signal),
    listPods(namespace, signal) {
      calls.push(`listPods ${namespace}`);
      return pages(cluster.pods ?? PODS, cluster.pageSize ?? 500, pause, signal);
    },
    async getContainers(namespace, pod) {
      calls.push(`getContainers ${namespace}/${pod}`);
      await pause();
      return answer(cluster.containers ?? [container('app')]);
    },
    async dependenciesOf() {
      await pause();
      return answer(cluster.dependencies ?? DEPENDENCIES);
    },
    startRun(request): RunHandle {
      calls.push(`startRun ${request.dependencyText}`);
      const abort = new AbortController();
      const events = cluster.run?.(request, abort.signal) ?? none();
      return { events, cancel: () => { calls.push('cancel'); abort.abort(); } };
    },
  };
}

export function pod(name: string, extra: Partial<PodRow> = {}): PodRow {
  return { name, ready: '1/1', status: 'Running', restarts: '0', age: '5d', node: 'node-1', ip: '10.244.1.7', ...extra };
}

export function container(name: string, extra: Partial<ContainerRow> = {}): ContainerRow {
  return { name, image: 'registry.example/shop/app:1.4.2', kind: 'container', state: 'running', running: true, ...extra };
}

const NAMESPACES: readonly NamespaceRow[] = ['default', 'kube-system', 'monitoring', 'shop'].map((name) => ({ name, status: 'Active', age: '41d' }));
const PODS: readonly PodRow[] = [
  pod('checkout-7d9f6c5b8-2xkqp'),
  pod('orders-6f7c9d-abcde', { node: 'node-2' }),
  pod('payments-5c4b7-zzzzz', { ready: '0/1', status: 'CrashLoopBackOff', restarts: '17 (2m ago)' }),
  pod('pending-0', { ready: '0/1', status: 'Pending', node: null, ip: null }),
];
const DEPENDENCIES: readonly DependencyRow[] = [
  { url: 'https://api.payments.example/', foundIn: 'PAYMENTS_URL' },
  { url: 'postgres://orders-db.shop:5432', foundIn: 'DATABASE_URL' },
  { url: 'redis://cache:6379', foundIn: 'configmap/orders CACHE_URL' },
];

function answer<T>(data: readonly T[] | PortFailure): PortResult<readonly T[]> {
  return 'kind' in data ? { ok: false, failure: data } : { ok: true, value: data };
}

async function* pages<Row>(
  data: readonly Row[] | PortFailure | 'never',
  pageSize: number,
  pause: () => Promise<void>,
  signal: AbortSignal,
): AsyncIterable<ListPage<Row>> {
  if (data === 'never') {
    await new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }); });
    return;
  }
  await pause();
  if ('kind' in data) {
    yield { kind: 'failed', failure: data };
    return;
  }
  for (let from = 0; from < data.length; from += pageSize) {
    yield { kind: 'rows', rows: data.slice(from, from + pageSize), remaining: Math.max(0, data.length - from - pageSize) };
    await pause();
  }
}

async function* none(): AsyncIterable<RunEvent> {
  // A run without events.
}

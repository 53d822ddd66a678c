import type {
  ClusterChoice,
  ConsolePorts,
  ContainerRow,
  DependencyRow,
  FanOutHandle,
  ListChange,
  ListPage,
  NamespaceRow,
  PodRow,
  PortFailure,
  PortResult,
  RunHandle,
} from '../../src/domain/console-ports.ts';
import type { ExportStep } from '../../src/domain/exported.ts';
import type { AccessDialogue, CreatedThing } from '../../src/domain/access.ts';
import type { FanOutEvent } from '../../src/domain/fan-out.ts';
import { leftoverName, type Leftover } from '../../src/domain/leftover.ts';
import type { LiveRow, LiveRun } from '../../src/domain/pairing.ts';
import type { OpenedRecording, Playback, RecordingRow } from '../../src/domain/playback.ts';
import type { LogUpdate, PodDescription } from '../../src/domain/pod-pages.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import type { Target } from '../../src/domain/target.ts';

export interface FakeCluster {
  readonly clusters?: PortResult<ClusterChoice>;
  readonly namespaces?: readonly NamespaceRow[] | PortFailure | 'never';
  readonly pods?: readonly PodRow[] | PortFailure | 'never';
  readonly containers?: readonly ContainerRow[] | PortFailure | 'never';
  readonly dependencies?: readonly DependencyRow[] | PortFailure;
  /** Events of a run, as they come; the signal aborts when it is cancelled. */
  readonly run?: (request: { target: Target; dependencyText: string; dialogue: AccessDialogue }, signal: AbortSignal) => AsyncIterable<RunEvent>;
  /** What becomes of the pods after they were listed. */
  readonly changes?: (signal: AbortSignal) => AsyncIterable<ListChange<PodRow>>;
  /** What all replicas find. */
  readonly fanOut?: () => AsyncIterable<FanOutEvent>;
  /** What comes of comparing with another place; absent: it is there. */
  readonly compared?: PortResult<string>;
  readonly recordings?: { readonly rows: readonly RecordingRow[]; readonly open: (path: string) => PortResult<OpenedRecording>; readonly play: (path: string) => Playback };
  /** What comes of an export; absent: the run is not recorded. */
  readonly exported?: readonly ExportStep[];
  readonly live?: { readonly rows: readonly LiveRow[]; readonly open: (path: string) => PortResult<OpenedRecording>; readonly follow: (path: string) => LiveRun };
  readonly isArmed?: boolean;
  readonly leftovers?: readonly Leftover[];
  /** What the first glance finds. */
  readonly leftEarlier?: readonly Leftover[];
  /** What this session made. */
  readonly things?: readonly CreatedThing[];
  /** What a pod's log says. */
  readonly log?: (previous: boolean, signal: AbortSignal) => AsyncIterable<LogUpdate>;
  readonly description?: PortResult<PodDescription>;
  readonly pageSize?: number;
  readonly delayMs?: number;
}

const CLUSTERS: ClusterChoice = {
  current: 'prod-eu',
  contexts: [{ name: 'prod-eu', cluster: 'prod-eu', namespace: 'shop' }],
};

/** A cluster of plain data. `never` answers nothing at all, as a dead API server does. */
export function fakePorts(cluster: FakeCluster = {}): ConsolePorts & { readonly calls: readonly string[]; readonly saved: readonly (readonly string[])[] } {
  const calls: string[] = [];
  const saved: (readonly string[])[] = [];
  let things = cluster.things ?? [];
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, cluster.delayMs ?? 0));
  return {
    calls,
    saved,
    async loadClusters() {
      calls.push('loadClusters');
      await pause();
      return cluster.clusters ?? { ok: true, value: CLUSTERS };
    },
    watchNamespaces: () => none(),
    watchPods: (_namespace, _version, signal) => cluster.changes?.(signal) ?? none(),
    listRecordings: () => Promise.resolve(cluster.recordings?.rows ?? []),
    openRecording: (path) => Promise.resolve(cluster.recordings?.open(path) ?? { ok: false, failure: { kind: 'failed', detail: path } }),
    playRecording: (path) => {
      if (cluster.recordings === undefined) throw new Error(`nothing to play at ${path}`);
      return cluster.recordings.play(path);
    },
    exportFolder: (recording) => (cluster.exported === undefined ? null : `netdiag-${recording ?? 'run'}`),
    async *exportRun(request) {
      calls.push(`exportRun ${JSON.stringify(request)}`);
      await pause();
      yield* cluster.exported ?? [];
    },
    listLive: () => cluster.live?.rows ?? [],
    openLive: (path) => Promise.resolve(cluster.live?.open(path) ?? { ok: false, failure: { kind: 'failed', detail: path } }),
    followLive: (path) => {
      if (cluster.live === undefined) throw new Error(`nothing to follow at ${path}`);
      return cluster.live.follow(path);
    },
    useContext: (name) => { calls.push(`useContext ${name}`); },
    listNamespaces: (signal) => pages(cluster.namespaces ?? NAMESPACES, cluster.pageSize ?? 500, pause, signal),
    listPods(namespace, signal) {
      calls.push(`listPods ${namespace ?? '(all)'}`);
      return pages(cluster.pods ?? PODS, cluster.pageSize ?? 500, pause, signal);
    },
    async getContainers(namespace, pod) {
      calls.push(`getContainers ${namespace}/${pod}`);
      await pause();
      return cluster.containers === 'never' ? new Promise(() => undefined) : answer(cluster.containers ?? [container('app')]);
    },
    async *followLog(place, previous, signal) {
      calls.push(`followLog ${place.pod}/${place.container ?? ''}${previous ? ' previous' : ''}`);
      await pause();
      yield* cluster.log?.(previous, signal) ?? none();
    },
    describePod: async ({ pod: name }) => {
      calls.push(`describePod ${name}`);
      await pause();
      return cluster.description ?? { ok: false, failure: { kind: 'not-found', detail: name } };
    },
    podYaml: async ({ pod: name }) => {
      calls.push(`podYaml ${name}`);
      await pause();
      return { ok: true, value: ['kind: Pod', `name: ${name}`] };
    },
    saveText: (name, lines) => {
      calls.push(`saveText ${name}`);
      saved.push(lines);
      return Promise.resolve({ ok: true, value: `/home/anna/${name}.txt` });
    },
    async dependenciesOf() {
      await pause();
      return answer(cluster.dependencies ?? DEPENDENCIES);
    },
    startRun(request): RunHandle {
      calls.push(`startRun ${request.dependencyText}`);
      const abort = new AbortController();
      const events = cluster.run?.(request, abort.signal) ?? none();
      return {
        events,
        cancel: () => { calls.push('cancel'); abort.abort(); },
        note: (text) => { calls.push(`note ${text}`); },
        look: ({ panel, zoomed }) => { calls.push(`look ${panel}${zoomed ? ' zoomed' : ''}`); },
        wish: (wish) => { calls.push(`wish ${JSON.stringify(wish)}`); },
        compareWith: (text) => {
          calls.push(`compareWith ${text}`);
          return Promise.resolve(cluster.compared ?? { ok: true, value: text });
        },
      };
    },
    startFanOut(request): FanOutHandle {
      calls.push(`startFanOut ${request.target.pod} ${request.dependencyText}`);
      return { events: cluster.fanOut?.() ?? none(), cancel: () => { calls.push('cancelFanOut'); } };
    },
    isArmed: cluster.isArmed ?? false,
    async findLeftovers({ who, thorough }) {
      calls.push(`findLeftovers ${who} ${thorough}`);
      await pause();
      const leftovers = thorough === 'glance' ? cluster.leftEarlier ?? [] : cluster.leftovers ?? [];
      return { ok: true, value: { owner: 'anna', session: 's1', leftovers, unread: [] } };
    },
    async *cleanUp(leftovers) {
      for (const leftover of leftovers) {
        calls.push(`cleanUp ${leftoverName(leftover)}`);
        await pause();
        yield { leftover, end: { kind: 'gone' } };
      }
    },
    prepareShell: () => Promise.resolve({ ok: false, failure: { kind: 'failed', detail: 'no shell in this test' } }),
    sessionThings: () => things,
    keepSession: () => {
      calls.push('keepSession');
      things = [];
    },
    endSession: () => {
      calls.push('endSession');
      things = [];
      return Promise.resolve([]);
    },
  };
}

export function pod(name: string, extra: Partial<PodRow> = {}): PodRow {
  return { namespace: 'shop', name, ready: '1/1', status: 'Running', restarts: '0', age: '5d', node: 'node-1', ip: '10.244.1.7', ...extra };
}

export function container(name: string, extra: Partial<ContainerRow> = {}): ContainerRow {
  return { name, image: 'registry.example/shop/app:1.4.2', kind: 'container', state: 'running', running: true, ...extra };
}

export function configured(name: string, source = 'value'): Omit<DependencyRow, 'url'> {
  return { state: 'configured', foundIn: [{ kind: 'variable', name, source }] };
}

const NAMESPACES: readonly NamespaceRow[] = ['default', 'kube-system', 'monitoring', 'shop'].map((name) => ({ name, status: 'Active', age: '41d' }));
const PODS: readonly PodRow[] = [
  pod('checkout-7d9f6c5b8-2xkqp'),
  pod('orders-6f7c9d-abcde', { node: 'node-2' }),
  pod('payments-5c4b7-zzzzz', { ready: '0/1', status: 'CrashLoopBackOff', restarts: '17 (2m ago)' }),
  pod('pending-0', { ready: '0/1', status: 'Pending', node: null, ip: null }),
];
const DEPENDENCIES: readonly DependencyRow[] = [
  { url: 'https://api.payments.example/', ...configured('PAYMENTS_URL') },
  { url: 'postgres://orders-db.shop:5432', ...configured('DATABASE_URL') },
  { url: 'redis://cache:6379', ...configured('CACHE_URL', 'configmap/orders') },
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
    yield { kind: 'rows', rows: data.slice(from, from + pageSize), remaining: Math.max(0, data.length - from - pageSize), version: '1' };
    await pause();
  }
}

async function* none(): AsyncIterable<never> {
  // A run without events.
}

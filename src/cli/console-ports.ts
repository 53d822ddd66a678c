import type { ClusterFailure, ClusterPage, ClusterResult, ContainerDetail } from '../domain/cluster.ts';
import type { ConsolePorts, ContainerRow, ListPage, PortFailure, PortResult, RunHandle } from '../domain/console-ports.ts';
import { parseDependency } from '../domain/dependency.ts';
import { dependenciesIn } from '../domain/environment-dependencies.ts';
import type { RunEvent } from '../domain/run-event.ts';
import type { Target } from '../domain/target.ts';
import type { ClusterConnection } from '../kube/client.ts';
import type { CommandContext } from './context.ts';
import { closeAll, thisMachine, type Places } from './session/places.ts';
import { diagnose } from './session/run-session.ts';

/** As `run` takes them by default. */
const CONNECT_TIMEOUT_MS = 3000;
const RUN_TIMEOUT_MS = 60_000;

/** What the console asks of the cluster and the engine. The Kubernetes client is loaded when the first list is asked for. */
export function createConsolePorts(context: CommandContext): ConsolePorts {
  const cluster = new PinnedCluster(context);
  return {
    async loadClusters() {
      const opened = await cluster.open();
      if (!opened.ok) return { ok: false, failure: portFailure(opened.failure) };
      const { context: current, contexts } = opened.value.reader;
      return { ok: true, value: { current, contexts } };
    },
    listNamespaces: (signal) => pages(cluster, ({ reader }) => reader.listNamespaces(signal)),
    listPods: (namespace, signal) => pages(cluster, ({ reader }) => reader.listPods(namespace, signal)),
    async getContainers(namespace, pod, signal) {
      const detail = await cluster.use(({ reader }) => reader.getPod(namespace, pod, signal));
      return detail.ok ? { ok: true, value: detail.value.containers.map(containerRow) } : detail;
    },
    async dependenciesOf(target, signal) {
      if (target.kind !== 'pod') return { ok: true, value: [] };
      const detail = await cluster.use(({ reader }) => reader.getPod(target.namespace, target.pod, signal));
      if (!detail.ok) return detail;
      const container = detail.value.containers.find(({ name }) => name === target.container);
      return { ok: true, value: dependenciesIn(container?.environment ?? []) };
    },
    startRun: ({ target, dependencyText }) => startRun(cluster, target, dependencyText),
  };
}

/** One connection for the whole session: the context that was current at the start stays the context. */
class PinnedCluster {
  readonly #context: CommandContext;
  #opened: Promise<ClusterResult<ClusterConnection>> | null = null;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  open(): Promise<ClusterResult<ClusterConnection>> {
    this.#opened ??= import('../kube/client.ts').then(({ openCluster }) =>
      openCluster({ kubeconfig: null, context: null, environment: this.#context.env }),
    );
    return this.#opened;
  }

  async use<T>(read: (connection: ClusterConnection) => Promise<ClusterResult<T>>): Promise<PortResult<T>> {
    const opened = await this.open();
    const result = opened.ok ? await read(opened.value) : opened;
    return result.ok ? result : { ok: false, failure: portFailure(result.failure) };
  }
}

async function* pages<Row>(cluster: PinnedCluster, list: (connection: ClusterConnection) => AsyncIterable<ClusterPage<Row>>): AsyncGenerator<ListPage<Row>> {
  const opened = await cluster.open();
  if (!opened.ok) {
    yield { kind: 'failed', failure: portFailure(opened.failure) };
    return;
  }
  for await (const page of list(opened.value)) {
    yield page.kind === 'rows' ? page : { kind: 'failed', failure: portFailure(page.failure) };
  }
}

function startRun(cluster: PinnedCluster, target: Target, dependencyText: string): RunHandle {
  const stop = new AbortController();
  return {
    events: runEvents(cluster, target, dependencyText, stop.signal),
    cancel: () => { stop.abort(); },
  };
}

/** Throws a sentence for people when the run cannot start. */
async function* runEvents(cluster: PinnedCluster, target: Target, dependencyText: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const parsed = parseDependency(dependencyText);
  if (!parsed.ok) throw new Error(dependencyText);
  const places = await placesOf(cluster, target, signal);
  yield* diagnose(places, { dependency: parsed.dependency, connectTimeoutMs: CONNECT_TIMEOUT_MS, timeoutMs: RUN_TIMEOUT_MS }, signal);
}

async function placesOf(cluster: PinnedCluster, target: Target, signal: AbortSignal): Promise<Places> {
  if (target.kind !== 'pod') {
    const vantage = thisMachine('target');
    return { target: { kind: 'local' }, vantage, contrasts: [], askCluster: null, close: () => closeAll([vantage]) };
  }
  const opened = await cluster.open();
  if (!opened.ok) throw new Error(opened.failure.detail);
  const { podContrasts, podPlaces } = await import('./session/pod-places.ts');
  const detail = await opened.value.reader.getPod(target.namespace, target.pod, signal);
  if (!detail.ok) throw new Error(detail.failure.detail);
  const contrasts = await podContrasts(opened.value, detail.value, signal);
  return podPlaces(opened.value, { ...target, node: detail.value.node }, contrasts, 'keep-open');
}

function containerRow({ name, image, kind, state, reason, exitCode }: ContainerDetail): ContainerRow {
  const why = reason ?? (exitCode === null ? null : String(exitCode));
  return { name, image, kind, state: why === null ? state : `${state}: ${why}`, running: state === 'running' };
}

function portFailure(failure: ClusterFailure): PortFailure {
  switch (failure.kind) {
    case 'forbidden':
      return { kind: 'forbidden', verb: failure.verb, resource: failure.resource, namespace: failure.namespace };
    case 'unreachable':
      return { kind: 'unreachable', detail: failure.detail };
    case 'no-context':
    case 'bad-kubeconfig':
      return { kind: 'no-cluster', detail: failure.detail };
    case 'not-found':
      return { kind: 'not-found', detail: failure.detail };
    case 'unauthorized':
    case 'cancelled':
    case 'failed':
      return { kind: 'failed', detail: failure.detail };
  }
}

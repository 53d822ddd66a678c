import type { AccessDialogue } from '../domain/access.ts';
import type { ClusterChange, ClusterPage, ClusterResult, ContainerDetail } from '../domain/cluster.ts';
import type { ConsolePorts, ContainerRow, ListChange, ListPage, PortResult, PreparedShell, RunHandle } from '../domain/console-ports.ts';
import { parseDependency } from '../domain/dependency.ts';
import type { DependencyList } from '../domain/dependency-list.ts';
import { errorText } from '../domain/error-text.ts';
import type { RunEvent } from '../domain/run-event.ts';
import type { Target } from '../domain/target.ts';
import type { Vantage } from '../domain/vantage.ts';
import type { Wishes } from '../engine/wishes.ts';
import type { Messages } from '../i18n/index.ts';
import type { ClusterConnection } from '../kube/client.ts';
import type { CommandContext } from './context.ts';
import type { AccessOptions } from './access/access-options.ts';
import type { PodPages } from './console/pod-pages.ts';
import { portFailure } from './console/port-failure.ts';
import { saveText } from './console/saved-text.ts';
import { podPlace, prefixPlace, type OtherPlace } from './console/compare-with.ts';
import { startFanOut } from './console/fan-out.ts';
import { startedRun } from './console/started-run.ts';
import type { SessionAccess } from './console/session-access.ts';
import type { PodTarget } from './session/pod-places.ts';
import type { RecordChoice } from './recordings/choice.ts';
import { ConsoleLive } from './recordings/console-live.ts';
import { ConsoleRecordings } from './recordings/console-recordings.ts';
import { recorded, recordedEvents } from './recordings/recorded-run.ts';
import { closeAll, thisMachine, type Places } from './session/places.ts';
import { diagnose } from './session/run-session.ts';

/** As `run` takes them by default. */
const CONNECT_TIMEOUT_MS = 3000;
const RUN_TIMEOUT_MS = 60_000;

/** What the console asks of the cluster and the engine. The Kubernetes client is loaded when the first list is asked for. */
export function createConsolePorts(context: CommandContext, access: AccessOptions, record: RecordChoice): ConsolePorts {
  const cluster = new PinnedCluster(context, access);
  const recordings = new ConsoleRecordings(context);
  const live = new ConsoleLive(context);
  const pages = async (): Promise<PodPages> => (await import('./console/pod-pages.ts')).podPages(() => cluster.open());
  return {
    async loadClusters() {
      const opened = await cluster.open();
      if (!opened.ok) return { ok: false, failure: portFailure(opened.failure) };
      const { context: current, contexts } = opened.value.reader;
      return { ok: true, value: { current, contexts } };
    },
    watchNamespaces: (version, signal) => changes(cluster, ({ reader }) => reader.watchNamespaces(version, signal)),
    watchPods: (namespace, version, signal) => changes(cluster, ({ reader }) => reader.watchPods(namespace, version, signal)),
    useContext: (name) => { cluster.useContext(name); },
    listNamespaces: (signal) => listPages(cluster, ({ reader }) => reader.listNamespaces(signal)),
    listPods: (namespace, signal) => listPages(cluster, ({ reader }) => reader.listPods(namespace, signal)),
    async getContainers(namespace, pod, signal) {
      const detail = await cluster.use(({ reader }) => reader.getPod(namespace, pod, signal));
      return detail.ok ? { ok: true, value: detail.value.containers.map(containerRow) } : detail;
    },
    async *followLog(place, previous, signal) { yield* (await pages()).followLog(place, previous, signal); },
    describePod: async (place, signal) => (await pages()).describePod(place, signal),
    podYaml: async (place, signal) => (await pages()).podYaml(place, signal),
    saveText: (name, lines) => Promise.resolve(saveText(context.env, name, lines)),
    async dependenciesOf(target, signal) {
      if (target.kind !== 'pod') return { ok: true, value: [] };
      const list = await cluster.use((connection) => readDependencies(connection, target, signal));
      return list.ok ? { ok: true, value: list.value.dependencies.map(({ url, state, foundIn }) => ({ url, state, foundIn })) } : list;
    },
    startRun: ({ target, dependencyText, dialogue }) => recorded(startRun(cluster, target, dependencyText, dialogue, context.messages), record, context, (path) => { recordings.keepsRunIn(path); }),
    startFanOut: (request) =>
      startFanOut(request, {
        open: async () => {
          const opened = await cluster.open();
          if (!opened.ok) throw new Error(opened.failure.detail);
          return opened.value;
        },
        run: (target, dependencyText, dialogue, signal) => recordedEvents(runEvents(cluster, target, dependencyText, dialogue, undefined, signal), record, context),
      }),
    listRecordings: (which) => (which === 'demos' ? Promise.resolve(recordings.demos()) : recordings.list()),
    openRecording: (path) => recordings.open(path),
    playRecording: (path) => recordings.play(path),
    exportFolder: (recording) => recordings.exportFolder(recording),
    exportRun: (request) => recordings.export(request),
    listLive: () => live.list(),
    openLive: (path) => live.open(path),
    followLive: (path) => live.follow(path),
    isArmed: access.write,
    async findLeftovers(search, signal) {
      const opened = await cluster.open();
      if (!opened.ok) return { ok: false, failure: portFailure(opened.failure) };
      return (await cluster.access()).find(opened.value, opened.value.reader.namespace, search, signal);
    },
    async *cleanUp(leftovers, signal) {
      const opened = await cluster.open();
      if (opened.ok) yield* (await cluster.access()).cleanUp(opened.value, leftovers, signal);
    },
    prepareShell: (target, dialogue, signal) => prepareShell(cluster, target, dialogue, signal),
    sessionThings: () => cluster.made?.things ?? [],
    keepSession: () => { cluster.made?.keep(); },
    endSession: (signal) => cluster.made?.end(signal) ?? Promise.resolve([]),
  };
}

async function readDependencies(connection: ClusterConnection, target: PodTarget, signal: AbortSignal): Promise<ClusterResult<DependencyList>> {
  const [detail, { gatherDependencies }] = await Promise.all([connection.reader.getPod(target.namespace, target.pod, signal), import('./dependencies/gather.ts')]);
  return detail.ok ? gatherDependencies(connection, target, detail.value, signal) : detail;
}

/** One connection for the session: the context that was current at the start stays the context until the user takes another. */
class PinnedCluster {
  readonly #context: CommandContext;
  #opened: Promise<ClusterResult<ClusterConnection>> | null = null;
  /** null: the current one of the kubeconfig. */
  #name: string | null = null;

  readonly #accessOptions: AccessOptions;
  #access: Promise<SessionAccess> | null = null;
  /** What gets into pods; null until that was wanted. */
  made: SessionAccess | null = null;

  constructor(context: CommandContext, accessOptions: AccessOptions) {
    this.#context = context;
    this.#accessOptions = accessOptions;
  }

  access(): Promise<SessionAccess> {
    this.#access ??= import('./console/session-access.ts').then(({ SessionAccess: Made }) => {
      this.made = new Made(this.#accessOptions);
      return this.made;
    });
    return this.#access;
  }

  open(): Promise<ClusterResult<ClusterConnection>> {
    this.#opened ??= import('../kube/client.ts').then(({ openCluster }) =>
      openCluster({ kubeconfig: null, context: this.#name, environment: this.#context.env }),
    );
    return this.#opened;
  }

  useContext(name: string): void {
    const former = this.#opened;
    this.#name = name;
    this.#opened = null;
    void former?.then((opened) => (opened.ok ? opened.value.reader.close() : undefined));
  }

  async use<T>(read: (connection: ClusterConnection) => Promise<ClusterResult<T>>): Promise<PortResult<T>> {
    const opened = await this.open();
    const result = opened.ok ? await read(opened.value) : opened;
    return result.ok ? result : { ok: false, failure: portFailure(result.failure) };
  }
}

async function* listPages<Row>(cluster: PinnedCluster, list: (connection: ClusterConnection) => AsyncIterable<ClusterPage<Row>>): AsyncGenerator<ListPage<Row>> {
  const opened = await cluster.open();
  if (!opened.ok) {
    yield { kind: 'failed', failure: portFailure(opened.failure) };
    return;
  }
  for await (const page of list(opened.value)) {
    yield page.kind === 'rows' ? page : { kind: 'failed', failure: portFailure(page.failure) };
  }
}

async function* changes<Row>(cluster: PinnedCluster, watch: (connection: ClusterConnection) => AsyncIterable<ClusterChange<Row>>): AsyncGenerator<ListChange<Row>> {
  const opened = await cluster.open();
  if (!opened.ok) return;
  for await (const change of watch(opened.value)) yield change.kind === 'lost' ? { kind: 'lost', failure: portFailure(change.failure) } : change;
}

function startRun(cluster: PinnedCluster, target: Target, dependencyText: string, dialogue: AccessDialogue, messages: Messages): Omit<RunHandle, 'note' | 'look'> {
  return startedRun({
    target,
    messages,
    events: (wishes, signal) => runEvents(cluster, target, dependencyText, dialogue, wishes, signal),
    openPlace: (place, signal) => openPlace(cluster, place, messages, signal),
  });
}

async function openPlace(cluster: PinnedCluster, place: OtherPlace, messages: Messages, signal: AbortSignal): Promise<PortResult<Vantage>> {
  if (place.kind === 'prefix') return { ok: true, value: prefixPlace(place) };
  const found = await cluster.use((connection) => podPlace(connection, place, signal));
  if (!found.ok) return found;
  const { value } = found;
  return value === null ? { ok: false, failure: { kind: 'failed', detail: messages.wishes.compareNotRunning(`${place.namespace}/${place.pod}`) } } : { ok: true, value };
}

/** Throws a sentence for people when the run cannot start. */
async function* runEvents(cluster: PinnedCluster, target: Target, dependencyText: string, dialogue: AccessDialogue, wishes: Wishes | undefined, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const parsed = parseDependency(dependencyText);
  if (!parsed.ok) throw new Error(dependencyText);
  const places = await placesOf(cluster, target, dialogue, signal);
  yield* diagnose(places, { dependency: parsed.dependency, connectTimeoutMs: CONNECT_TIMEOUT_MS, timeoutMs: RUN_TIMEOUT_MS, ...(wishes === undefined ? {} : { wishes }) }, signal);
}

async function placesOf(cluster: PinnedCluster, target: Target, dialogue: AccessDialogue, signal: AbortSignal): Promise<Places> {
  if (target.kind !== 'pod') {
    const vantage = thisMachine('target');
    return { target: { kind: 'local' }, vantage, contrasts: [], askCluster: null, access: null, close: () => closeAll([vantage]) };
  }
  const opened = await cluster.open();
  if (!opened.ok) throw new Error(opened.failure.detail);
  const [{ podPlaces }, { podContrasts }] = await Promise.all([import('./session/pod-places.ts'), import('./session/pod-contrasts.ts')]);
  const detail = await opened.value.reader.getPod(target.namespace, target.pod, signal);
  if (!detail.ok) throw new Error(detail.failure.detail);
  const access = await cluster.access();
  const [contrasts, climbed] = await Promise.all([podContrasts(opened.value, detail.value, signal), access.climb(opened.value, target, dialogue, signal, false)]);
  return podPlaces(opened.value, { ...target, node: detail.value.node }, contrasts, 'keep-open', climbed);
}

async function prepareShell(cluster: PinnedCluster, target: Target, dialogue: AccessDialogue, signal: AbortSignal): Promise<PortResult<PreparedShell>> {
  const opened = await cluster.open();
  if (!opened.ok) return { ok: false, failure: portFailure(opened.failure) };
  if (target.kind !== 'pod') return { ok: false, failure: { kind: 'failed', detail: '' } };
  try {
    return { ok: true, value: await (await cluster.access()).prepareShell(opened.value, target, dialogue, signal) };
  } catch (error) {
    return { ok: false, failure: { kind: 'failed', detail: errorText(error) } };
  }
}

function containerRow({ name, image, kind, state, reason, exitCode }: ContainerDetail): ContainerRow {
  const why = reason ?? (exitCode === null ? null : String(exitCode));
  return { name, image, kind, state: why === null ? state : `${state}: ${why}`, running: state === 'running' };
}

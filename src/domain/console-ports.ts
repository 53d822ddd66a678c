/** What the console needs from the cluster and the engine: plain data in, plain data out. Failures are values. */
import type { Access, AccessDialogue, CreatedThing } from './access.ts';
import type { ClusterChange, ClusterNamespaceRow, ClusterPodRow } from './cluster.ts';
import type { FanOutEvent } from './fan-out.ts';
import type { ExportRequest, ExportStep } from './exported.ts';
import type { DependencyState, FoundIn } from './found-dependency.ts';
import type { CleanedUp, Leftover, Thoroughness } from './leftover.ts';
import type { LiveRow, LiveRun } from './pairing.ts';
import type { OpenedRecording, Playback, RecordingRow } from './playback.ts';
import type { LogUpdate, PodDescription, PodPlace } from './pod-pages.ts';
import type { RunEvent } from './run-event.ts';
import type { DriverView } from './run-panel.ts';
import type { Target } from './target.ts';
import type { Wish } from './wish.ts';

/** Why a list could not be had. Each is shown as itself: a list that may not be read is not an empty list. */
export type PortFailure =
  | { readonly kind: 'forbidden'; readonly verb: string; readonly resource: string; readonly namespace: string | null }
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** There is no kubeconfig, or none that can be read. */
  | { readonly kind: 'no-cluster'; readonly detail: string }
  | { readonly kind: 'not-found'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

export type PortResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: PortFailure };

/** Part of a list, as it arrives. `remaining` is what the server says is still to come; null when it does not say. */
export type ListPage<Row> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly remaining: number | null; /** Where a watch begins. */ readonly version?: string | null }
  | { readonly kind: 'failed'; readonly failure: PortFailure };

export interface ClusterChoice {
  /** The context in use, pinned for the session; null when the kubeconfig names none. */
  readonly current: string | null;
  readonly contexts: readonly { readonly name: string; readonly cluster: string; readonly namespace: string | null }[];
}

export type ContextRow = ClusterChoice['contexts'][number];

/** What becomes of a list after it was read: as the cluster port says it, with a failure for people. */
export type ListChange<Row> = Exclude<ClusterChange<Row>, { readonly kind: 'lost' }> | { readonly kind: 'lost'; readonly failure: PortFailure };

export type NamespaceRow = ClusterNamespaceRow;
export type PodRow = ClusterPodRow;

export interface ContainerRow {
  readonly name: string;
  readonly image: string;
  readonly kind: 'container' | 'init' | 'ephemeral';
  /** `running`, `waiting: ImagePullBackOff`, `terminated: 137`. */
  readonly state: string;
  readonly running: boolean;
}

/** A destination that the pod's own configuration, log or sockets name. */
export interface DependencyRow {
  /** Text that parseDependency reads, without credentials. */
  readonly url: string;
  readonly state: DependencyState;
  /** The most telling first; never empty. */
  readonly foundIn: readonly FoundIn[];
}

export interface RunHandle {
  readonly events: AsyncIterable<RunEvent>;
  /** Ends the run and its remote processes. The events then end: with `run-ended` when one was still to come. Safe to call twice. */
  cancel(): void;
  /** Asks for more, while it runs or after its verdict; what comes of it are events. */
  wish(wish: Exclude<Wish, { kind: 'compare' }>): void;
  /** Asks another place the same: a pod, or NAME='COMMAND'. Gives the place's name. */
  compareWith(text: string): Promise<PortResult<string>>;
  /** Writes a note into the run's record. It comes back as an event. */
  note(text: string): void;
  /** Tells those who follow where the driver looks. */
  look(view: DriverView): void;
}

export interface FanOutRequest {
  readonly target: Extract<Target, { kind: 'pod' }>;
  /** It was accepted by parseDependency. */
  readonly dependencyText: string;
  readonly dialogue: AccessDialogue;
}

export interface FanOutHandle {
  readonly events: AsyncIterable<FanOutEvent>;
  cancel(): void;
}

export interface LeftoverSearch {
  readonly who: 'mine' | 'everybody';
  readonly thorough: Thoroughness;
}

export interface FoundLeftovers {
  readonly owner: string;
  /** This session's own mark. */
  readonly session: string;
  readonly leftovers: readonly Leftover[];
  /** Why not everything could be looked at. */
  readonly unread: readonly string[];
}

/** A way to a shell. */
export interface PreparedShell {
  readonly access: Access;
  /** Takes the terminal until the shell ends, or until it is told to leave; its exit code, or why it was lost. null: there is no way. */
  readonly open: ((leaving: AbortSignal) => Promise<{ readonly exitCode: number | null; readonly detail: string | null }>) | null;
}

export interface ConsolePorts {
  /** The Kubernetes client is loaded here at the earliest: the console calls it after its first frame. */
  loadClusters(signal: AbortSignal): Promise<PortResult<ClusterChoice>>;
  listNamespaces(signal: AbortSignal): AsyncIterable<ListPage<NamespaceRow>>;
  /** Of all namespaces when it is null. */
  listPods(namespace: string | null, signal: AbortSignal): AsyncIterable<ListPage<PodRow>>;
  /** From a page's version on, until the signal aborts or the changes have expired. */
  watchNamespaces(version: string, signal: AbortSignal): AsyncIterable<ListChange<NamespaceRow>>;
  watchPods(namespace: string | null, version: string, signal: AbortSignal): AsyncIterable<ListChange<PodRow>>;
  /** Another context of the kubeconfig, for this session alone: nothing is written. What was opened with the former one is closed. */
  useContext(name: string): void;
  getContainers(namespace: string, pod: string, signal: AbortSignal): Promise<PortResult<readonly ContainerRow[]>>;
  /** Its log so far, then line by line what it writes, until the signal or its end; of the container before its last restart with `previous`. */
  followLog(place: PodPlace, previous: boolean, signal: AbortSignal): AsyncIterable<LogUpdate>;
  describePod(place: PodPlace, signal: AbortSignal): Promise<PortResult<PodDescription>>;
  /** Its manifest, with what is secret in it left out. */
  podYaml(place: PodPlace, signal: AbortSignal): Promise<PortResult<readonly string[]>>;
  /** Writes lines to a file of the user's own, with what is secret in them left out; gives its path. */
  saveText(name: string, lines: readonly string[]): Promise<PortResult<string>>;
  /** What the target names, what fails now first; an empty list when nothing is found. */
  dependenciesOf(target: Target, signal: AbortSignal): Promise<PortResult<readonly DependencyRow[]>>;
  /** `dependencyText` was accepted by parseDependency. */
  startRun(request: { readonly target: Target; readonly dependencyText: string; readonly dialogue: AccessDialogue }): RunHandle;
  /** The same from the pod and all its siblings. */
  startFanOut(request: FanOutRequest): FanOutHandle;
  /** What was recorded and can be played: past runs, the newest first, and the demos, which are always there. */
  listRecordings(which: 'all' | 'demos'): Promise<readonly RecordingRow[]>;
  openRecording(path: string): Promise<PortResult<OpenedRecording>>;
  /** Plays what was opened, from its beginning. */
  playRecording(path: string): Playback;
  /** A folder to export it into that is not there yet, in the working folder; null: what is on the screen was not recorded. `recording` as in ExportRequest. */
  exportFolder(recording: string | null): string | null;
  exportRun(request: ExportRequest): AsyncIterable<ExportStep>;
  /** Runs that somebody drives now, the newest first: one's own and those that others share. */
  listLive(): readonly LiveRow[];
  openLive(path: string): Promise<PortResult<OpenedRecording>>;
  /** Follows what was opened, from its beginning. */
  followLive(path: string): LiveRun;
  /** Whether anything may be changed in the cluster, each change after a yes. */
  readonly isArmed: boolean;
  /** What this program made, in this session or another, here or elsewhere. */
  findLeftovers(search: LeftoverSearch, signal: AbortSignal): Promise<PortResult<FoundLeftovers>>;
  /** Ends each and gives each as the API server confirmed it, or why it remains. */
  cleanUp(leftovers: readonly Leftover[], signal: AbortSignal): AsyncIterable<CleanedUp>;
  prepareShell(target: Target, dialogue: AccessDialogue, signal: AbortSignal): Promise<PortResult<PreparedShell>>;
  /** What this session made and has not ended. */
  sessionThings(): readonly CreatedThing[];
  /** All of that is left until its time is over. */
  keepSession(): void;
  /** Ends all of that, as far as the signal lets it; gives what is not confirmed as ended. */
  endSession(signal: AbortSignal): Promise<readonly CreatedThing[]>;
}

/** What the console needs from the cluster and the engine: plain data in, plain data out. Failures are values. */
import type { ClusterNamespaceRow, ClusterPodRow } from './cluster.ts';
import type { RunEvent } from './run-event.ts';
import type { Target } from './target.ts';

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
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly remaining: number | null }
  | { readonly kind: 'failed'; readonly failure: PortFailure };

export interface ClusterChoice {
  /** The context in use, pinned for the session; null when the kubeconfig names none. */
  readonly current: string | null;
  readonly contexts: readonly { readonly name: string; readonly cluster: string; readonly namespace: string | null }[];
}

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

/** A destination that the pod's own configuration names. */
export interface DependencyRow {
  /** Text that parseDependency reads, without credentials. */
  readonly url: string;
  /** Where it was found: `DATABASE_URL`, `configmap/orders API_HOST`. */
  readonly foundIn: string;
}

export interface RunHandle {
  readonly events: AsyncIterable<RunEvent>;
  /** Ends the run and its remote processes; the events then end with `run-ended`. Safe to call twice. */
  cancel(): void;
}

export interface ConsolePorts {
  /** The Kubernetes client is loaded here at the earliest: the console calls it after its first frame. */
  loadClusters(signal: AbortSignal): Promise<PortResult<ClusterChoice>>;
  listNamespaces(signal: AbortSignal): AsyncIterable<ListPage<NamespaceRow>>;
  listPods(namespace: string, signal: AbortSignal): AsyncIterable<ListPage<PodRow>>;
  getContainers(namespace: string, pod: string, signal: AbortSignal): Promise<PortResult<readonly ContainerRow[]>>;
  /** What the target's environment names; an empty list when nothing is found. */
  dependenciesOf(target: Target, signal: AbortSignal): Promise<PortResult<readonly DependencyRow[]>>;
  /** `dependencyText` was accepted by parseDependency. */
  startRun(request: { readonly target: Target; readonly dependencyText: string }): RunHandle;
}

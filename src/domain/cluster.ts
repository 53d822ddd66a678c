/**
 * What is read from a cluster, as plain data. Failures are values, and a thing that may not be read is `forbidden`: it is
 * never taken for absent or empty.
 */
import type { PolicyScope, ReadPolicyObjects } from './policy-objects.ts';
import type { ClusterDnsFact, CniStateFact, NodeStateFact, PodStateFact, ServiceFact } from './facts.ts';

export type ClusterFailure =
  | {
      readonly kind: 'forbidden';
      readonly verb: string;
      readonly resource: string;
      readonly namespace: string | null;
      /** The API server's own sentence. */
      readonly detail: string;
    }
  | { readonly kind: 'not-found'; readonly resource: string; readonly name: string; readonly namespace: string | null; readonly detail: string }
  /** No answer from the API server: no route, refused, a certificate that is not trusted, a proxy, a time limit. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unauthorized'; readonly detail: string }
  | { readonly kind: 'no-context'; readonly detail: string }
  | { readonly kind: 'bad-kubeconfig'; readonly detail: string }
  | { readonly kind: 'cancelled'; readonly detail: string }
  /** An answer that is none of the above: status 5xx, 429, text that is not JSON, a workload without pods. */
  | { readonly kind: 'failed'; readonly status: number | null; readonly detail: string };

export type ClusterResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ClusterFailure };

/** Part of a list, as it arrives. `remaining` is what the server says is still to come; null when it does not say. */
export type ClusterPage<Row> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly remaining: number | null }
  | { readonly kind: 'failed'; readonly failure: ClusterFailure };

export interface ContextRow {
  readonly name: string;
  readonly cluster: string;
  readonly namespace: string | null;
}

/** As the API server prints them for `kubectl get`. */
export interface ClusterNamespaceRow {
  readonly name: string;
  readonly status: string;
  readonly age: string;
}

export interface ClusterPodRow {
  readonly name: string;
  /** `1/2`. */
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
  readonly age: string;
  readonly node: string | null;
  readonly ip: string | null;
}

export interface EnvironmentVariable {
  readonly name: string;
  /** null for Secret values, which are never read, and for what could not be resolved. */
  readonly value: string | null;
  /** `value`, `configmap/shop-config`, `secret/db`, `field`, `resource`. */
  readonly source: string;
}

export interface ContainerDetail {
  readonly name: string;
  readonly image: string;
  readonly kind: 'container' | 'init' | 'ephemeral';
  readonly state: 'running' | 'waiting' | 'terminated' | 'unknown';
  /** CrashLoopBackOff, Completed, ...; null when running. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly ready: boolean;
  readonly restarts: number;
  readonly environment: readonly EnvironmentVariable[];
}

export interface PodSummary {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly node: string | null;
  /** The controller: `{kind: 'ReplicaSet', name: 'orders-98d985fb9'}`. */
  readonly owner: { readonly kind: string; readonly name: string } | null;
  readonly phase: string;
  readonly ready: boolean;
  readonly isTerminating: boolean;
  readonly hostNetwork: boolean;
  readonly addresses: readonly string[];
  /** RFC 3339; null when the server gives none. */
  readonly createdAt: string | null;
  /** Names of containers that are running now, the default one first. */
  readonly runningContainers: readonly string[];
}

export interface PodDetail extends PodSummary {
  readonly dnsPolicy: string;
  readonly containers: readonly ContainerDetail[];
  /** The annotation kubectl.kubernetes.io/default-container, else the first container. */
  readonly defaultContainer: string;
  /** ConfigMaps whose values the environment takes and that could not be read. */
  readonly unreadable: readonly { readonly source: string; readonly failure: ClusterFailure }[];
}

/** Why this pod of several: the candidates' order is ready first, then running, then oldest. */
export type PickReason = 'named' | 'only-pod' | 'oldest-ready' | 'none-ready';

export interface WorkloadPick {
  readonly pod: PodSummary;
  readonly reason: PickReason;
  /** `deployment/orders`; the pod itself when it was named. */
  readonly workload: string;
  /** All of its pods, best first. */
  readonly candidates: readonly PodSummary[];
}

export interface ClusterReader {
  /** Pinned for the life of the reader. */
  readonly context: string;
  readonly server: string;
  /** The context's namespace, or `default`. */
  readonly namespace: string;
  readonly contexts: readonly ContextRow[];
  listNamespaces(signal: AbortSignal): AsyncIterable<ClusterPage<ClusterNamespaceRow>>;
  listPods(namespace: string, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterPodRow>>;
  getPod(namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<PodDetail>>;
  /** `deploy/x`, `svc/x`, `sts/x`, `ds/x`, `rs/x`, `job/x`, `pod/x`, or a pod's bare name. */
  resolveWorkload(namespace: string, reference: string, signal: AbortSignal): Promise<ClusterResult<WorkloadPick>>;
  /** Running pods with the same controller, or the same labels where there is none; other nodes first. */
  siblingsOf(pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>>;
  /** Running pods with a network of their own on the same node, not siblings and not the pod itself; its own namespace first. */
  neighboursOf(pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>>;
  podState(namespace: string, pod: string, container: string, signal: AbortSignal): Promise<ClusterResult<PodStateFact>>;
  nodeState(node: string, signal: AbortSignal): Promise<ClusterResult<NodeStateFact>>;
  cniState(node: string, signal: AbortSignal): Promise<ClusterResult<CniStateFact>>;
  clusterDns(signal: AbortSignal): Promise<ClusterResult<ClusterDnsFact>>;
  service(namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<ServiceFact>>;
  /**
   * The objects that policies are evaluated on for one connection. Fails only when the namespace's NetworkPolicies or the pod itself
   * cannot be read; whatever else is missing is told in the result.
   */
  policyObjects(scope: PolicyScope, signal: AbortSignal): Promise<ClusterResult<ReadPolicyObjects>>;
  /** The API server's clock, a second one beside the pod's; `roundTripMs` bounds its error, and a whole second more. */
  serverClock(signal: AbortSignal): Promise<ClusterResult<{ readonly epochMs: number; readonly roundTripMs: number }>>;
  close(): Promise<void>;
}

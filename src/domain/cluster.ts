/**
 * What is read from a cluster, as plain data. Failures are values, and a thing that may not be read is `forbidden`: it is
 * never taken for absent or empty.
 */
import type { PodDescription } from './pod-pages.ts';
import type { PolicyScope, ReadPolicyObjects } from './policy-objects.ts';
import type { ChangesFact, ClusterDnsFact, CniStateFact, DnsServerFact, NodeStateFact, PodStateFact, ProxyStateFact, ServiceFact } from './facts.ts';

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
  | {
      readonly kind: 'rows';
      readonly rows: readonly Row[];
      readonly remaining: number | null;
      /** Where a watch of this list begins; null when the server gives none. */
      readonly version: string | null;
    }
  | { readonly kind: 'failed'; readonly failure: ClusterFailure };

/** What becomes of a list after it was read. */
export type ClusterChange<Row> =
  | { readonly kind: 'changed'; readonly rows: readonly Row[] }
  | { readonly kind: 'removed'; readonly names: readonly { readonly namespace: string; readonly name: string }[] }
  /** The watch stands. */
  | { readonly kind: 'live' }
  /** It broke off and is tried again: until `live` the rows are those of then. */
  | { readonly kind: 'lost'; readonly failure: ClusterFailure }
  /** The server has forgotten that point: the list has to be read again. Nothing follows. */
  | { readonly kind: 'expired' };

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
  readonly namespace: string;
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

/** What the cluster knows of where a container connects. Values of Secrets are never among it. */
export interface DependencySources {
  readonly environment: readonly EnvironmentVariable[];
  /** Command and arguments of the container's spec, `$(NAME)` replaced; empty when the image's own are used. */
  readonly commandLine: readonly string[];
  /** ConfigMaps that are mounted as files. */
  readonly files: readonly { readonly source: string; readonly path: string; readonly text: string }[];
  /** Secrets that the container uses, and their keys; null when those could not be learned. */
  readonly secrets: readonly { readonly secret: string; readonly names: readonly string[] | null }[];
  /** Of Istio, where the cluster has the kind. */
  readonly serviceEntries: readonly {
    readonly name: string;
    readonly hosts: readonly string[];
    readonly ports: readonly { readonly port: number; readonly protocol: string }[];
  }[];
  readonly unreadable: readonly { readonly source: string; readonly failure: ClusterFailure }[];
}

export interface LogOptions {
  /** The container before its last restart. */
  readonly previous: boolean;
  readonly tailLines: number;
}

export interface PodLogLine {
  /** RFC 3339, of the container runtime; null when the server sent none. */
  readonly at: string | null;
  readonly text: string;
}

export interface ContainerLog {
  readonly lines: readonly PodLogLine[];
  /** When it was read, by the API server's clock where it tells, else by ours. */
  readonly readAtMs: number;
}

export interface ChangesScope {
  readonly namespace: string;
  readonly pod: string;
  readonly node: string | null;
  /** Where the dependency is, when it is in another namespace of the cluster. */
  readonly otherNamespace: string | null;
}

export interface ClusterReader {
  /** Pinned for the life of the reader. */
  readonly context: string;
  readonly server: string;
  /** The context's namespace, or `default`. */
  readonly namespace: string;
  readonly contexts: readonly ContextRow[];
  listNamespaces(signal: AbortSignal): AsyncIterable<ClusterPage<ClusterNamespaceRow>>;
  /** Of all namespaces when it is null. */
  listPods(namespace: string | null, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterPodRow>>;
  /** From a page's version on, until the signal aborts. */
  watchNamespaces(version: string, signal: AbortSignal): AsyncIterable<ClusterChange<ClusterNamespaceRow>>;
  watchPods(namespace: string | null, version: string, signal: AbortSignal): AsyncIterable<ClusterChange<ClusterPodRow>>;
  getPod(namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<PodDetail>>;
  /** `deploy/x`, `svc/x`, `sts/x`, `ds/x`, `rs/x`, `job/x`, `pod/x`, or a pod's bare name. */
  resolveWorkload(namespace: string, reference: string, signal: AbortSignal): Promise<ClusterResult<WorkloadPick>>;
  /** Running pods with the same controller, or the same labels where there is none; other nodes first. */
  siblingsOf(pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>>;
  /** Running pods with a network of their own on the same node, not siblings and not the pod itself; its own namespace first. */
  neighboursOf(pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>>;
  /** Running pods with a network of their own on other nodes: of its own namespace where there are any. */
  podsElsewhere(pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>>;
  /** Running pods in the network of the pod's node that have these labels. */
  nodePodsOf(pod: PodSummary, labels: PodSummary['labels'], signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>>;
  describePod(namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<PodDescription>>;
  /** The lines of its manifest, with what looks secret left out. */
  podYaml(namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<readonly string[]>>;
  podState(namespace: string, pod: string, container: string, signal: AbortSignal): Promise<ClusterResult<PodStateFact>>;
  nodeState(node: string, signal: AbortSignal): Promise<ClusterResult<NodeStateFact>>;
  cniState(node: string, signal: AbortSignal): Promise<ClusterResult<CniStateFact>>;
  proxyState(node: string, signal: AbortSignal): Promise<ClusterResult<ProxyStateFact>>;
  clusterDns(signal: AbortSignal): Promise<ClusterResult<ClusterDnsFact>>;
  /** `node`: whose NodeLocal DNSCache is looked for; null for none. */
  dnsServer(name: string, node: string | null, signal: AbortSignal): Promise<ClusterResult<DnsServerFact>>;
  service(namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<ServiceFact>>;
  /** What changed around a pod's connection in the last hour. */
  changes(scope: ChangesScope, signal: AbortSignal): Promise<ClusterResult<ChangesFact>>;
  serviceAt(address: string, port: number, signal: AbortSignal): Promise<ClusterResult<ServiceFact>>;
  /**
   * The objects that policies are evaluated on for one connection. Fails only when the namespace's NetworkPolicies or the pod itself
   * cannot be read; whatever else is missing is told in the result.
   */
  policyObjects(scope: PolicyScope, signal: AbortSignal): Promise<ClusterResult<ReadPolicyObjects>>;
  dependencySources(namespace: string, pod: string, container: string, signal: AbortSignal): Promise<ClusterResult<DependencySources>>;
  /** The end of a container's log. `not-found` and `failed`: among others, there was no container before this one. */
  containerLog(namespace: string, pod: string, container: string, options: LogOptions, signal: AbortSignal): Promise<ClusterResult<ContainerLog>>;
  /** What a container writes from `since` (RFC 3339; null: from now) on, line by line, until the signal or its end. */
  followLog(namespace: string, pod: string, container: string, since: string | null, onLine: (line: PodLogLine) => void, signal: AbortSignal): Promise<ClusterResult<null>>;
  /** The API server's clock, a second one beside the pod's; `roundTripMs` bounds its error, and a whole second more. */
  serverClock(signal: AbortSignal): Promise<ClusterResult<{ readonly epochMs: number; readonly roundTripMs: number }>>;
  close(): Promise<void>;
}

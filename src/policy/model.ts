/** What the evaluator works on: the objects of a cluster, of manifests or of test cases, as plain data in one shape. */
import type { LabelSelector, Labels } from './selector.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export type Direction = 'egress' | 'ingress';

export interface ContainerPort {
  readonly name: string | null;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** All of the pod's addresses; empty for a pod that has none yet, or that comes from a manifest. */
  readonly addresses: readonly string[];
  /** Addresses of its node; empty when unknown. */
  readonly nodeAddresses: readonly string[];
  readonly node: string | null;
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  readonly ready: boolean;
  readonly ports: readonly ContainerPort[];
  /** `deployment/orders` for the pod of a manifest's template; null for a pod. */
  readonly workload: string | null;
}

/** `labels` is null when the namespace could not be read: then only its name is known. */
export interface Namespace {
  readonly name: string;
  readonly labels: Labels | null;
}

export interface Node {
  readonly name: string;
  readonly labels: Labels;
  readonly addresses: readonly string[];
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  /** ClusterIPs, external addresses and those of the load balancer: kube-proxy translates all of them. Empty when headless. */
  readonly addresses: readonly string[];
  readonly externalName: string | null;
  readonly headless: boolean;
  /** null: its endpoints are made by hand. */
  readonly selector: Labels | null;
  readonly ports: readonly ServicePort[];
}

export interface ServicePort {
  readonly name: string | null;
  readonly port: number;
  readonly nodePort: number | null;
  readonly protocol: Protocol;
  readonly targetPort: number | string;
}

/** Addresses behind a Service without a selector. */
export interface EndpointSet {
  readonly namespace: string;
  readonly service: string;
  readonly addresses: readonly string[];
  readonly ports: readonly { readonly name: string | null; readonly port: number | null; readonly protocol: Protocol }[];
}

// --- networking.k8s.io/v1 ----------------------------------------------------------------------------------------

export interface IpBlock {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Absent selectors are null; an empty one selects everything. With both, both must hold. */
export interface Peer {
  readonly podSelector: LabelSelector | null;
  readonly namespaceSelector: LabelSelector | null;
  readonly ipBlock: IpBlock | null;
}

export interface PolicyPort {
  readonly protocol: Protocol;
  /** null: every port of the protocol. A name is looked up in the pod that receives. */
  readonly port: number | string | null;
  readonly endPort: number | null;
}

/** Empty peers: everyone. Empty ports: every port of every protocol. */
export interface PolicyRule {
  readonly peers: readonly Peer[];
  readonly ports: readonly PolicyPort[];
}

export interface NetworkPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly podSelector: LabelSelector;
  /** null: the policy says nothing about this direction. Empty: it allows nothing there. */
  readonly egress: readonly PolicyRule[] | null;
  readonly ingress: readonly PolicyRule[] | null;
}

// --- policy.networking.k8s.io/v1alpha1 ---------------------------------------------------------------------------

export type AdminAction = 'Allow' | 'Deny' | 'Pass';

export type AdminSubject =
  | { readonly kind: 'namespaces'; readonly namespaceSelector: LabelSelector }
  | { readonly kind: 'pods'; readonly namespaceSelector: LabelSelector; readonly podSelector: LabelSelector };

export type AdminPeer =
  | AdminSubject
  | { readonly kind: 'nodes'; readonly nodeSelector: LabelSelector }
  | { readonly kind: 'networks'; readonly networks: readonly string[] }
  | { readonly kind: 'domain-names'; readonly names: readonly string[] };

export type AdminPort =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly start: number; readonly end: number }
  | { readonly kind: 'named'; readonly name: string };

export interface AdminRule {
  readonly action: AdminAction;
  readonly peers: readonly AdminPeer[];
  /** Empty: every port of every protocol. */
  readonly ports: readonly AdminPort[];
}

export interface AdminPolicy {
  readonly kind: 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';
  readonly name: string;
  /** Lower goes first. 0 for the baseline, of which there is one. */
  readonly priority: number;
  readonly subject: AdminSubject;
  readonly egress: readonly AdminRule[];
  readonly ingress: readonly AdminRule[];
}

// --- policies of network plugins ---------------------------------------------------------------------------------

/** A policy that only its own plugin understands in full: whom it selects is read, and which directions it is about. */
export interface CustomPolicy {
  /** `CiliumNetworkPolicy`, `GlobalNetworkPolicy.projectcalico.org`, ... */
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly directions: readonly Direction[];
  /** Any of these; a selector that could not be read selects perhaps. */
  readonly selectors: readonly CustomSelector[];
}

export type CustomSelector =
  | { readonly kind: 'cilium'; readonly selector: LabelSelector }
  | { readonly kind: 'calico'; readonly pods: string; readonly namespaces: string; readonly serviceAccounts: string }
  | { readonly kind: 'admin'; readonly subject: AdminSubject }
  | { readonly kind: 'unreadable' };

/** All objects that a question is answered from. */
export interface PolicyObjects {
  readonly namespaces: readonly Namespace[];
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly services: readonly Service[];
  readonly endpoints: readonly EndpointSet[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly adminPolicies: readonly AdminPolicy[];
  readonly customPolicies: readonly CustomPolicy[];
}

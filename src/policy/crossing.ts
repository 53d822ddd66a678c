import type { Direction, Pod, Protocol } from './model.ts';

/**
 * What the API leaves to the network plugin, or what could not be read. A reading is the set of these that are taken to be so;
 * a verdict is definite when every reading gives it.
 */
export type Doubt =
  /** An ipBlock covers pod addresses, too (networking.k8s.io/v1 NetworkPolicyPeer: meant for addresses outside the cluster). */
  | 'ip-block-of-pod'
  /** Pods with hostNetwork are told apart from their node, so that policies select them (Kubernetes docs, "hostNetwork pods"). */
  | 'host-network'
  /** ipBlocks, and ports without a peer, are compared with a Service's address and port, before their translation. */
  | 'service-translation'
  /** A peer that is not known (a name, an unreadable list, a pod without an address) is one that the rule means. */
  | 'unknown-peer'
  /** AdminNetworkPolicies of equal priority: "there is no way to determine which one it will choose". Here: by name, backwards. */
  | 'equal-priority'
  /** An address is one that a domain name of an AdminNetworkPolicy stands for. */
  | 'domain-name';

/** Why a verdict is not definite: a doubt, endpoints of a Service that differ, or policies that could not be read. */
export type Hesitation = Doubt | 'backends-differ' | 'unreadable-policies';

export type Reading = ReadonlySet<Doubt>;

/** One end of a connection, seen from the other. */
export interface End {
  /** null: not a pod of the cluster. */
  readonly pod: Pod | null;
  /** null: not known. */
  readonly address: string | null;
  /** The host name that was asked for; null when it was an address, a pod or a Service. */
  readonly name: string | null;
  /** False when it may be a pod that could not be read. */
  readonly isKnown: boolean;
}

/** A connection at the border of one pod. */
export interface Crossing {
  readonly direction: Direction;
  readonly own: Pod;
  readonly other: End;
  /** Port of the end that receives, after translation. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The Service's address and port that the connection was opened to; null without one. Only ever for egress. */
  readonly frontend: { readonly address: string; readonly port: number } | null;
}

/** The pod at the other end, as this reading sees one: null also for a pod that is taken for its node. */
export function podAtOtherEnd({ other }: Crossing, reading: Reading): Pod | null {
  if (other.pod === null) return null;
  return other.pod.hostNetwork && !reading.has('host-network') ? null : other.pod;
}

/** The pod whose container ports a named port means. */
export function receiver(crossing: Crossing, reading: Reading): Pod | null {
  return crossing.direction === 'ingress' ? crossing.own : podAtOtherEnd(crossing, reading);
}

/** Whether the rule's named port is the port of this connection. */
export function isNamedPort(crossing: Crossing, name: string, protocol: Protocol, reading: Reading): boolean {
  const pod = receiver(crossing, reading);
  if (pod === null) return !crossing.other.isKnown && reading.has('unknown-peer');
  return pod.ports.some((port) => port.name === name && port.port === crossing.port && port.protocol === protocol);
}

/** What an address rule compares: the Service's own address and port, or those of the end itself. */
export function comparedAs(crossing: Crossing, reading: Reading): { readonly address: string | null; readonly port: number; readonly isService: boolean } {
  const { frontend, other, port } = crossing;
  if (frontend !== null && reading.has('service-translation')) return { ...frontend, isService: true };
  return { address: other.address, port, isService: false };
}

/** Every subset of the doubts, the empty one first. */
export function readingsOf(doubts: readonly Doubt[]): readonly Reading[] {
  return Array.from({ length: 2 ** doubts.length }, (_, bits) => new Set(doubts.filter((_doubt, index) => (bits >> index) % 2 === 1)));
}

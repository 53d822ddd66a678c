import type { ClusterFailure } from './cluster.ts';

/** A Kubernetes object as the API or a manifest gives it; src/policy reads the kinds that it knows. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string | null;
    readonly namespace?: string | null;
    readonly labels?: Readonly<Record<string, string>> | null;
  };
  readonly [field: string]: unknown;
}

/** What a question about policies needs from the cluster. */
export interface PolicyScope {
  readonly namespace: string;
  readonly pod: string;
  /** Addresses that the connection may go to; empty with a Service that is named. */
  readonly addresses: readonly string[];
  /** A Service may have it as its node port. */
  readonly port: number;
  /** The Service that the connection goes to by name; null otherwise. */
  readonly service: { readonly namespace: string; readonly name: string } | null;
  /** A pod that the connection goes to by name; null otherwise. */
  readonly peer: { readonly namespace: string; readonly name: string } | null;
}

/**
 * The objects that decide a connection, and what of them could not be read. A list that is missing here is not empty: it is
 * in `unreadable`.
 */
export interface ReadPolicyObjects {
  readonly objects: readonly KubernetesObject[];
  readonly unreadable: readonly { readonly resource: UnreadableResource; readonly namespace: string | null; readonly failure: ClusterFailure }[];
}

export type UnreadableResource =
  | 'pods'
  | 'namespaces'
  | 'services'
  | 'endpointslices'
  | 'networkpolicies'
  | 'nodes'
  | 'adminnetworkpolicies'
  | 'custom-policies';

import type { ClusterFailure } from '../../domain/cluster.ts';
import type { PortFailure } from '../../domain/console-ports.ts';

/** A cluster's failure as the console tells it. */
export function portFailure(failure: ClusterFailure): PortFailure {
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

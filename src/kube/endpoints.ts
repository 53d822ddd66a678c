import type { V1EndpointSlice } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { ServiceEndpoint } from '../domain/facts.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

type WireSlice = Wire<V1EndpointSlice>;
type WireEndpoint = NonNullable<WireSlice['endpoints']>[number];

/** All that stands behind a Service. The server writes lists without entries as null. */
export async function readEndpoints(api: Api, namespace: string, service: string, signal: AbortSignal): Promise<ClusterResult<readonly ServiceEndpoint[]>> {
  const path = apiPath('apis', 'discovery.k8s.io', 'v1', 'namespaces', namespace, 'endpointslices');
  const query = { labelSelector: `kubernetes.io/service-name=${service}` };
  const subject = { verb: 'list', resource: 'endpointslices.discovery.k8s.io', namespace, name: null } as const;
  const answer = await getJson<WireList<WireSlice>>(api, { path, query, subject, signal });
  return answer.ok ? ok(answer.value.items.flatMap(endpointsOf)) : answer;
}

/**
 * One for each address and port. A slice without ports leads nowhere (its targetPort is a name that no container has); a port without
 * a number means all of them (EndpointSlice v1).
 */
function endpointsOf(slice: WireSlice): readonly ServiceEndpoint[] {
  const ports = (slice.ports as WireSlice['ports'] | null) ?? [];
  const entries = ports.length === 0 ? [{ port: null, name: null }] : ports.map(({ port, name }) => ({ port: port ?? ('any' as const), name: name ?? null }));
  const endpoints = (slice.endpoints as readonly WireEndpoint[] | null) ?? [];
  return endpoints.flatMap((endpoint) => endpoint.addresses.flatMap((address) => entries.map(({ port, name }) => endpointOf(endpoint, address, port, name))));
}

/** EndpointSlice v1: a `ready` or `serving` that is not set counts as true. */
function endpointOf({ conditions, nodeName, targetRef }: WireEndpoint, address: string, port: ServiceEndpoint['port'], portName: string | null): ServiceEndpoint {
  const isTerminating = conditions?.terminating === true;
  return {
    address,
    port,
    portName: portName === '' ? null : portName,
    ready: conditions?.ready !== false,
    // Without a ready one, kube-proxy uses those that are ending and still serve (KEP-1669).
    serving: conditions?.ready !== false || (isTerminating && conditions.serving === true),
    node: nodeName ?? null,
    pod: targetRef?.kind === 'Pod' ? (targetRef.name ?? null) : null,
  };
}

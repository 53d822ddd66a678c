import type { V1EndpointSlice, V1Service } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { ClusterDnsFact, ServiceFact } from '../domain/facts.ts';
import type { Api } from './api.ts';
import { failed, ok } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

type WireService = Wire<V1Service>;
type WireSlice = Wire<V1EndpointSlice>;
type Endpoint = ServiceFact['endpoints'][number];

/** A Service and what stands behind it. A Service that is not there is a fact, not a failure. */
export async function readService(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<ServiceFact>> {
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'services', name);
  const [service, endpoints] = await Promise.all([
    getJson<WireService>(api, { path, subject: { verb: 'get', resource: 'services', namespace, name }, signal }),
    readEndpoints(api, namespace, name, signal),
  ]);
  if (!service.ok) return service.failure.kind === 'not-found' ? ok(missingService(namespace, name)) : service;
  if (!endpoints.ok) return endpoints;
  const { spec } = service.value;
  return ok({
    kind: 'service',
    namespace,
    name,
    exists: true,
    type: spec?.type ?? 'ClusterIP',
    clusterAddresses: addressesOf(service.value),
    externalName: spec?.externalName ?? null,
    ports: (spec?.ports ?? []).map(({ name: portName, port, protocol }) => ({ name: portName ?? null, port, protocol: protocol ?? 'TCP' })),
    endpoints: endpoints.value,
  });
}

function missingService(namespace: string, name: string): ServiceFact {
  return { kind: 'service', namespace, name, exists: false, type: null, clusterAddresses: [], externalName: null, ports: [], endpoints: [] };
}

/** A headless Service has the word None for an address. */
function addressesOf({ spec }: WireService): readonly string[] {
  return (spec?.clusterIPs ?? []).filter((address) => address !== 'None' && address !== '');
}

async function readEndpoints(api: Api, namespace: string, service: string, signal: AbortSignal): Promise<ClusterResult<readonly Endpoint[]>> {
  const path = apiPath('apis', 'discovery.k8s.io', 'v1', 'namespaces', namespace, 'endpointslices');
  const query = { labelSelector: `kubernetes.io/service-name=${service}` };
  const subject = { verb: 'list', resource: 'endpointslices.discovery.k8s.io', namespace, name: null } as const;
  const answer = await getJson<WireList<WireSlice>>(api, { path, query, subject, signal });
  return answer.ok ? ok(answer.value.items.flatMap(endpointsOf)) : answer;
}

/** EndpointSlice v1: a `ready` that is not set counts as true; a slice without ports means any port. */
function endpointsOf(slice: WireSlice): readonly Endpoint[] {
  const ports = slice.ports === undefined || slice.ports.length === 0 ? [null] : slice.ports.map(({ port }) => port ?? null);
  return (slice.endpoints ?? []).flatMap(({ addresses, conditions }) =>
    addresses.flatMap((address) => ports.map((port) => ({ address, port, ready: conditions?.ready !== false }))));
}

const DNS_NAMESPACE = 'kube-system';
/** Where the label k8s-app=kube-dns is not set: k3s, RKE2, OpenShift name theirs so. */
const DNS_SERVICES: readonly (readonly [namespace: string, name: string])[] = [
  [DNS_NAMESPACE, 'kube-dns'],
  [DNS_NAMESPACE, 'coredns'],
  [DNS_NAMESPACE, 'rke2-coredns-rke2-coredns'],
  ['openshift-dns', 'dns-default'],
];

/** The cluster's DNS Service and how many of its endpoints are ready. */
export async function readClusterDns(api: Api, signal: AbortSignal): Promise<ClusterResult<ClusterDnsFact>> {
  const found = await findDnsService(api, signal);
  if (!found.ok) return found;
  const { metadata } = found.value;
  const endpoints = await readEndpoints(api, metadata?.namespace ?? DNS_NAMESPACE, metadata?.name ?? '', signal);
  if (!endpoints.ok) return endpoints;
  // One endpoint has several ports: it is counted by its address.
  const count = (matching: readonly Endpoint[]): number => new Set(matching.map(({ address }) => address)).size;
  return ok({
    kind: 'cluster-dns',
    serviceAddress: addressesOf(found.value)[0] ?? null,
    readyEndpoints: count(endpoints.value.filter(({ ready }) => ready)),
    endpoints: count(endpoints.value),
  });
}

async function findDnsService(api: Api, signal: AbortSignal): Promise<ClusterResult<WireService>> {
  const path = apiPath('api', 'v1', 'namespaces', DNS_NAMESPACE, 'services');
  const subject = { verb: 'list', resource: 'services', namespace: DNS_NAMESPACE, name: null } as const;
  const labelled = await getJson<WireList<WireService>>(api, { path, query: { labelSelector: 'k8s-app=kube-dns' }, subject, signal });
  // A Service without a cluster address (metrics, a headless one) answers no pod's question.
  const service = labelled.ok ? labelled.value.items.find((item) => addressesOf(item).length > 0) : undefined;
  if (service !== undefined) return ok(service);
  if (!labelled.ok && labelled.failure.kind !== 'forbidden') return labelled;
  for (const [namespace, name] of DNS_SERVICES) {
    const byName = await getJson<WireService>(api, {
      path: apiPath('api', 'v1', 'namespaces', namespace, 'services', name),
      subject: { verb: 'get', resource: 'services', namespace, name },
      signal,
    });
    if (byName.ok) return byName;
  }
  return labelled.ok
    ? failed({ kind: 'not-found', resource: 'services', name: 'kube-dns', namespace: DNS_NAMESPACE, detail: 'no Service of a cluster DNS was found' })
    : labelled;
}

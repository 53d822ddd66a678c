import type { ClusterResult } from '../domain/cluster.ts';
import type { ClusterDnsFact, ServiceEndpoint } from '../domain/facts.ts';
import type { Api } from './api.ts';
import { readEndpoints } from './endpoints.ts';
import { failed, ok } from './failure.ts';
import { addressesOf, type WireService } from './services.ts';
import { apiPath, getJson, type WireList } from './wire.ts';

const DNS_NAMESPACE = 'kube-system';
const DNS_PORT = 53;
/** Where the label k8s-app=kube-dns is not set: k3s, RKE2, OpenShift name theirs so. */
const DNS_SERVICES: readonly (readonly [namespace: string, name: string])[] = [
  [DNS_NAMESPACE, 'kube-dns'],
  [DNS_NAMESPACE, 'coredns'],
  [DNS_NAMESPACE, 'rke2-coredns-rke2-coredns'],
  ['openshift-dns', 'dns-default'],
];

/** The cluster's DNS Service and the replicas behind it. */
export async function readClusterDns(api: Api, signal: AbortSignal): Promise<ClusterResult<ClusterDnsFact>> {
  const found = await findDnsService(api, signal);
  if (!found.ok) return found;
  const { metadata, spec } = found.value;
  const namespace = metadata?.namespace ?? DNS_NAMESPACE;
  const endpoints = await readEndpoints(api, namespace, metadata?.name ?? '', signal);
  if (!endpoints.ok) return endpoints;
  // One endpoint has several ports: it is counted by its address.
  const replicas = [...new Map(endpoints.value.map(({ address, serving, node, pod }) => [address, { address, ready: serving, node, pod }])).values()];
  const addresses = addressesOf(found.value);
  return ok({
    kind: 'cluster-dns',
    namespace,
    service: metadata?.name ?? '',
    serviceAddress: addresses[0] ?? null,
    serviceAddresses: addresses,
    selector: spec?.selector ?? null,
    readyEndpoints: replicas.filter(({ ready }) => ready).length,
    endpoints: replicas.length,
    replicas,
    targetPorts: targetPorts(found.value, endpoints.value),
  });
}

/** Where the Service's own UDP port leads; a slice names its ports as the Service does. */
function targetPorts({ spec }: WireService, endpoints: readonly ServiceEndpoint[]): readonly number[] {
  const names = (spec?.ports ?? []).filter(({ port, protocol }) => port === DNS_PORT && protocol === 'UDP').map(({ name }) => name ?? null);
  const numbers = endpoints.filter(({ portName }) => names.includes(portName)).flatMap(({ port }) => (typeof port === 'number' ? [port] : []));
  return [...new Set(numbers)];
}

export async function findDnsService(api: Api, signal: AbortSignal): Promise<ClusterResult<WireService>> {
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

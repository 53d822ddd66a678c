import type { V1Service } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { ServiceFact } from '../domain/facts.ts';
import { isInternalHost } from '../domain/network.ts';
import type { Api } from './api.ts';
import { readEndpoints } from './endpoints.ts';
import { ok } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

export type WireService = Wire<V1Service>;

/** A Service and what stands behind it. A Service that is not there is a fact, not a failure. */
export async function readService(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<ServiceFact>> {
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'services', name);
  const [service, endpoints] = await Promise.all([
    getJson<WireService>(api, { path, subject: { verb: 'get', resource: 'services', namespace, name }, signal }),
    readEndpoints(api, namespace, name, signal),
  ]);
  if (!service.ok) return service.failure.kind === 'not-found' ? ok(missingService(namespace, name)) : service;
  if (!endpoints.ok) return endpoints;
  return ok(serviceFact(service.value, endpoints.value));
}

/**
 * The Service that has this address (of the cluster, external, or of a load balancer), or this node port. One that no Service has is a
 * fact too: `exists` is false, its name is empty.
 */
export async function readServiceAt(api: Api, address: string, port: number, signal: AbortSignal): Promise<ClusterResult<ServiceFact>> {
  const subject = { verb: 'list', resource: 'services', namespace: null, name: null } as const;
  const all = await getJson<WireList<WireService>>(api, { path: '/api/v1/services', query: { resourceVersion: '0' }, subject, signal });
  if (!all.ok) return all;
  const found = all.value.items.find((service) => allAddressesOf(service).includes(address)) ?? (isInternalHost(address) ? all.value.items.find((service) => hasNodePort(service, port)) : undefined);
  if (found === undefined) return ok(missingService('', ''));
  const endpoints = await readEndpoints(api, found.metadata?.namespace ?? '', found.metadata?.name ?? '', signal);
  return endpoints.ok ? ok(serviceFact(found, endpoints.value)) : endpoints;
}

function serviceFact(service: WireService, endpoints: ServiceFact['endpoints']): ServiceFact {
  const { metadata, spec } = service;
  const type = spec?.type ?? 'ClusterIP';
  const clusterAddresses = addressesOf(service);
  return {
    kind: 'service',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    exists: true,
    type,
    headless: type !== 'ExternalName' && clusterAddresses.length === 0,
    clusterAddresses,
    externalName: spec?.externalName ?? null,
    selector: spec?.selector ?? null,
    ports: (spec?.ports ?? []).map(({ name, port, protocol, targetPort, nodePort }) => ({
      name: name ?? null, port, protocol: protocol ?? 'TCP', targetPort: String((targetPort as string | number | undefined) ?? port), nodePort: nodePort ?? null,
    })),
    endpoints,
    onlyOwnNode: spec?.internalTrafficPolicy === 'Local',
  };
}

function missingService(namespace: string, name: string): ServiceFact {
  return {
    kind: 'service', namespace, name, exists: false, type: null, headless: false, clusterAddresses: [], externalName: null, selector: null, ports: [], endpoints: [],
  };
}

/** A headless Service has the word None for an address. */
export function addressesOf({ spec }: WireService): readonly string[] {
  return (spec?.clusterIPs ?? []).filter((address) => address !== 'None' && address !== '');
}

function allAddressesOf(service: WireService): readonly string[] {
  const { spec, status } = service;
  return [...addressesOf(service), ...(spec?.externalIPs ?? []), ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? [])];
}

function hasNodePort({ spec }: WireService, port: number): boolean {
  return (spec?.ports ?? []).some(({ nodePort }) => nodePort === port);
}

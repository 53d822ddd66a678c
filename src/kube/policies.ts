import type { ClusterFailure, ClusterResult } from '../domain/cluster.ts';
import type { KubernetesObject, PolicyScope, ReadPolicyObjects, UnreadableResource } from '../domain/policy-objects.ts';
import { lastingLabels } from '../domain/version-labels.ts';
import type { Api } from './api.ts';
import { ok, type ApiSubject } from './failure.ts';
import { readGroups, readPluginPolicies } from './policy-groups.ts';
import { apiPath, getJson, type WireList } from './wire.ts';

type Listed = Omit<KubernetesObject, 'apiVersion' | 'kind'>;

/** A kind and where it is in the API. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly resource: UnreadableResource;
}

const POD: Kind = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', resource: 'pods' };
const NAMESPACE: Kind = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', resource: 'namespaces' };
const NODE: Kind = { apiVersion: 'v1', kind: 'Node', plural: 'nodes', resource: 'nodes' };
const SERVICE: Kind = { apiVersion: 'v1', kind: 'Service', plural: 'services', resource: 'services' };
const SLICE: Kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', plural: 'endpointslices', resource: 'endpointslices' };
const POLICY: Kind = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', plural: 'networkpolicies', resource: 'networkpolicies' };

/** Slices that the controller makes follow the selector, which is evaluated here; the others are made by hand. */
const HAND_MADE = { labelSelector: 'endpointslice.kubernetes.io/managed-by!=endpointslice-controller.k8s.io' };

/** Reads objects for one question, notes what may not be read, and keeps each object once. */
export class PolicyReading {
  readonly #api: Api;
  readonly #signal: AbortSignal;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #unreadable: ReadPolicyObjects['unreadable'][number][] = [];

  constructor(api: Api, signal: AbortSignal) {
    this.#api = api;
    this.#signal = signal;
  }

  get api(): Api {
    return this.#api;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  result(): ReadPolicyObjects {
    // Two kinds of one resource may both be forbidden: that is told once.
    const unreadable = new Map(this.#unreadable.map((one) => [`${one.resource} ${one.namespace ?? ''}`, one]));
    return { objects: [...this.#objects.values()], unreadable: [...unreadable.values()] };
  }

  async get(kind: Kind, namespace: string, name: string): Promise<ClusterResult<KubernetesObject>> {
    const subject: ApiSubject = { verb: 'get', resource: kind.plural, namespace, name };
    const answer = await getJson<Listed>(this.#api, { path: `${pathOf(kind, namespace)}${apiPath(name)}`, subject, signal: this.#signal });
    return answer.ok ? ok(this.#keep(kind, answer.value)) : answer;
  }

  /** `namespace` null: of the whole cluster. */
  async list(kind: Kind, namespace: string | null, query: Readonly<Record<string, string>> = {}): Promise<ClusterResult<readonly KubernetesObject[]>> {
    const subject: ApiSubject = { verb: 'list', resource: resourceOf(kind), namespace, name: null };
    // resourceVersion=0: from the server's cache.
    const request = { path: pathOf(kind, namespace), query: { ...query, resourceVersion: '0' }, subject, signal: this.#signal };
    const answer = await getJson<WireList<Listed>>(this.#api, request);
    return answer.ok ? ok(answer.value.items.map((item) => this.#keep(kind, item))) : answer;
  }

  /** Where the whole cluster may not be listed, these namespaces are, and what is missing is noted. */
  async listWhatMayBe(kind: Kind, namespaces: readonly string[], query: Readonly<Record<string, string>> = {}): Promise<readonly KubernetesObject[]> {
    const everywhere = await this.list(kind, null, query);
    if (everywhere.ok) return everywhere.value;
    this.#unreadable.push({ resource: kind.resource, namespace: null, failure: everywhere.failure });
    const lists = await Promise.all(namespaces.map((namespace) => this.list(kind, namespace, query)));
    return lists.flatMap((list) => (list.ok ? list.value : []));
  }

  /** A list that is worth having; without it, it is noted. A kind that the cluster does not have is an empty list. */
  async listOrNote(kind: Kind, namespace: string | null, query: Readonly<Record<string, string>> = {}): Promise<readonly KubernetesObject[]> {
    const list = await this.list(kind, namespace, query);
    if (list.ok) return list.value;
    if (list.failure.kind !== 'not-found') this.#unreadable.push({ resource: kind.resource, namespace, failure: list.failure });
    return [];
  }

  note(resource: UnreadableResource, failure: ClusterFailure): void {
    this.#unreadable.push({ resource, namespace: null, failure });
  }

  #keep(kind: Kind, item: Listed): KubernetesObject {
    const object: KubernetesObject = { ...item, apiVersion: kind.apiVersion, kind: kind.kind, metadata: item['metadata'] as KubernetesObject['metadata'] };
    this.#objects.set([kind.apiVersion, kind.kind, object.metadata.namespace ?? '', object.metadata.name ?? ''].join('/'), object);
    return object;
  }
}

function resourceOf({ plural, apiVersion }: Kind): string {
  return apiVersion.includes('/') ? `${plural}.${apiVersion.split('/')[0] ?? ''}` : plural;
}

function pathOf({ apiVersion, plural }: Kind, namespace: string | null): string {
  const root = apiVersion.includes('/') ? ['apis', ...apiVersion.split('/')] : ['api', apiVersion];
  return apiPath(...root, ...(namespace === null ? [] : ['namespaces', namespace]), plural);
}

/**
 * What decides one connection: the pod, whoever has the destination's address, the policies of both ends' namespaces, and those of
 * the whole cluster. Never a list of all pods: a cluster may have ten thousand.
 */
export async function readPolicyObjects(api: Api, scope: PolicyScope, signal: AbortSignal): Promise<ClusterResult<ReadPolicyObjects>> {
  const reading = new PolicyReading(api, signal);
  const [pod, policies, services, groups] = await Promise.all([
    reading.get(POD, scope.namespace, scope.pod),
    reading.list(POLICY, scope.namespace),
    readServices(reading, scope),
    readGroups(reading),
    reading.listOrNote(NAMESPACE, null),
    reading.listOrNote(SLICE, null, HAND_MADE),
  ]);
  if (!pod.ok) return pod;
  if (!policies.ok) return policies;
  const peers = await readPeers(reading, scope, services);
  const others = new Set(peers.map(({ metadata }) => metadata.namespace ?? '').filter((namespace) => namespace !== scope.namespace));
  const namespaces = [scope.namespace, ...others];
  const [clusterWide] = await Promise.all([
    readPluginPolicies(reading, groups, namespaces),
    ...[...others].map((namespace) => reading.listOrNote(POLICY, namespace)),
    ...alike([pod.value, ...peers]).map(([namespace, labelSelector]) => reading.listOrNote(POD, namespace, { labelSelector })),
  ]);
  if (clusterWide || isNodePort(services, scope.port)) await reading.listOrNote(NODE, null);
  return ok(reading.result());
}

/** Where Services may not be listed, the one that is named may still be read. */
async function readServices(reading: PolicyReading, scope: PolicyScope): Promise<readonly KubernetesObject[]> {
  const listed = await reading.listWhatMayBe(SERVICE, namespacesOf(scope));
  const { service } = scope;
  if (service === null || listed.some(({ metadata }) => metadata.name === service.name && metadata.namespace === service.namespace)) return listed;
  const named = await reading.get(SERVICE, service.namespace, service.name);
  return named.ok ? [...listed, named.value] : listed;
}

function namespacesOf({ namespace, service, peer }: PolicyScope): readonly string[] {
  return [...new Set([namespace, service?.namespace ?? namespace, peer?.namespace ?? namespace])];
}

/** Pods that have one of the addresses, that are behind the Service, or that were named. */
async function readPeers(reading: PolicyReading, scope: PolicyScope, services: readonly KubernetesObject[]): Promise<readonly KubernetesObject[]> {
  const meant = services.filter((service) => isMeant(service, scope));
  const selectors = meant.flatMap(({ metadata, spec }) => {
    const selector = Object.entries((spec as { readonly selector?: Record<string, string> }).selector ?? {});
    return selector.length === 0 ? [] : [[metadata.namespace ?? '', selector.map(([key, value]) => `${key}=${value}`).join(',')] as const];
  });
  const lists = await Promise.all([
    ...(meant.length > 0 ? [] : scope.addresses).map((address) => reading.listWhatMayBe(POD, namespacesOf(scope), { fieldSelector: `status.podIP=${address}` })),
    ...selectors.map(([namespace, labelSelector]) => reading.listOrNote(POD, namespace, { labelSelector })),
    ...(scope.peer === null ? [] : [reading.get(POD, scope.peer.namespace, scope.peer.name).then((pod) => (pod.ok ? [pod.value] : []))]),
  ]);
  return lists.flat();
}

function isMeant({ metadata, spec, status }: KubernetesObject, { addresses, service }: PolicyScope): boolean {
  if (service !== null && service.name === metadata.name && service.namespace === metadata.namespace) return true;
  // Its addresses stand in several fields; none of these words can be an address by chance.
  const text = JSON.stringify([spec, status]);
  return addresses.some((address) => text.includes(`"${address}"`));
}

/** Pods that a policy for these pods' lasting labels would select as well. */
function alike(pods: readonly KubernetesObject[]): readonly (readonly [namespace: string, labelSelector: string])[] {
  const selectors = pods.flatMap(({ metadata }) => {
    const labels = Object.entries(lastingLabels(metadata.labels ?? {}));
    return labels.length === 0 ? [] : [[metadata.namespace ?? '', labels.map(([key, value]) => `${key}=${value}`).join(',')] as const];
  });
  return [...new Map(selectors.map((selector) => [selector.join(' '), selector])).values()];
}

function isNodePort(services: readonly KubernetesObject[], port: number): boolean {
  return services.some(({ spec }) => ((spec as { readonly ports?: readonly { readonly nodePort?: number }[] }).ports ?? []).some(({ nodePort }) => nodePort === port));
}

import type { V1LabelSelector, V1Service } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import { ok, type ApiSubject } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

/** What selects pods by labels: `Service/orders`, `ReplicaSet/orders-98d985fb9`. */
export interface PodSelector {
  readonly name: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  /** True when it has expressions besides, so that it may select less than its labels say. */
  readonly hasExpressions: boolean;
}

/** Controllers that adopt a pod which their selector matches and nobody controls (ReplicaSet, Non-Template Pod acquisitions). */
const ADOPTING: readonly (readonly [kind: string, group: string, resource: string])[] = [
  ['ReplicaSet', 'apps', 'replicasets'],
  ['StatefulSet', 'apps', 'statefulsets'],
  ['DaemonSet', 'apps', 'daemonsets'],
  ['ReplicationController', '', 'replicationcontrollers'],
];

interface Selecting {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly selector?: Wire<V1LabelSelector> | Readonly<Record<string, string>> };
}

/** Fails when one of these kinds cannot be listed: then it is not known what a label would do. */
export async function readSelectors(api: Api, namespace: string, signal: AbortSignal): Promise<ClusterResult<readonly PodSelector[]>> {
  const found: PodSelector[] = [];
  const services = await list<Wire<V1Service>>(api, namespace, '', 'services', signal);
  if (!services.ok) return services;
  for (const { metadata, spec } of services.value) {
    const matchLabels = spec?.selector ?? {};
    if (Object.keys(matchLabels).length > 0) found.push({ name: `Service/${metadata?.name ?? ''}`, matchLabels, hasExpressions: false });
  }
  for (const [kind, group, resource] of ADOPTING) {
    const items = await list<Selecting>(api, namespace, group, resource, signal);
    if (!items.ok) return items;
    for (const { metadata, spec } of items.value) found.push(selectorOf(`${kind}/${metadata?.name ?? ''}`, spec?.selector ?? {}));
  }
  return ok(found);
}

function selectorOf(name: string, selector: NonNullable<NonNullable<Selecting['spec']>['selector']>): PodSelector {
  if ('matchLabels' in selector || 'matchExpressions' in selector) {
    const { matchLabels, matchExpressions } = selector as Wire<V1LabelSelector>;
    return { name, matchLabels: matchLabels ?? {}, hasExpressions: (matchExpressions ?? []).length > 0 };
  }
  return { name, matchLabels: selector as Readonly<Record<string, string>>, hasExpressions: false };
}

async function list<Item>(api: Api, namespace: string, group: string, resource: string, signal: AbortSignal): Promise<ClusterResult<readonly Item[]>> {
  const root = group === '' ? ['api', 'v1'] : ['apis', group, 'v1'];
  const subject: ApiSubject = { verb: 'list', resource: group === '' ? resource : `${resource}.${group}`, namespace, name: null };
  const answer = await getJson<WireList<Item>>(api, { path: apiPath(...root, 'namespaces', namespace, resource), query: { resourceVersion: '0' }, subject, signal });
  return answer.ok ? ok(answer.value.items) : answer;
}

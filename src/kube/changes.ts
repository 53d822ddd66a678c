import type { V1Node, V1ObjectMeta, V1OwnerReference } from '@kubernetes/client-node';
import type { ChangesScope, ClusterFailure, ClusterResult } from '../domain/cluster.ts';
import type { Change, ChangesFact, ClusterEvent } from '../domain/facts.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { readEvents } from './events.ts';
import { ok } from './failure.ts';
import { getWirePod } from './pods.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

type Meta = Wire<V1ObjectMeta>;
interface MetaOnly {
  readonly metadata?: Meta;
}

/** Events are kept for an hour by default (kube-apiserver --event-ttl): what changed before has left no event either. */
const WINDOW_MS = 3_600_000;
const KEPT = 25;
const EVENTS_KEPT = 10;

/** Without their contents: a ConfigMap may hold a megabyte, and nobody asked what is in it. */
const AS_METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const AS_METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

interface Kind {
  readonly kind: string;
  readonly root: readonly string[];
  readonly plural: string;
}

const POLICIES: Kind = { kind: 'NetworkPolicy', root: ['apis', 'networking.k8s.io', 'v1'], plural: 'networkpolicies' };
const SERVICES: Kind = { kind: 'Service', root: ['api', 'v1'], plural: 'services' };
const CONFIG_MAPS: Kind = { kind: 'ConfigMap', root: ['api', 'v1'], plural: 'configmaps' };
const DEPLOYMENTS: Kind = { kind: 'Deployment', root: ['apis', 'apps', 'v1'], plural: 'deployments' };
const OWNERS: Readonly<Record<string, Kind>> = {
  ReplicaSet: { kind: 'ReplicaSet', root: ['apis', 'apps', 'v1'], plural: 'replicasets' },
  Deployment: DEPLOYMENTS,
  StatefulSet: { kind: 'StatefulSet', root: ['apis', 'apps', 'v1'], plural: 'statefulsets' },
  DaemonSet: { kind: 'DaemonSet', root: ['apis', 'apps', 'v1'], plural: 'daemonsets' },
};

type Part = ClusterResult<readonly Change[]>;

/**
 * What changed around a connection in the last hour, newest first: by the fields' managers, by conditions and by events. What was
 * deleted has left nothing but its events.
 */
export async function readChanges(api: Api, scope: ChangesScope, signal: AbortSignal): Promise<ClusterResult<ChangesFact>> {
  const { namespace, pod, otherNamespace, node } = scope;
  const clock = Date.now();
  const lists = [namespace, ...(otherNamespace === null ? [] : [otherNamespace])].flatMap((one) => [POLICIES, SERVICES].map((kind) => listed(api, kind, one, signal)));
  const parts = await Promise.all([
    ownersOf(api, scope, signal),
    ...lists,
    listed(api, CONFIG_MAPS, namespace, signal),
    named(api, CONFIG_MAPS, 'kube-system', 'coredns', signal),
    named(api, DEPLOYMENTS, 'kube-system', 'coredns', signal),
    ...(node === null ? [] : [nodeChanges(api, node, signal)]),
    eventChanges(api, namespace, pod, signal),
  ]);
  const recent = parts.flatMap((part) => (part.ok ? part.value : [])).filter(({ at }) => clock - Date.parse(at) <= WINDOW_MS);
  const sorted = recent.toSorted((a, b) => b.at.localeCompare(a.at));
  return ok({ kind: 'changes', windowMs: WINDOW_MS, changes: sorted.slice(0, KEPT), unreadable: [...new Set(parts.flatMap((part) => (part.ok ? [] : unreadable(part.failure))))] });
}

/** A thing that is not there has not changed. */
function unreadable(failure: ClusterFailure): readonly string[] {
  return failure.kind === 'not-found' ? [] : failure.kind === 'forbidden' ? [`${failure.verb} ${failure.resource}${failure.namespace === null ? '' : ` in ${failure.namespace}`}`] : [failure.detail];
}

async function listed(api: Api, { kind, root, plural }: Kind, namespace: string, signal: AbortSignal): Promise<Part> {
  const subject = { verb: 'list', resource: plural, namespace, name: null } as const;
  const answer = await getJson<WireList<MetaOnly>>(api, { path: apiPath(...root, 'namespaces', namespace, plural), query: { limit: '500' }, accept: AS_METADATA_LIST, subject, signal });
  return answer.ok ? ok(answer.value.items.flatMap(({ metadata }) => changesOf(kind, metadata))) : answer;
}

async function read(api: Api, { root, plural }: Kind, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<MetaOnly>> {
  const subject = { verb: 'get', resource: plural, namespace, name } as const;
  return getJson<MetaOnly>(api, { path: apiPath(...root, 'namespaces', namespace, plural, name), accept: AS_METADATA, subject, signal });
}

async function named(api: Api, kind: Kind, namespace: string, name: string, signal: AbortSignal): Promise<Part> {
  const answer = await read(api, kind, namespace, name, signal);
  return answer.ok ? ok(changesOf(kind.kind, answer.value.metadata)) : answer;
}

/** The pod and its controllers, up to the one that people edit. */
async function ownersOf(api: Api, { namespace, pod }: ChangesScope, signal: AbortSignal): Promise<Part> {
  const answer = await getWirePod(api, namespace, pod, signal);
  if (!answer.ok) return answer;
  const changes = [...changesOf('Pod', answer.value.metadata)];
  let owner = controllerOf(answer.value.metadata);
  while (owner !== undefined) {
    const kind = OWNERS[owner.kind];
    if (kind === undefined) break;
    const next = await read(api, kind, namespace, owner.name, signal);
    if (!next.ok) return changes.length > 0 ? ok(changes) : next;
    changes.push(...changesOf(kind.kind, next.value.metadata));
    owner = controllerOf(next.value.metadata);
  }
  return ok(changes);
}

function controllerOf(meta: Meta | undefined): Wire<V1OwnerReference> | undefined {
  return meta?.ownerReferences?.find(({ controller }) => controller === true);
}

/** Who wrote fields of it when, the last time for each; status is what happens, not what somebody changed. */
function changesOf(kind: string, meta: Meta | undefined): readonly Change[] {
  if (meta === undefined) return [];
  const object = `${kind} ${meta.namespace === undefined ? '' : `${meta.namespace}/`}${meta.name ?? ''}`;
  const createdAt = meta.creationTimestamp ?? null;
  const created: readonly Change[] = createdAt === null ? [] : [{ at: createdAt, object, what: 'created', by: null, detail: null }];
  const edits = (meta.managedFields ?? []).filter((entry) => entry.subresource !== 'status' && entry.time !== undefined && !OWN_MANAGERS.has(entry.manager ?? ''));
  const later = edits.filter(({ time }) => createdAt === null || Date.parse(time ?? '') - Date.parse(createdAt) > 1000);
  return [...created, ...later.map((entry): Change => ({ at: entry.time ?? '', object, what: 'changed', by: cleanLine(entry.manager ?? ''), detail: null }))];
}

/** Controllers that write into objects as part of their work. */
const OWN_MANAGERS: ReadonlySet<string> = new Set(['kube-controller-manager', 'kubelet', 'kube-scheduler']);

async function nodeChanges(api: Api, node: string, signal: AbortSignal): Promise<Part> {
  const subject = { verb: 'get', resource: 'nodes', namespace: null, name: node } as const;
  const answer = await getJson<Wire<V1Node>>(api, { path: apiPath('api', 'v1', 'nodes', node), subject, signal });
  if (!answer.ok) return answer;
  const { spec, status } = answer.value;
  const conditions = (status?.conditions ?? []).flatMap(({ type, status: value, reason, lastTransitionTime }): readonly Change[] =>
    lastTransitionTime === undefined ? [] : [{ at: lastTransitionTime, object: `Node ${node}`, what: 'condition', by: null, detail: `${type}=${value} (${cleanLine(reason ?? '')})` }]);
  const taints = (spec?.taints ?? []).flatMap(({ key, effect, timeAdded }): readonly Change[] =>
    timeAdded === undefined ? [] : [{ at: timeAdded, object: `Node ${node}`, what: 'changed', by: null, detail: `taint ${key}:${effect}` }]);
  return ok([...conditions, ...taints]);
}

/** Events that tell of a change or of trouble; the everyday ones (Pulled, Created, Started, Scheduled) say nothing new. */
async function eventChanges(api: Api, namespace: string, pod: string, signal: AbortSignal): Promise<Part> {
  const answer = await readEvents(api, namespace, '', signal);
  if (!answer.ok) return answer;
  return ok(answer.value.filter((event) => isTelling(event) && concerns(event, pod)).slice(-EVENTS_KEPT).flatMap(({ at, object, reason, message, count }): readonly Change[] =>
    at === null ? [] : [{ at, object: `${object.kind} ${object.namespace ?? namespace}/${object.name}`, what: 'event', by: null, detail: `${reason}: ${message}${count > 1 ? ` (×${String(count)})` : ''}` }]));
}

/** Other workloads' pods come and go, and that is no news here; replicas of this one do concern it. */
function concerns({ object }: ClusterEvent, pod: string): boolean {
  return object.kind !== 'Pod' || object.name === pod || familyOf(object.name) === familyOf(pod);
}

/** A pod's name without what its controller appends to each. */
function familyOf(pod: string): string {
  return pod.replace(/-[a-z0-9]+$/u, '');
}

function isTelling({ type, reason }: ClusterEvent): boolean {
  return type === 'Warning' || reason === 'ScalingReplicaSet' || reason === 'Killing' || reason === 'NodeNotReady';
}

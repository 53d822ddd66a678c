import type { V1Lease, V1Node } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { NodeStateFact } from '../domain/facts.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

type WireNode = Wire<V1Node>;

/** A node's conditions, and how long ago its kubelet was last heard of. What may not be read besides the node is null. */
export async function readNodeState(api: Api, node: string, signal: AbortSignal): Promise<ClusterResult<NodeStateFact>> {
  const subject = { verb: 'get', resource: 'nodes', namespace: null, name: node } as const;
  const [answer, leaseAgeMs, peers] = await Promise.all([
    getJson<WireNode>(api, { path: apiPath('api', 'v1', 'nodes', node), subject, signal }),
    readLeaseAge(api, node, signal),
    readPeers(api, node, signal),
  ]);
  if (!answer.ok) return answer;
  const conditions = answer.value.status?.conditions ?? [];
  const statusOf = (type: string): boolean | null => {
    const status = conditions.find((condition) => condition.type === type)?.status;
    return status === 'True' ? true : status === 'False' ? false : null;
  };
  // Ready=Unknown is what the control plane sets when the kubelet is silent: the node is not ready.
  const readyCondition = conditions.find(({ type }) => type === 'Ready');
  const ready = readyCondition?.status === 'Unknown' ? false : statusOf('Ready');
  const bad = conditions.filter(({ type, status }) => (type === 'Ready' ? status !== 'True' : type === 'NetworkUnavailable' && status === 'True'));
  const message = bad.map((condition) => cleanText(`${condition.reason ?? condition.type}: ${condition.message ?? ''}`)).join('; ');
  return ok({
    kind: 'node-state',
    node,
    ready,
    networkUnavailable: statusOf('NetworkUnavailable'),
    leaseAgeMs,
    message: message === '' ? null : message,
    pressures: conditions.filter(({ type, status }) => type.endsWith('Pressure') && status === 'True').map(({ type }) => type),
    taints: taintsOf(answer.value),
    peers,
  });
}

function taintsOf({ spec }: WireNode): readonly string[] {
  return (spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`);
}

/** A few nodes are enough to compare with. */
const PEERS_READ = '20';
const PEERS_KEPT = 3;

async function readPeers(api: Api, node: string, signal: AbortSignal): Promise<readonly string[]> {
  const subject = { verb: 'list', resource: 'nodes', namespace: null, name: null } as const;
  const answer = await getJson<WireList<WireNode>>(api, { path: '/api/v1/nodes', query: { limit: PEERS_READ }, subject, signal });
  const others = answer.ok ? answer.value.items.filter(({ metadata, status }) => metadata?.name !== node && isReady(status)) : [];
  return others.flatMap(({ status }) => status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? []).slice(0, PEERS_KEPT);
}

function isReady(status: WireNode['status']): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') === true;
}

/** By the API server's own clock, so that ours being wrong does not make a node look dead. */
async function readLeaseAge(api: Api, node: string, signal: AbortSignal): Promise<number | null> {
  const path = apiPath('apis', 'coordination.k8s.io', 'v1', 'namespaces', 'kube-node-lease', 'leases', node);
  const subject = { verb: 'get', resource: 'leases.coordination.k8s.io', namespace: 'kube-node-lease', name: node } as const;
  const answer = await api.get({ path, subject, signal });
  if (!answer.ok || answer.value.serverDateMs === null) return null;
  const lease = JSON.parse(answer.value.text) as Wire<V1Lease>;
  const renewedMs = Date.parse(lease.spec?.renewTime ?? '');
  return Number.isNaN(renewedMs) ? null : Math.max(0, answer.value.serverDateMs - renewedMs);
}

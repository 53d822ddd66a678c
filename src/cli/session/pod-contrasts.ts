import { LABEL, MANAGED_BY } from '../../access/owner.ts';
import type { ClusterResult, PodDetail, PodSummary } from '../../domain/cluster.ts';
import type { Vantage, VantageIdentity } from '../../domain/vantage.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { createPodExecVantage, podIdentity } from '../../vantage/pod-exec.ts';
import { thisMachine } from './places.ts';

/** Containers that are tried, one after the other, before a pod to compare with is taken as it is. */
const TRIED = 4;
/** An exec that has not begun by then would keep the run waiting. */
const TRY_MS = 2_000;

/**
 * Places to compare with, besides those that the user named: a replica on another node, or any pod there; a pod of the same node; the node
 * itself, where our own node pod is on it; and this machine. What may not be listed is left out: a contrast helps, and is never required.
 */
export async function podContrasts(connection: ClusterConnection, pod: PodDetail, signal: AbortSignal): Promise<readonly Vantage[]> {
  const { reader } = connection;
  const [far, near, node] = await Promise.all([
    farContrast(connection, pod, signal),
    reader.neighboursOf(pod, signal).then((neighbours) => usable(connection, containersOf(listed(neighbours), 'pod'), signal)),
    reader.nodePodsOf(pod, { [LABEL.managedBy]: MANAGED_BY }, signal).then((pods) => usable(connection, containersOf(listed(pods), 'node'), signal)),
  ]);
  return [...far, ...near, ...node, thisMachine('contrast')];
}

type Relation = 'sibling' | 'pod' | 'node';

interface Candidate {
  readonly pod: PodSummary;
  readonly relation: Relation;
  readonly container: string;
}

/** A replica is selected by the same policies; where none is on another node, any pod there shows whether that node differs. */
async function farContrast(connection: ClusterConnection, pod: PodDetail, signal: AbortSignal): Promise<readonly Vantage[]> {
  const siblings = listed(await connection.reader.siblingsOf(pod, signal));
  if (siblings.some(({ node }) => node !== null && node !== pod.node)) return usable(connection, containersOf(siblings, 'sibling'), signal);
  const [sibling, others] = await Promise.all([
    usable(connection, containersOf(siblings, 'sibling'), signal),
    connection.reader.podsElsewhere(pod, signal).then((pods) => usable(connection, containersOf(listed(pods), 'pod'), signal)),
  ]);
  return [...sibling, ...others];
}

function listed(pods: ClusterResult<readonly PodSummary[]>): readonly PodSummary[] {
  return pods.ok ? pods.value : [];
}

function containersOf(pods: readonly PodSummary[], relation: Relation): readonly Candidate[] {
  return pods.flatMap((pod) => pod.runningContainers.map((container) => ({ pod, relation, container }))).slice(0, TRIED);
}

/** The first that has a shell: an image of one binary can be asked nothing. Where none has, the first, so that the report can say so. */
async function usable({ exec, reader }: ClusterConnection, candidates: readonly Candidate[], signal: AbortSignal): Promise<readonly Vantage[]> {
  const vantages = candidates.map(({ pod: other, relation, container }) => {
    const plain = podIdentity(other, container, { id: `contrast:${other.namespace}/${other.name}`, relation: relation === 'sibling' ? relation : 'pod' }, reader.context);
    const identity: VantageIdentity = relation === 'node' ? { ...plain, kind: 'node', relation, pod: null } : plain;
    return createPodExecVantage(identity, exec, { namespace: other.namespace, pod: other.name, container });
  });
  for (const vantage of vantages) {
    const { exitCode } = await vantage.run({ argv: ['sh', '-c', ':'], timeoutMs: TRY_MS }, { signal });
    if (exitCode === 0) return [vantage];
  }
  return vantages.slice(0, 1);
}

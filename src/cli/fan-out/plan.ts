import type { ClusterPage, ClusterPodRow, ClusterReader, ClusterResult, PodSummary } from '../../domain/cluster.ts';
import type { FanOutPlace, FanOutScope } from '../../domain/fan-out.ts';

/** Which pods a question is put to. */
export interface Plan {
  readonly places: readonly FanOutPlace[];
  /** Nodes that run pods, but none that could be asked from. */
  readonly uncovered: readonly string[];
}

type Reads = Pick<ClusterReader, 'listPods'>;

/**
 * Every replica (`all`), or the first of each node (`per-node`), where pods of the same namespace stand in on nodes without a replica.
 * `candidates`: the workload's pods, best first. `container`: the one to ask from in each; null: each pod's own default.
 */
export async function planFanOut(reads: Reads, scope: FanOutScope, candidates: readonly PodSummary[], container: string | null, signal: AbortSignal): Promise<Plan> {
  const replicas = candidates.filter((pod) => !pod.isTerminating && pod.phase !== 'Succeeded' && pod.phase !== 'Failed');
  const places = replicas.map((pod) => placeOf(pod, container));
  if (scope === 'all') return { places, uncovered: [] };
  const [first] = replicas;
  const chosen = firstOfEachNode(places);
  const others = first === undefined ? [] : await otherPods(reads, first.namespace, signal);
  const isCovered = new Set(chosen.map(({ node }) => node));
  const standIns = firstOfEachNode(others.filter((row) => row.namespace === first?.namespace && isUsable(row) && !isCovered.has(row.node)).map(standIn));
  for (const { node } of standIns) isCovered.add(node);
  const uncovered = [...new Set(others.flatMap(({ node }) => node ?? []))].filter((node) => !isCovered.has(node)).toSorted();
  return { places: [...chosen, ...standIns], uncovered };
}

/** The container's name is chosen when the pod is entered, when nobody named it. */
function placeOf({ namespace, name, node, runningContainers }: PodSummary, container: string | null): FanOutPlace {
  return { namespace, pod: name, container: container ?? runningContainers[0] ?? '', node, isReplica: true };
}

function standIn({ namespace, name, node }: ClusterPodRow): FanOutPlace {
  return { namespace, pod: name, container: '', node, isReplica: false };
}

function isUsable({ status, node }: ClusterPodRow): boolean {
  return status === 'Running' && node !== null;
}

/** One that is not scheduled is on no node: it stays, for it is a finding. */
function firstOfEachNode(places: readonly FanOutPlace[]): readonly FanOutPlace[] {
  const seen = new Set<string>();
  return places.filter(({ node }) => {
    if (node === null) return true;
    const isNew = !seen.has(node);
    seen.add(node);
    return isNew;
  });
}

/** Of the whole cluster where that may be read, else of the namespace; what cannot be read adds nothing. */
async function otherPods(reads: Reads, namespace: string, signal: AbortSignal): Promise<readonly ClusterPodRow[]> {
  const everywhere = await rowsOf(reads.listPods(null, signal));
  if (everywhere.ok) return everywhere.value;
  const here = await rowsOf(reads.listPods(namespace, signal));
  return here.ok ? here.value : [];
}

async function rowsOf(pages: AsyncIterable<ClusterPage<ClusterPodRow>>): Promise<ClusterResult<readonly ClusterPodRow[]>> {
  const rows: ClusterPodRow[] = [];
  for await (const page of pages) {
    if (page.kind === 'failed') return { ok: false, failure: page.failure };
    rows.push(...page.rows);
  }
  return { ok: true, value: rows };
}

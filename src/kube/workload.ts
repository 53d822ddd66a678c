import type { V1LabelSelector } from '@kubernetes/client-node';
import type { ClusterResult, PickReason, PodSummary, WorkloadPick } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import { failed, ok, type ApiSubject } from './failure.ts';
import { getWirePod, isRunning, listWirePods, summaryOf } from './pods.ts';
import { apiPath, getJson, type Wire } from './wire.ts';

type WireSelector = Wire<V1LabelSelector>;

interface WorkloadKind {
  readonly kind: string;
  /** API path of the group and version. */
  readonly root: readonly string[];
  readonly plural: string;
  /** Names that kubectl takes for it. */
  readonly names: readonly string[];
}

const WORKLOADS: readonly WorkloadKind[] = [
  { kind: 'deployment', root: ['apis', 'apps', 'v1'], plural: 'deployments', names: ['deploy', 'deployment', 'deployments', 'deployments.apps', 'deployment.apps'] },
  { kind: 'statefulset', root: ['apis', 'apps', 'v1'], plural: 'statefulsets', names: ['sts', 'statefulset', 'statefulsets', 'statefulset.apps'] },
  { kind: 'daemonset', root: ['apis', 'apps', 'v1'], plural: 'daemonsets', names: ['ds', 'daemonset', 'daemonsets', 'daemonset.apps'] },
  { kind: 'replicaset', root: ['apis', 'apps', 'v1'], plural: 'replicasets', names: ['rs', 'replicaset', 'replicasets', 'replicaset.apps'] },
  { kind: 'job', root: ['apis', 'batch', 'v1'], plural: 'jobs', names: ['job', 'jobs', 'job.batch'] },
  { kind: 'replicationcontroller', root: ['api', 'v1'], plural: 'replicationcontrollers', names: ['rc', 'replicationcontroller', 'replicationcontrollers'] },
  { kind: 'service', root: ['api', 'v1'], plural: 'services', names: ['svc', 'service', 'services'] },
];
const POD_NAMES: readonly string[] = ['po', 'pod', 'pods'];

/** Finds the pod that a reference means, and says why this one of several. */
export async function resolveWorkload(api: Api, namespace: string, reference: string, signal: AbortSignal): Promise<ClusterResult<WorkloadPick>> {
  const slash = reference.indexOf('/');
  const [kindName, name] = slash < 0 ? ['pod', reference] : [reference.slice(0, slash).toLowerCase(), reference.slice(slash + 1)];
  if (POD_NAMES.includes(kindName)) return resolvePod(api, namespace, name, signal);
  const kind = WORKLOADS.find(({ names }) => names.includes(kindName));
  if (kind === undefined || name === '') {
    const known = ['pod', ...WORKLOADS.map(({ names }) => names[0])].join(', ');
    return failed({ kind: 'failed', status: null, detail: `${reference}: not a kind that has pods; known are ${known}` });
  }
  const selector = await readSelector(api, kind, namespace, name, signal);
  if (!selector.ok) return selector;
  const workload = `${kind.kind}/${name}`;
  if (selector.value === '') return failed({ kind: 'failed', status: null, detail: `${workload} has no selector, so it has no pods of its own` });
  const pods = await listWirePods(api, namespace, { labelSelector: selector.value }, signal);
  if (!pods.ok) return pods;
  return pickPod(pods.value.map(summaryOf), workload);
}

async function resolvePod(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<WorkloadPick>> {
  const answer = await getWirePod(api, namespace, name, signal);
  if (!answer.ok) return answer;
  const pod = summaryOf(answer.value);
  return ok({ pod, reason: 'named', workload: `pod/${name}`, candidates: [pod] });
}

async function readSelector(api: Api, kind: WorkloadKind, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<string>> {
  const group = kind.root[0] === 'apis' ? `.${kind.root[1] ?? ''}` : '';
  const subject: ApiSubject = { verb: 'get', resource: kind.plural + group, namespace, name };
  const path = apiPath(...kind.root, 'namespaces', namespace, kind.plural, name);
  const answer = await getJson<{ readonly spec?: { readonly selector?: unknown } }>(api, { path, subject, signal });
  if (!answer.ok) return answer;
  const selector = answer.value.spec?.selector;
  // Services and replication controllers have a plain map of labels; the others a LabelSelector.
  const isPlainMap = kind.kind === 'service' || kind.kind === 'replicationcontroller';
  return ok(selectorText(isPlainMap ? { matchLabels: selector as Record<string, string> } : (selector as WireSelector)));
}

/** A selector as the API's `labelSelector` query takes it. */
export function selectorText(selector: WireSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`;
      case 'NotIn':
        return `${key} notin (${values.join(',')})`;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return key;
    }
  });
  return [...labels, ...expressions].join(',');
}

/**
 * Ready pods before running ones before the rest, and the oldest of them: a pod that has been up for long is the one whose trouble
 * is worth a look, and the choice stays the same from one run to the next.
 */
export function pickPod(pods: readonly PodSummary[], workload: string): ClusterResult<WorkloadPick> {
  const rank = (pod: PodSummary): number => (isRunning(pod) ? (pod.ready ? 0 : 1) : pod.phase === 'Pending' ? 2 : 3);
  const candidates = pods.toSorted((a, b) =>
    rank(a) - rank(b) || (a.createdAt ?? '').localeCompare(b.createdAt ?? '') || a.name.localeCompare(b.name));
  const [pod] = candidates;
  if (pod === undefined) return failed({ kind: 'failed', status: null, detail: `${workload} has no pods` });
  const reason: PickReason = candidates.length === 1 ? 'only-pod' : rank(pod) === 0 ? 'oldest-ready' : 'none-ready';
  return ok({ pod, reason, workload, candidates });
}

import type { ClusterResult, PodSummary } from '../domain/cluster.ts';
import { lastingLabels } from '../domain/version-labels.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { isRunning, listWirePods, summaryOf } from './pods.ts';

/** Running pods with the target's labels, other nodes first: the same policies select them. A pod without labels has none. */
export async function siblingsOf(api: Api, pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>> {
  const labels = Object.entries(lastingLabels(pod.labels));
  if (labels.length === 0) return ok([]);
  const labelSelector = labels.map(([key, value]) => `${key}=${value}`).join(',');
  const answer = await listWirePods(api, pod.namespace, { labelSelector }, signal);
  if (!answer.ok) return answer;
  const siblings = answer.value.map(summaryOf).filter((other) => isSibling(pod, other));
  return ok(siblings.toSorted((a, b) => Number(a.node === pod.node) - Number(b.node === pod.node) || Number(b.ready) - Number(a.ready)));
}

function isSibling(pod: PodSummary, other: PodSummary): boolean {
  if (other.name === pod.name || !isRunning(other)) return false;
  return other.hostNetwork === pod.hostNetwork && other.owner?.kind === pod.owner?.kind;
}

/** Running pods of other kinds on the target's node, with a network of their own: the same node and CNI, other policies. */
export async function neighboursOf(api: Api, pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>> {
  if (pod.node === null) return ok([]);
  const query = { fieldSelector: `spec.nodeName=${pod.node},status.phase=Running` };
  const everywhere = await listWirePods(api, null, query, signal);
  // Without the right to list all namespaces, the target's own is still worth a look; anything else is what it is.
  const answer = !everywhere.ok && everywhere.failure.kind === 'forbidden' ? await listWirePods(api, pod.namespace, query, signal) : everywhere;
  if (!answer.ok) return answer;
  const others = answer.value.map(summaryOf).filter((other) => isComparable(other) && !isSameKind(pod, other));
  return ok(others.toSorted((a, b) => Number(b.namespace === pod.namespace) - Number(a.namespace === pod.namespace) || Number(b.ready) - Number(a.ready)));
}

/** Running pods in the network of the target's node that have all of these labels: there the node itself can be asked. */
export async function nodePodsOf(api: Api, pod: PodSummary, labels: PodSummary['labels'], signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>> {
  if (pod.node === null) return ok([]);
  const labelSelector = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
  const query = { labelSelector, fieldSelector: `spec.nodeName=${pod.node},status.phase=Running` };
  const everywhere = await listWirePods(api, null, query, signal);
  const answer = !everywhere.ok && everywhere.failure.kind === 'forbidden' ? await listWirePods(api, pod.namespace, query, signal) : everywhere;
  return answer.ok ? ok(answer.value.map(summaryOf).filter((other) => isRunning(other) && other.hostNetwork)) : answer;
}

/** More would only be read to choose one of them. */
const ELSEWHERE_READ = '100';

/** Running pods of other nodes, with a network of their own, for a pod that has no sibling there; its own namespace first. */
export async function podsElsewhere(api: Api, pod: PodSummary, signal: AbortSignal): Promise<ClusterResult<readonly PodSummary[]>> {
  if (pod.node === null) return ok([]);
  // A server's cache knows no limit: the list is read from where it ends.
  const query = { fieldSelector: `spec.nodeName!=${pod.node},status.phase=Running`, limit: ELSEWHERE_READ, resourceVersion: '' };
  const own = await listWirePods(api, pod.namespace, query, signal);
  if (!own.ok) return own;
  const here = own.value.map(summaryOf).filter(isComparable);
  if (here.length > 0) return ok(readyFirst(here));
  const everywhere = await listWirePods(api, null, query, signal);
  return everywhere.ok ? ok(readyFirst(everywhere.value.map(summaryOf).filter(isComparable))) : everywhere;
}

function isComparable(other: PodSummary): boolean {
  return isRunning(other) && !other.hostNetwork && other.node !== null;
}

function readyFirst(pods: readonly PodSummary[]): readonly PodSummary[] {
  return pods.toSorted((a, b) => Number(b.ready) - Number(a.ready));
}

function isSameKind(pod: PodSummary, other: PodSummary): boolean {
  if (other.namespace !== pod.namespace) return false;
  if (other.name === pod.name) return true;
  const labels = Object.entries(lastingLabels(pod.labels));
  return labels.length > 0 && labels.every(([key, value]) => other.labels[key] === value);
}

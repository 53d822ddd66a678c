import type { ClusterResult } from '../domain/cluster.ts';
import type { ClusterEvent, PodStateFact } from '../domain/facts.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { readEvents } from './events.ts';
import { failed, ok } from './failure.ts';
import { meshProxiesOf } from './mesh-proxies.ts';
import { containersOf, getWirePod, summaryOf, type WirePod } from './pods.ts';

/** Newest events of a pod that are kept. */
const EVENTS_KEPT = 8;

/** The pod and one of its containers. Events are asked for only while the container does not run: a running one has its sandbox. */
export async function readPodState(api: Api, namespace: string, name: string, container: string, signal: AbortSignal): Promise<ClusterResult<PodStateFact>> {
  const answer = await getWirePod(api, namespace, name, signal);
  if (!answer.ok) return answer;
  const pod = answer.value;
  const found = containersOf(pod).find((candidate) => candidate.name === container);
  if (found === undefined) {
    const names = containersOf(pod).map((candidate) => candidate.name).join(', ');
    return failed({ kind: 'not-found', resource: 'containers', name: container, namespace, detail: `pod ${name} has no container ${container}; it has ${names}` });
  }
  const uid = pod.metadata?.uid ?? '';
  const events = found.state === 'running' ? ok<readonly ClusterEvent[]>([]) : await readEvents(api, namespace, `involvedObject.uid=${uid}`, signal);
  // A right that is missing must not read as "there was no such event".
  const note = events.ok ? null : `its events could not be read: ${events.failure.detail}`;
  const why = found.state === 'running' ? found.message : (found.message ?? pod.status?.message ?? unschedulableMessage(pod) ?? unfinishedInit(pod));
  const message = [why, note].filter((text) => text !== null).join('; ');
  const { phase, ready, addresses, hostNetwork, node } = summaryOf(pod);
  return ok({
    kind: 'pod-state',
    namespace,
    pod: name,
    node,
    phase,
    ready,
    containerState: found.state,
    reason: found.reason ?? pod.status?.reason ?? unscheduledReason(pod),
    message: message === '' ? null : cleanText(message),
    restarts: found.restarts,
    lastTermination: lastTermination(pod, container),
    addresses,
    hostNetwork,
    dnsPolicy: pod.spec?.dnsPolicy ?? 'ClusterFirst',
    sandboxFailure: events.ok ? (events.value.findLast(({ reason }) => reason === 'FailedCreatePodSandBox')?.message ?? null) : null,
    events: events.ok ? events.value.slice(-EVENTS_KEPT) : [],
    meshProxies: meshProxiesOf(pod, container),
  });
}

function unscheduledReason(pod: WirePod): string | null {
  return pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.reason ?? null;
}

function unschedulableMessage(pod: WirePod): string | null {
  return pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message ?? null;
}

/** The containers wait until each init container has ended (sidecars, which restart, excepted). */
function unfinishedInit(pod: WirePod): string | null {
  const unfinished = containersOf(pod).find((one) => one.kind === 'init' && !(one.state === 'terminated' && one.exitCode === 0) && !one.ready);
  if (unfinished === undefined) return null;
  const { name, state, reason, message } = unfinished;
  return `init container ${name}: ${[reason ?? state, message].filter((text) => text !== null).join(': ')}`;
}

function lastTermination(pod: WirePod, container: string): PodStateFact['lastTermination'] {
  const status = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find(({ name }) => name === container);
  const terminated = status?.lastState?.terminated;
  if (terminated === undefined) return null;
  return { reason: terminated.reason ?? null, exitCode: terminated.exitCode, at: terminated.finishedAt ?? null };
}

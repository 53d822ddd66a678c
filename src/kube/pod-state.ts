import type { CoreV1Event } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { PodStateFact } from '../domain/facts.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { failed, ok } from './failure.ts';
import { containersOf, getWirePod, summaryOf, type WirePod } from './pods.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

type WireEvent = Wire<CoreV1Event>;

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
  const events = found.state === 'running' ? ok<readonly WireEvent[]>([]) : await readSandboxEvents(api, namespace, pod, signal);
  // A right that is missing must not read as "there was no such event".
  const note = events.ok ? null : `its events could not be read: ${events.failure.detail}`;
  const message = [found.message ?? pod.status?.message ?? unschedulableMessage(pod), note].filter((text) => text !== null).join('; ');
  const { phase, ready, addresses, hostNetwork } = summaryOf(pod);
  return ok({
    kind: 'pod-state',
    namespace,
    pod: name,
    phase,
    ready,
    containerState: found.state,
    reason: found.reason ?? pod.status?.reason ?? null,
    message: message === '' ? null : cleanText(message),
    restarts: found.restarts,
    addresses,
    hostNetwork,
    sandboxFailure: events.ok ? lastMessage(events.value) : null,
  });
}

function unschedulableMessage(pod: WirePod): string | null {
  return pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message ?? null;
}

async function readSandboxEvents(api: Api, namespace: string, pod: WirePod, signal: AbortSignal): Promise<ClusterResult<readonly WireEvent[]>> {
  const fieldSelector = `involvedObject.uid=${pod.metadata?.uid ?? ''},reason=FailedCreatePodSandBox`;
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'events');
  const subject = { verb: 'list', resource: 'events', namespace, name: null } as const;
  const answer = await getJson<WireList<WireEvent>>(api, { path, query: { fieldSelector }, subject, signal });
  return answer.ok ? ok(answer.value.items) : answer;
}

function lastMessage(events: readonly WireEvent[]): string | null {
  const timeOf = (event: WireEvent): string => event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? '';
  const last = events.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))).at(-1);
  return last === undefined ? null : cleanText(last.message ?? 'FailedCreatePodSandBox');
}

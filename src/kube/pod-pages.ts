import type { ClusterResult } from '../domain/cluster.ts';
import type { DescribedContainer, PodDescription } from '../domain/pod-pages.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { readEvents } from './events.ts';
import { ok } from './failure.ts';
import { containersOf, getWirePod, summaryOf, type WirePod } from './pods.ts';

/** Newest events that are told. */
const EVENTS_TOLD = 20;

export async function describePod(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<PodDescription>> {
  const answer = await getWirePod(api, namespace, name, signal);
  if (!answer.ok) return answer;
  const pod = answer.value;
  const events = await readEvents(api, namespace, `involvedObject.uid=${pod.metadata?.uid ?? ''}`, signal);
  const { labels, owner, phase, node, addresses, hostNetwork, createdAt } = summaryOf(pod);
  return ok({
    ...{ labels, phase, node, addresses, hostNetwork, createdAt },
    owner: owner === null ? null : `${owner.kind}/${owner.name}`,
    dnsPolicy: pod.spec?.dnsPolicy ?? 'ClusterFirst',
    serviceAccount: pod.spec?.serviceAccountName ?? null,
    unmet: unmetConditions(pod),
    containers: describedContainers(pod),
    events: events.ok ? events.value.slice(-EVENTS_TOLD) : null,
    eventsFailure: events.ok ? null : events.failure.detail,
  });
}

function unmetConditions(pod: WirePod): readonly string[] {
  const unmet = (pod.status?.conditions ?? []).filter(({ status }) => status !== 'True');
  return unmet.map(({ type, status, reason, message }) => cleanLine([`${type} ${status}`, reason, message].filter((part) => part !== undefined && part !== '').join(' ')));
}

function describedContainers(pod: WirePod): readonly DescribedContainer[] {
  const { spec, status } = pod;
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  const specs = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containersOf(pod).map(({ name, kind, image, state, reason, message, restarts }) => {
    const ended = statuses.find((one) => one.name === name)?.lastState?.terminated;
    const ports = specs.find((one) => one.name === name)?.ports ?? [];
    return {
      ...{ name, kind, image, message, restarts },
      state: reason === null ? state : `${state}: ${reason}`,
      lastEnd: ended === undefined ? null : cleanLine([ended.reason, ended.exitCode, ended.finishedAt].filter((part) => part !== undefined).join(' ')),
      ports: ports.map((port) => [`${port.containerPort.toString()}/${port.protocol ?? 'TCP'}`, port.name].filter((part) => part !== undefined).join(' ')),
    };
  });
}

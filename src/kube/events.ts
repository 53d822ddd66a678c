import type { CoreV1Event } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { ClusterEvent } from '../domain/facts.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

export type WireEvent = Wire<CoreV1Event>;

/** Events of a namespace that match a field selector, in the order they last happened. */
export async function readEvents(api: Api, namespace: string, fieldSelector: string, signal: AbortSignal): Promise<ClusterResult<readonly ClusterEvent[]>> {
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'events');
  const subject = { verb: 'list', resource: 'events', namespace, name: null } as const;
  const answer = await getJson<WireList<WireEvent>>(api, { path, query: fieldSelector === '' ? {} : { fieldSelector }, subject, signal });
  if (!answer.ok) return answer;
  return ok(answer.value.items.map(eventOf).toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')));
}

function eventOf(event: WireEvent): ClusterEvent {
  const { kind = '', namespace, name = '' } = event.involvedObject;
  return {
    at: event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? null,
    type: event.type ?? 'Normal',
    reason: cleanLine(event.reason ?? ''),
    message: cleanLine(event.message ?? ''),
    object: { kind, namespace: namespace ?? null, name },
    count: event.series?.count ?? event.count ?? 1,
  };
}

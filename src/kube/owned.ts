import type { ClusterFailure } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import type { ApiSubject } from './failure.ts';
import { ephemeralOf, type EphemeralState } from './pod-access.ts';
import type { WirePod } from './pods.ts';
import { apiPath, getJson } from './wire.ts';

const PAGE_SIZE = 500;

/** A pod in as far as it may be, or hold, something that this program made. */
export interface PodWithTraces {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly node: string | null;
  readonly hostNetwork: boolean;
  readonly image: string;
  readonly phase: string;
  readonly isTerminating: boolean;
  /** RFC 3339; '' when the server gives none. */
  readonly createdAt: string;
  readonly ephemeral: readonly EphemeralState[];
}

interface WirePage {
  readonly metadata?: { readonly continue?: string };
  readonly items: readonly WirePod[];
}

/**
 * Pods page by page, all namespaces when `namespace` is null; with a label selector only those. Ephemeral containers have no labels,
 * so that every pod has to be looked at for them.
 */
export async function* podsWithTraces(api: Api, namespace: string | null, labelSelector: string | null, signal: AbortSignal): AsyncGenerator<readonly PodWithTraces[] | ClusterFailure> {
  const path = namespace === null ? apiPath('api', 'v1', 'pods') : apiPath('api', 'v1', 'namespaces', namespace, 'pods');
  const subject: ApiSubject = { verb: 'list', resource: 'pods', namespace, name: null };
  let next: string | null = '';
  while (next !== null) {
    const query = { limit: String(PAGE_SIZE), ...(labelSelector === null ? {} : { labelSelector }), ...(next === '' ? {} : { continue: next }) };
    const answer: Awaited<ReturnType<typeof getJson<WirePage>>> = await getJson<WirePage>(api, { path, query, subject, signal });
    if (!answer.ok) {
      yield answer.failure;
      return;
    }
    yield answer.value.items.map(tracesOf);
    const token: string = answer.value.metadata?.continue ?? '';
    next = token === '' ? null : token;
  }
}

export function tracesOf(pod: WirePod): PodWithTraces {
  const { metadata, spec, status } = pod;
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    labels: metadata?.labels ?? {},
    annotations: metadata?.annotations ?? {},
    node: spec?.nodeName ?? null,
    hostNetwork: spec?.hostNetwork ?? false,
    image: spec?.containers[0]?.image ?? '',
    phase: status?.phase ?? 'Unknown',
    isTerminating: metadata?.deletionTimestamp !== undefined,
    createdAt: metadata?.creationTimestamp ?? '',
    ephemeral: ephemeralOf(pod),
  };
}

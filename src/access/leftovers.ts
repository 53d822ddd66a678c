import { leftoverName, type Leftover, type Thoroughness } from '../domain/leftover.ts';
import type { ClusterFailure } from '../domain/cluster.ts';
import type { ClusterAccess } from '../kube/access.ts';
import type { EphemeralState } from '../kube/pod-access.ts';
import type { PodWithTraces } from '../kube/owned.ts';
import { isOurs, LABEL, MANAGED_BY, VARIABLE } from './owner.ts';
import { ENDS_AT_ANNOTATION } from './toolkit-manifest.ts';

export interface Found {
  readonly leftovers: readonly Leftover[];
  /** Lists that could not be read: what is there is not known. */
  readonly unread: readonly ClusterFailure[];
}

export interface Search {
  /** null: all that may be listed. */
  readonly namespace: string | null;
  /** Looked at when all namespaces may not be listed. */
  readonly fallbackNamespace: string;
  /** null: everybody's. */
  readonly owner: string | null;
  readonly thorough: Thoroughness;
}

/** A cluster of more pods than these pages hold is not read through for a glance. */
const GLANCE_PAGES = 2;

/** Pods of ours, and ephemeral containers that run or wait; one that has ended is an entry in its pod that nobody can remove. */
export async function findLeftovers(access: ClusterAccess, search: Search, signal: AbortSignal): Promise<Found> {
  if (search.thorough === 'glance') return glance(access, search, signal);
  const label = search.thorough === 'pods' ? `${LABEL.managedBy}=${MANAGED_BY}` : null;
  const first = await read(access, search, search.namespace, label, signal);
  const isForbidden = first.unread.some(({ kind }) => kind === 'forbidden');
  if (search.namespace !== null || !isForbidden) return first;
  const near = await read(access, search, search.fallbackNamespace, label, signal);
  return { leftovers: near.leftovers, unread: [...first.unread, ...near.unread] };
}

/** Pods of ours wherever they are, and ephemeral containers in the first pods: a large cluster's are looked for in one namespace alone. */
async function glance(access: ClusterAccess, search: Search, signal: AbortSignal): Promise<Found> {
  const { namespace, fallbackNamespace } = search;
  const [labelled, first] = await Promise.all([findLeftovers(access, { ...search, thorough: 'pods' }, signal), read(access, search, namespace, null, signal, GLANCE_PAGES)]);
  const isAllRead = first.unread.length === 0 && !first.isCut;
  const near = isAllRead || namespace === fallbackNamespace ? first : await read(access, search, fallbackNamespace, null, signal, GLANCE_PAGES);
  const all = [...labelled.leftovers, ...first.leftovers, ...near.leftovers];
  return { leftovers: [...new Map(all.map((one) => [leftoverName(one), one])).values()], unread: labelled.unread };
}

async function read(access: ClusterAccess, { owner }: Search, namespace: string | null, label: string | null, signal: AbortSignal, mostPages = Number.POSITIVE_INFINITY): Promise<Found & { readonly isCut: boolean }> {
  const leftovers: Leftover[] = [];
  const unread: ClusterFailure[] = [];
  let pages = 0;
  for await (const page of access.pods(namespace, label, signal)) {
    if ('kind' in page) unread.push(page);
    else leftovers.push(...page.flatMap((pod) => leftoversOf(pod, Date.now())).filter((one) => owner === null || one.owner === owner));
    pages += 1;
    if (pages === mostPages) return { leftovers, unread, isCut: true };
  }
  return { leftovers, unread, isCut: false };
}

/** A keeper that is started after its time ends at once: a container that still waits then leaves nothing. */
function canStillRun({ state, environment }: EphemeralState, nowMs: number): boolean {
  if (state === 'terminated') return false;
  return state === 'running' || !(Date.parse(environment[VARIABLE.endsAt] ?? '') < nowMs);
}

export function leftoversOf(pod: PodWithTraces, nowMs: number): readonly Leftover[] {
  const own = pod.labels[LABEL.managedBy] === MANAGED_BY && pod.labels[LABEL.session] !== undefined ? [podLeftover(pod)] : [];
  return [...own, ...pod.ephemeral.filter((one) => isOurs(one) && canStillRun(one, nowMs)).map((one) => ephemeralLeftover(pod, one))];
}

function podLeftover({ namespace, name, uid, image, labels, annotations, phase }: PodWithTraces): Leftover {
  const state = phase === 'Running' ? 'running' : phase === 'Pending' ? 'waiting' : 'ended';
  const owner = labels[LABEL.owner] ?? '';
  return { kind: 'pod', namespace, pod: name, uid, container: null, image, owner, session: labels[LABEL.session] ?? '', endsAt: annotations[ENDS_AT_ANNOTATION] ?? '', state, mark: '' };
}

function ephemeralLeftover({ namespace, name, uid }: PodWithTraces, { name: container, image, environment, state }: EphemeralState): Leftover {
  return {
    kind: 'ephemeral-container', namespace, pod: name, uid, container, image,
    owner: environment[VARIABLE.owner] ?? '', session: environment[VARIABLE.session] ?? '', endsAt: environment[VARIABLE.endsAt] ?? '',
    state: state === 'running' ? 'running' : 'waiting', mark: environment[VARIABLE.mark] ?? '',
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterAccess, PodName } from '../kube/access.ts';
import type { LeftoverEnd } from '../domain/leftover.ts';

const POLL_MS = 300;
const CONFIRM_MS = 30_000;
const GRACE_SECONDS = 1;

/** Deletes that very pod and waits until the API server has it no more. Deleting what is being deleted, or gone, is no failure. */
export async function removePod(access: ClusterAccess, pod: PodName & { readonly uid: string }, signal: AbortSignal): Promise<LeftoverEnd> {
  const asked = await access.deletePod(pod, GRACE_SECONDS, signal);
  if (!asked.ok) return { kind: 'remains', reason: 'refused', detail: asked.failure.detail };
  const until = performance.now() + CONFIRM_MS;
  let last = 'it is being deleted';
  while (!signal.aborted && performance.now() < until) {
    const read = await access.pod(pod, signal);
    if (read.ok && read.value.uid !== pod.uid) return { kind: 'gone' };
    if (!read.ok && read.failure.kind === 'not-found') return { kind: 'gone' };
    last = read.ok ? 'it is being deleted' : read.failure.detail;
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return { kind: 'remains', reason: 'not-confirmed', detail: last };
}

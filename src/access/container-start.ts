import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterAccess, PodName, PodWarning } from '../kube/access.ts';
import type { EphemeralState, PodAccess } from '../kube/pod-access.ts';

const POLL_MS = 300;
/** Pulling a toolkit image of 200 MB over a slow line. */
export const START_LIMIT_MS = 90_000;

/** How a container of ours came to start, or not. `detail` is in the kubelet's words. */
export type Start = { readonly kind: 'running' } | { readonly kind: 'failed'; readonly detail: string };

/** What a kubelet waits for without end, as it says in a container's waiting reason: it will not start by itself in useful time. */
const HOPELESS: ReadonlySet<string> = new Set([
  ...['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName', 'ImageInspectError', 'RegistryUnavailable'],
  ...['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'CrashLoopBackOff'],
]);

export interface Watched {
  readonly access: ClusterAccess;
  readonly pod: PodName;
  readonly signal: AbortSignal;
  /** Finds the container in what was read; null while the server does not show it. */
  readonly find: (pod: PodAccess) => Pick<EphemeralState, 'state' | 'reason' | 'message' | 'exitCode'> | null;
  /** How events name it: `spec.ephemeralContainers{netdiag-x7k2p}`. */
  readonly fieldPath: string;
}

/** Waits until the container runs, or until it is clear that it will not. Never rejects. */
export async function waitForStart(watched: Watched, limitMs: number = START_LIMIT_MS): Promise<Start> {
  const { access, pod, signal, find } = watched;
  const until = performance.now() + limitMs;
  let last = 'no answer';
  while (!signal.aborted && performance.now() < until) {
    const read = await access.podAccess(pod.namespace, pod.name, signal);
    if (!read.ok && read.failure.kind !== 'unreachable') return { kind: 'failed', detail: read.failure.detail };
    const found = read.ok ? find(read.value) : null;
    if (found !== null) {
      if (found.state === 'running') return { kind: 'running' };
      last = [found.reason ?? found.state, found.message].filter((part) => part !== null && part !== '').join(': ');
      const isOver = found.state === 'terminated' || HOPELESS.has(found.reason ?? '');
      if (isOver) return { kind: 'failed', detail: (await eventText(watched)) ?? last };
    }
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return { kind: 'failed', detail: signal.aborted ? 'cancelled' : last };
}

/** The event says what the status only hints at: why the registry did not give the image. */
async function eventText({ access, pod, signal, fieldPath }: Watched): Promise<string | null> {
  const read = await access.warnings(pod, signal);
  if (!read.ok) return null;
  const ours = read.value.filter((event) => event.fieldPath === fieldPath);
  // The second of these events repeats "Error: ErrImagePull", which says nothing.
  return (ours.find(saysWhy) ?? ours[0])?.message ?? null;
}

function saysWhy({ message }: PodWarning): boolean {
  return !/^(?:Error: \w+|Back-off .*)$/u.test(message);
}

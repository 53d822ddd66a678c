import type { ClusterAccess } from '../kube/access.ts';
import type { PodExec } from '../kube/exec-socket.ts';
import { endEphemeral } from './end-ephemeral.ts';
import { leftoverName, type CleanedUp, type Leftover, type LeftoverEnd } from '../domain/leftover.ts';
import { removePod } from './remove-pod.ts';

/** More than this many at once is unkind to an API server. */
const AT_ONCE = 6;

/**
 * Ends each and gives each as the API server confirmed it, or why it remains. The same thing is never tried twice at once; somebody
 * else doing the same at the same time is no failure.
 */
export async function* cleanUp(
  cluster: { readonly exec: PodExec; readonly access: ClusterAccess },
  leftovers: readonly Leftover[],
  signal: AbortSignal,
): AsyncGenerator<CleanedUp> {
  const waiting = [...new Map(leftovers.map((one) => [leftoverName(one), one])).values()];
  const running = new Map<string, Promise<CleanedUp>>();
  const start = (): void => {
    for (let next = waiting.shift(); next !== undefined; next = running.size < AT_ONCE ? waiting.shift() : undefined) {
      const leftover = next;
      running.set(leftoverName(leftover), endOne(cluster, leftover, signal).then((end) => ({ leftover, end })));
    }
  };
  start();
  while (running.size > 0) {
    const cleaned = await Promise.race(running.values());
    running.delete(leftoverName(cleaned.leftover));
    yield cleaned;
    start();
  }
}

function endOne({ exec, access }: Parameters<typeof cleanUp>[0], leftover: Leftover, signal: AbortSignal): Promise<LeftoverEnd> {
  const { namespace, pod, uid, container, mark, state } = leftover;
  if (container === null) return removePod(access, { namespace, name: pod, uid }, signal);
  // What never started has no process that could be ended.
  if (state === 'waiting') return Promise.resolve({ kind: 'remains', reason: 'never-started', detail: '' });
  return endEphemeral({ exec, access }, { namespace, pod, container }, mark, signal);
}

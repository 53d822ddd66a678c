import { setTimeout as delay } from 'node:timers/promises';
import type { LeftoverEnd } from '../domain/leftover.ts';
import type { ClusterAccess } from '../kube/access.ts';
import type { ContainerAddress, PodExec } from '../kube/exec-socket.ts';
import { endKeeperArgv } from './keeper.ts';

const POLL_MS = 200;
const EXEC_MS = 4_000;
/** How long a kubelet takes to notice an ended process, and more. */
const CONFIRM_MS = 8_000;

/**
 * Ends an ephemeral container by ending its keeper, and waits for the API server's confirmation. Its entry in the pod cannot be
 * removed by anybody (Kubernetes, Ephemeral Containers).
 */
export async function endEphemeral(
  { exec, access }: { readonly exec: PodExec; readonly access: ClusterAccess },
  address: ContainerAddress,
  mark: string,
  signal: AbortSignal,
): Promise<LeftoverEnd> {
  let last = await sendEnd(exec, address, mark, signal);
  let wasTold = last === null;
  const until = performance.now() + CONFIRM_MS;
  while (!signal.aborted && performance.now() < until) {
    const read = await access.podAccess(address.namespace, address.pod, signal);
    if (!read.ok && read.failure.kind === 'not-found') return { kind: 'gone' };
    if (read.ok) {
      const found = read.value.ephemeral.find(({ name }) => name === address.container);
      if (found === undefined || found.state === 'terminated') return { kind: 'gone' };
      // It was just starting, or the way there was broken for a moment.
      if (!wasTold && found.state === 'running') {
        last = await sendEnd(exec, address, mark, signal);
        wasTold = last === null;
      }
      last ??= found.reason ?? found.state;
    } else {
      last = read.failure.detail;
    }
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  return { kind: 'remains', reason: 'not-confirmed', detail: last ?? 'no answer' };
}

/** null when the keeper was told; otherwise why not. That its own exec is ended with the container is to be expected. */
async function sendEnd(exec: PodExec, address: ContainerAddress, mark: string, signal: AbortSignal): Promise<string | null> {
  const session = exec.start(address, endKeeperArgv(mark), 'none', { stdout: () => undefined, stderr: () => undefined });
  const stop = (): void => { session.disconnect(); };
  signal.addEventListener('abort', stop, { once: true });
  const ending = await Promise.race([session.ended, delay(EXEC_MS, null, { ref: false })]);
  signal.removeEventListener('abort', stop);
  if (ending === null) {
    session.disconnect();
    return 'no answer to the exec';
  }
  switch (ending.kind) {
    case 'exited':
      return ending.exitCode === 1 ? 'no process of ours is left there' : null;
    case 'error':
    case 'lost':
      return ending.detail;
    case 'refused':
      return ending.failure.detail;
  }
}

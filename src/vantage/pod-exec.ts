import type { ClusterFailure, PodSummary } from '../domain/cluster.ts';
import type { Vantage, VantageIdentity } from '../domain/vantage.ts';
import type { ContainerAddress, ExecEnding, PodExec } from '../kube/exec-socket.ts';
import { readNotStarted } from './not-started.ts';
import type { Ending, Transport } from './transport.ts';
import { createVantage } from './vantage.ts';

/** A running container, by exec over the API. */
export function createPodExecVantage(identity: VantageIdentity, exec: PodExec, address: ContainerAddress): Vantage {
  return createVantage(identity, createPodExecTransport(exec, address));
}

export function createPodExecTransport(exec: PodExec, address: ContainerAddress): Transport {
  return {
    isRemote: true,
    start(argv, input, sinks) {
      const session = exec.start(address, argv, input, sinks);
      return {
        write: session.write,
        endInput: session.endInput,
        ended: session.ended.then((ending) => endingOf(ending, argv[0] ?? '')),
        terminate: session.disconnect,
      };
    },
    close: () => Promise.resolve(),
  };
}

function endingOf(ending: ExecEnding, program: string): Ending {
  switch (ending.kind) {
    case 'exited':
      return { exitCode: ending.exitCode, failure: null, detail: null };
    case 'error':
      // The container runtime's words: a program that is not there, or a container that has just ended.
      return readNotStarted(program, ending.detail) ?? { exitCode: null, failure: 'vantage-lost', detail: ending.detail };
    case 'lost':
      return { exitCode: null, failure: 'vantage-lost', detail: ending.detail };
    case 'refused':
      return readNotStarted(program, ending.failure.detail) ?? refusal(ending.failure);
  }
}

function refusal(failure: ClusterFailure): Ending {
  const kind = failure.kind === 'forbidden' || failure.kind === 'unauthorized' ? 'not-permitted' : 'vantage-lost';
  return { exitCode: null, failure: kind, detail: failure.detail };
}

/** What a person types before a command to run it in that container; the context only when it is not the current one. */
export function kubectlExecPrefix({ namespace, pod, container }: ContainerAddress, context: string | null): readonly string[] {
  return ['kubectl', ...(context === null ? [] : ['--context', context]), 'exec', '-n', namespace, pod, '-c', container, '--'];
}

/** The identity of a container of a pod, as target or as a contrast to `target`. */
export function podIdentity(
  pod: Pick<PodSummary, 'namespace' | 'name' | 'node'>,
  container: string,
  role: { readonly id: string; readonly relation: 'self' | 'sibling' | 'pod' },
  context: string | null,
): VantageIdentity {
  const { namespace, name, node } = pod;
  return {
    id: role.id,
    role: role.relation === 'self' ? 'target' : 'contrast',
    kind: 'container',
    name: `${namespace}/${name}/${container}`,
    node,
    pod: { namespace, name },
    relation: role.relation,
    prefix: kubectlExecPrefix({ namespace, pod: name, container }, context),
  };
}

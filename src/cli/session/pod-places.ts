import type { ClusterFailure, ContainerDetail, PodDetail, PodSummary } from '../../domain/cluster.ts';
import type { Target } from '../../domain/target.ts';
import type { Vantage } from '../../domain/vantage.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { createPodExecVantage, podIdentity } from '../../vantage/pod-exec.ts';
import { closest } from '../closest.ts';
import { done, failed, type Outcome } from '../problem.ts';
import type { Start } from '../run-request.ts';
import { clusterAnswers } from './cluster-answers.ts';
import { closeAll, thisMachine, type Places } from './places.ts';

type ClusterStart = Extract<Start, { kind: 'cluster' }>;
export type PodTarget = Extract<Target, { kind: 'pod' }>;

/** Finds the pod and container that the user named; every way this can fail is a problem of its own. */
export async function findTarget(
  { reader }: ClusterConnection,
  start: ClusterStart,
  namespace: string,
  signal: AbortSignal,
): Promise<Outcome<{ readonly target: PodTarget; readonly pod: PodDetail }>> {
  const { kind, name } = start.workload;
  const pick = await reader.resolveWorkload(namespace, `${kind}/${name}`, signal);
  if (!pick.ok) return clusterProblem(pick.failure, `${kind}/${name}`, namespace);
  const detail = await reader.getPod(namespace, pick.value.pod.name, signal);
  if (!detail.ok) return clusterProblem(detail.failure, `pod/${pick.value.pod.name}`, namespace);
  const pod = detail.value;
  const container = chooseContainer(pod, start.container);
  if (!container.ok) return container;
  const pickedFrom = kind === 'pod' ? null : `${kind}/${name}`;
  return done({
    target: { kind: 'pod', context: reader.context, namespace, pod: pod.name, container: container.value.name, node: pod.node, pickedFrom },
    pod,
  });
}

function chooseContainer(pod: PodDetail, wanted: string | null): Outcome<ContainerDetail> {
  const name = wanted ?? pod.defaultContainer;
  const found = pod.containers.find((container) => container.name === name);
  if (found === undefined) {
    const names = pod.containers.map((container) => container.name);
    return failed('container-not-found', `${name} (${names.join(', ')})`, closest(name, names));
  }
  if (found.state === 'running') return done(found);
  const state = [found.reason ?? found.state, found.message].filter((part) => part !== null).join(': ');
  return failed('container-not-running', `${pod.namespace}/${pod.name} ${found.name}: ${state}`);
}

/** `afterwards`: whether closing the places closes the connection to the API too; the console goes on using it. */
export function podPlaces(
  connection: ClusterConnection,
  target: PodTarget,
  others: readonly Vantage[],
  afterwards: 'close-all' | 'keep-open' = 'close-all',
): Places {
  const { reader, exec } = connection;
  const address = { namespace: target.namespace, pod: target.pod, container: target.container };
  const identity = podIdentity(
    { namespace: target.namespace, name: target.pod, node: target.node },
    target.container,
    { id: 'target', relation: 'self' },
    reader.context,
  );
  const vantage = createPodExecVantage(identity, exec, address);
  return {
    target,
    vantage,
    contrasts: others,
    askCluster: clusterAnswers(reader, target),
    close: async () => {
      await closeAll([vantage, ...others]);
      if (afterwards === 'close-all') await reader.close();
    },
  };
}

/**
 * Places to compare with, besides those that the user named: a replica on another node, a pod of the same node, and this machine.
 * What may not be listed is left out: a contrast helps, and is never required.
 */
export async function podContrasts(connection: ClusterConnection, pod: PodDetail, signal: AbortSignal): Promise<readonly Vantage[]> {
  const { reader, exec } = connection;
  const [siblings, neighbours] = await Promise.all([reader.siblingsOf(pod, signal), reader.neighboursOf(pod, signal)]);
  const chosen = [
    ...firstOf(siblings.ok ? siblings.value : [], 'sibling' as const),
    ...firstOf(neighbours.ok ? neighbours.value : [], 'pod' as const),
  ];
  const vantages = chosen.map(({ pod: other, relation, container }) => {
    const identity = podIdentity(other, container, { id: `contrast:${other.namespace}/${other.name}`, relation }, reader.context);
    return createPodExecVantage(identity, exec, { namespace: other.namespace, pod: other.name, container });
  });
  return [...vantages, thisMachine('contrast')];
}

function firstOf<R>(pods: readonly PodSummary[], relation: R): { pod: PodSummary; relation: R; container: string }[] {
  for (const pod of pods) {
    const container = pod.runningContainers[0];
    if (container !== undefined) return [{ pod, relation, container }];
  }
  return [];
}

/** A failure of the API as the problem that a user can act on. */
export function clusterProblem(failure: ClusterFailure, what: string, namespace: string): Outcome<never> {
  switch (failure.kind) {
    case 'forbidden':
      return failed('forbidden', failure.detail);
    case 'not-found':
      return failed('target-not-found', `${what} (namespace ${namespace})`);
    case 'unreachable':
      return failed('api-unreachable', failure.detail);
    case 'unauthorized':
      return failed('unauthorized', failure.detail);
    case 'no-context':
      return failed('unknown-context', failure.detail);
    case 'bad-kubeconfig':
      return failed('no-kubeconfig', failure.detail);
    case 'cancelled':
    case 'failed':
      return failed('no-pods', failure.detail.startsWith(what) ? failure.detail : `${what}: ${failure.detail}`);
  }
}


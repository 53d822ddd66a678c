import type { DependencyList } from '../../domain/dependency-list.ts';
import { openCluster } from '../../kube/client.ts';
import { done, type Outcome } from '../problem.ts';
import type { ClusterOptions, SessionOptions, Start } from '../run-request.ts';
import { clusterProblem, findTarget } from '../session/pod-places.ts';
import { gatherDependencies } from './gather.ts';

export interface PodStart {
  readonly start: Extract<Start, { kind: 'cluster' }>;
  readonly cluster: ClusterOptions;
}

/** Finds the pod, whether it runs or not, and what it names. */
export async function listDependencies({ start, cluster }: PodStart, env: SessionOptions['env'], signal: AbortSignal): Promise<Outcome<DependencyList>> {
  const opened = await openCluster({ kubeconfig: cluster.kubeconfig, context: cluster.context, environment: env });
  if (!opened.ok) return clusterProblem(opened.failure, start.workload.name, '');
  const { reader } = opened.value;
  try {
    const namespace = cluster.namespace ?? reader.namespace;
    const found = await findTarget(opened.value, start, namespace, signal);
    if (!found.ok) return found;
    const { target, pod } = found.value;
    const gathered = await gatherDependencies(opened.value, target, pod, signal);
    return gathered.ok ? done(gathered.value) : clusterProblem(gathered.failure, `pod/${target.pod}`, namespace);
  } finally {
    await reader.close();
  }
}

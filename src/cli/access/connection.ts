import type { ClusterConnection } from '../../kube/client.ts';
import type { CommandContext } from '../context.ts';
import { ProblemError } from '../problem.ts';
import type { ClusterOptions } from '../run-request.ts';

export interface OpenedCluster {
  readonly connection: ClusterConnection;
  /** The one that was named, or the context's. */
  readonly namespace: string;
}

/** Opens the cluster for one command, or throws the problem. */
export async function openFor(cluster: ClusterOptions, { env }: CommandContext): Promise<OpenedCluster> {
  const [{ openCluster }, { clusterProblem }] = await Promise.all([import('../../kube/client.ts'), import('../session/pod-places.ts')]);
  const opened = await openCluster({ kubeconfig: cluster.kubeconfig, context: cluster.context, environment: env });
  if (!opened.ok) {
    const problem = clusterProblem(opened.failure, '', cluster.namespace ?? '');
    if (!problem.ok) throw new ProblemError(problem.problem);
    throw new Error('unreachable');
  }
  return { connection: opened.value, namespace: cluster.namespace ?? opened.value.reader.namespace };
}

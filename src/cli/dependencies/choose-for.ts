import type { PodDetail } from '../../domain/cluster.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import type { Outcome } from '../problem.ts';
import { clusterProblem, type PodTarget } from '../session/pod-places.ts';
import { chooseDependency, type Choice } from './choose.ts';
import { gatherDependencies } from './gather.ts';

/** What `--to auto` means for this pod. */
export async function chooseDestination(connection: ClusterConnection, target: PodTarget, pod: PodDetail, signal: AbortSignal): Promise<Outcome<Choice>> {
  const gathered = await gatherDependencies(connection, target, pod, signal);
  return gathered.ok ? chooseDependency(gathered.value) : clusterProblem(gathered.failure, `pod/${target.pod}`, target.namespace);
}

import type { ClusterReader, ClusterResult } from '../../domain/cluster.ts';
import type { PolicyScope, ReadPolicyObjects } from '../../domain/policy-objects.ts';
import { readWorld, unreadableName, type Asked, type Pod, type World } from '../../policy/index.ts';
import type { CommandContext } from '../context.ts';
import { problem, ProblemError } from '../problem.ts';
import type { Workload } from '../run-request.ts';
import { clusterProblem } from '../session/pod-places.ts';
import { serviceNames, type Question } from './question.ts';
import type { Goal, PolicyRequest } from './request.ts';

type Place = { readonly namespace: string; readonly name: string };

/** The question with what the API says now. What goes wrong on the way is a ProblemError. */
export async function questionFromCluster(request: PolicyRequest, context: CommandContext, signal: AbortSignal): Promise<Question> {
  const { openCluster } = await import('../../kube/client.ts');
  const opened = await openCluster({ kubeconfig: request.cluster.kubeconfig, context: request.cluster.context, environment: context.env });
  const { reader } = read(opened, request.target.name, '');
  try {
    return await questionOf(request, reader, signal);
  } finally {
    await reader.close();
  }
}

async function questionOf(request: PolicyRequest, reader: ClusterReader, signal: AbortSignal): Promise<Question> {
  const namespace = request.cluster.namespace ?? reader.namespace;
  const pod = await pick(request.target, namespace, reader, signal);
  const { goal, port, protocol } = request;
  const peer = goal.kind === 'workload' ? await pick(goal.workload, goal.namespace ?? namespace, reader, signal) : null;
  const service = serviceOf(goal, namespace);
  const scope: PolicyScope = { namespace, pod: pod.name, addresses: goal.kind === 'address' ? [goal.address] : [], port, service, peer };
  const objects = read(await reader.policyObjects(scope, signal), `pod/${pod.name}`, namespace);
  const { world } = readWorld(objects);
  const unreadable = objects.unreadable.map(unreadableName);
  const connection = { from: { kind: 'pod' as const, pod: podIn(world, pod) }, to: askedOf(goal, service, peer, world, objects.unreadable), port, protocol };
  return { world, connection, unreadable };
}

function read<T>(result: ClusterResult<T>, what: string, namespace: string): T {
  if (result.ok) return result.value;
  const found = clusterProblem(result.failure, what, namespace);
  throw new ProblemError(found.ok ? problem('internal', what) : found.problem);
}

async function pick({ kind, name }: Workload, namespace: string, reader: ClusterReader, signal: AbortSignal): Promise<Place> {
  const found = read(await reader.resolveWorkload(namespace, `${kind}/${name}`, signal), `${kind}/${name}`, namespace);
  return { namespace: found.pod.namespace, name: found.pod.name };
}

function podIn(world: World, { namespace, name }: Place): Pod {
  const pod = world.podNamed(namespace, name);
  if (pod === null) throw new ProblemError(problem('no-pods', `${namespace}/${name}`));
  return pod;
}

function serviceOf(goal: Goal, ownNamespace: string): Place | null {
  if (goal.kind === 'service') return { name: goal.name, namespace: goal.namespace ?? ownNamespace };
  return goal.kind === 'name' ? serviceNames(goal.name, ownNamespace) : null;
}

function askedOf(goal: Goal, named: Place | null, peer: Place | null, world: World, unreadable: ReadPolicyObjects['unreadable']): Asked {
  if (peer !== null) return { kind: 'pod', pod: podIn(world, peer) };
  if (goal.kind === 'address') return goal;
  const service = named === null ? null : world.serviceNamed(named.namespace, named.name);
  if (service !== null) return { kind: 'service', service };
  if (goal.kind === 'name') return goal;
  const what = named === null ? '' : `service/${named.name} (namespace ${named.namespace})`;
  const unread = unreadable.find(({ resource }) => resource === 'services');
  throw new ProblemError(unread === undefined ? problem('target-not-found', what) : problem('forbidden', `${what}: ${unread.failure.detail}`));
}

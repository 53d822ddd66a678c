import type { KubernetesObject } from '../../domain/policy-objects.ts';
import { readObjects, World, type Asked, type Pod } from '../../policy/index.ts';
import { closest } from '../closest.ts';
import { problem, ProblemError } from '../problem.ts';
import type { Workload } from '../run-request.ts';
import type { Streams } from '../streams.ts';
import { readManifests } from './manifest-files.ts';
import { serviceNames, type Question } from './question.ts';
import type { Goal, Manifests, PolicyRequest } from './request.ts';

const DEFAULT_NAMESPACE = 'default';

/** The question with nothing but files and arguments. An object that the API server would refuse is a ProblemError. */
export async function questionFromManifests(request: PolicyRequest, manifests: Manifests, streams: Streams): Promise<Question> {
  const namespace = request.cluster.namespace ?? DEFAULT_NAMESPACE;
  const objects = [...(await readManifests(manifests.files, streams)), ...argumentObjects(manifests, namespace)];
  const { objects: read, problems } = readObjects(objects, namespace);
  const [wrong] = problems;
  if (wrong !== undefined) throw new ProblemError(problem('bad-manifest', `${wrong.object}: ${wrong.detail}`));
  const world = new World(read);
  return {
    world,
    connection: {
      from: { kind: 'pod', pod: podOf(request.target, namespace, world) },
      to: askedOf(request.goal, namespace, world),
      port: request.port,
      protocol: request.protocol,
    },
    unreadable: [],
  };
}

function argumentObjects({ pods, namespaces }: Manifests, defaultNamespace: string): readonly KubernetesObject[] {
  return [
    ...namespaces.map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })),
    ...pods.map(({ namespace, name, labels, address }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: namespace ?? defaultNamespace, labels },
      status: address === null ? {} : { podIP: address },
    })),
  ];
}

/** A pod of the files, or the pods that a workload of the files would have. */
function podOf({ kind, name }: Workload, namespace: string, world: World): Pod {
  const found = kind === 'pod' ? world.podNamed(namespace, name) : kind === 'service' ? podBehind(name, namespace, world) : world.podOfWorkload(namespace, kind, name);
  if (found !== null) return found;
  const names = world.podsIn(namespace).map((pod) => pod.workload ?? `pod/${pod.name}`);
  throw new ProblemError(problem('target-not-found', `${kind}/${name} (namespace ${namespace})`, closest(`${kind}/${name}`, names)));
}

function podBehind(service: string, namespace: string, world: World): Pod | null {
  const selector = Object.entries(world.serviceNamed(namespace, service)?.selector ?? {});
  if (selector.length === 0) return null;
  return world.podsIn(namespace).find(({ labels }) => selector.every(([key, value]) => labels[key] === value)) ?? null;
}

function askedOf(goal: Goal, ownNamespace: string, world: World): Asked {
  switch (goal.kind) {
    case 'address':
      return goal;
    case 'workload':
      return { kind: 'pod', pod: podOf(goal.workload, goal.namespace ?? ownNamespace, world) };
    case 'service': {
      const namespace = goal.namespace ?? ownNamespace;
      const service = world.serviceNamed(namespace, goal.name);
      if (service === null) throw new ProblemError(problem('target-not-found', `service/${goal.name} (namespace ${namespace})`));
      return { kind: 'service', service };
    }
    case 'name': {
      const candidate = serviceNames(goal.name, ownNamespace);
      const service = candidate === null ? null : world.serviceNamed(candidate.namespace, candidate.name);
      return service === null ? goal : { kind: 'service', service };
    }
  }
}

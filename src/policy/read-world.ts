import type { KubernetesObject, ReadPolicyObjects } from '../domain/policy-objects.ts';
import { readObjects, type ObjectProblem } from './read-objects.ts';
import { World } from './world.ts';

/**
 * What was read from a cluster, as a World that knows what it does not know: labels of namespaces, owners of addresses and policies
 * that may not be read make verdicts indefinite, never allowed.
 */
export function readWorld({ objects, unreadable }: ReadPolicyObjects): { readonly world: World; readonly problems: readonly ObjectProblem[] } {
  const read = readObjects(objects, 'default');
  const isMissing = (resource: string): boolean => unreadable.some((one) => one.resource === resource);
  const namespaces = isMissing('namespaces') ? withoutLabels(objects) : read.objects.namespaces;
  // A policy of a later version that is not understood is as good as unread.
  const misread = read.problems.filter(({ object }) => /Policy /u.test(object));
  const world = new World(
    { ...read.objects, namespaces },
    {
      addresses: isMissing('pods') || isMissing('services'),
      policiesIn: new Set(unreadable.flatMap(({ resource, namespace }) => (resource === 'networkpolicies' && namespace !== null ? [namespace] : []))),
      clusterPolicies: isMissing('adminnetworkpolicies') || misread.length > 0,
    },
  );
  return { world, problems: read.problems };
}

function withoutLabels(objects: readonly KubernetesObject[]): readonly { readonly name: string; readonly labels: null }[] {
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  return [...names].map((name) => ({ name, labels: null }));
}

import type { UnreadableResource } from '../domain/policy-objects.ts';
import type { Kind, PolicyReading } from './policies.ts';
import { getJson } from './wire.ts';

interface Group {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
  readonly preferredVersion?: { readonly version: string };
}

/** API groups of the cluster by name. Every authenticated user may read them (system:discovery); where not, that is noted. */
export async function readGroups(reading: PolicyReading): Promise<ReadonlyMap<string, Group>> {
  const subject = { verb: 'get', resource: 'apis', namespace: null, name: null } as const;
  const answer = await getJson<{ readonly groups?: readonly Group[] }>(reading.api, { path: '/apis', subject, signal: reading.signal });
  if (!answer.ok) reading.note('custom-policies', answer.failure);
  return new Map((answer.ok ? (answer.value.groups ?? []) : []).map((group) => [group.name, group]));
}

interface PluginKind {
  readonly group: string;
  /** null: the one that the server prefers. */
  readonly version: string | null;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly resource: UnreadableResource;
}

const ADMIN = { group: 'policy.networking.k8s.io', namespaced: false } as const;
const CILIUM = { group: 'cilium.io', version: null, resource: 'custom-policies' } as const;
const CALICO = { version: null, resource: 'custom-policies' } as const;

const KINDS: readonly PluginKind[] = [
  { ...ADMIN, version: 'v1alpha1', kind: 'AdminNetworkPolicy', plural: 'adminnetworkpolicies', resource: 'adminnetworkpolicies' },
  { ...ADMIN, version: 'v1alpha1', kind: 'BaselineAdminNetworkPolicy', plural: 'baselineadminnetworkpolicies', resource: 'adminnetworkpolicies' },
  { ...ADMIN, version: 'v1alpha2', kind: 'ClusterNetworkPolicy', plural: 'clusternetworkpolicies', resource: 'custom-policies' },
  { ...CILIUM, kind: 'CiliumNetworkPolicy', plural: 'ciliumnetworkpolicies', namespaced: true },
  { ...CILIUM, kind: 'CiliumClusterwideNetworkPolicy', plural: 'ciliumclusterwidenetworkpolicies', namespaced: false },
  { ...CALICO, group: 'projectcalico.org', kind: 'NetworkPolicy', plural: 'networkpolicies', namespaced: true },
  { ...CALICO, group: 'projectcalico.org', kind: 'GlobalNetworkPolicy', plural: 'globalnetworkpolicies', namespaced: false },
  { ...CALICO, group: 'crd.projectcalico.org', kind: 'NetworkPolicy', plural: 'networkpolicies', namespaced: true },
  { ...CALICO, group: 'crd.projectcalico.org', kind: 'GlobalNetworkPolicy', plural: 'globalnetworkpolicies', namespaced: false },
];

/**
 * Admin and plugin policies, where the cluster has their kinds.
 * @returns whether there are admin policies, whose peers may be nodes.
 */
export async function readPluginPolicies(reading: PolicyReading, groups: ReadonlyMap<string, Group>, namespaces: readonly string[]): Promise<boolean> {
  const lists = await Promise.all(KINDS.map((kind) => readKind(reading, kind, groups, namespaces)));
  return lists.some((count, index) => count > 0 && KINDS[index]?.resource === 'adminnetworkpolicies');
}

async function readKind(reading: PolicyReading, kind: PluginKind, groups: ReadonlyMap<string, Group>, namespaces: readonly string[]): Promise<number> {
  // Calico's API server and its CustomResourceDefinitions show the same policies: the server's names are the users'.
  if (kind.group === 'crd.projectcalico.org' && groups.has('projectcalico.org')) return 0;
  const group = groups.get(kind.group);
  const version = kind.version ?? group?.preferredVersion?.version ?? group?.versions[0]?.version;
  if (group === undefined || version === undefined || !group.versions.some((one) => one.version === version)) return 0;
  const at: Kind = { apiVersion: `${kind.group}/${version}`, kind: kind.kind, plural: kind.plural, resource: kind.resource };
  const lists = await Promise.all((kind.namespaced ? namespaces : [null]).map((namespace) => reading.listOrNote(at, namespace)));
  return lists.flat().length;
}

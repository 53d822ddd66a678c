/** Small clusters with every field of the API, drawn so that rules often match. */
import fc from 'fast-check';
import type { KubernetesObject } from '../../src/domain/policy-objects.ts';
import type { AdminManifest, Cluster, OraclePod, PolicyManifest, Question } from './oracle.ts';

const NAMESPACES = ['a', 'b', 'c'];
const PORTS = [79, 80, 81, 82];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const NAMES = ['http', 'dns'];
const OUTSIDE = ['198.51.100.1', '198.51.100.9', '203.0.113.5', '2001:db8::1', '2001:db8:1::5'];
const CIDRS = ['0.0.0.0/0', '10.1.0.0/30', '10.1.0.0/24', '198.51.100.0/24', '198.51.100.0/29', '203.0.113.5/32', '::/0', '2001:db8::/48', '10.9.0.0/16'];

const labels = fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('x', 'y', ''), { maxKeys: 2 });
const values = fc.subarray(['x', 'y', ''], { minLength: 1 });
const expression = fc.oneof(
  fc.record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('In', 'NotIn'), values }),
  fc.record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.record({ matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 1 }) }, { requiredKeys: [] }) },
);
const namespaceSelector = fc.oneof(selector, fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })));

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector: selector }),
  fc.record({ namespaceSelector: fc.constant(null), podSelector: selector }),
  fc.record({ ipBlock: fc.record({ cidr: fc.constantFrom(...CIDRS), except: fc.subarray(CIDRS.slice(1), { maxLength: 2 }) }, { requiredKeys: ['cidr'] }) }),
);
const port = fc.oneof(
  fc.record({ protocol: fc.constantFrom(...PROTOCOLS), port: fc.constantFrom(...PORTS, ...NAMES) }, { requiredKeys: [] }),
  fc.record({ protocol: fc.constantFrom(...PROTOCOLS), port: fc.constantFrom(79, 80), endPort: fc.constantFrom(80, 82) }),
);
const ports = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(undefined, [], null) }, { weight: 3, arbitrary: fc.array(port, { minLength: 1, maxLength: 2 }) });
const peers = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(undefined, [], null) }, { weight: 4, arbitrary: fc.array(peer, { minLength: 1, maxLength: 2 }) });
const rules = <K extends 'to' | 'from'>(key: K) =>
  fc.oneof(
    fc.constantFrom(undefined, [], null),
    fc.array(fc.tuple(peers, ports).map(([some, numbers]) => ({ ...(some === undefined ? {} : { [key]: some }), ...(numbers === undefined ? {} : { ports: numbers }) })), { minLength: 1, maxLength: 2 }),
  );

const policy: fc.Arbitrary<PolicyManifest> = fc
  .record({
    namespace: fc.constantFrom(...NAMESPACES),
    podSelector: selector,
    policyTypes: fc.constantFrom(undefined, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress'], null),
    ingress: rules('from'),
    egress: rules('to'),
  })
  .map(({ namespace, ...spec }) => ({ metadata: { namespace, name: '' }, spec: JSON.parse(JSON.stringify(spec)) as PolicyManifest['spec'] }));

const pod: fc.Arbitrary<Omit<OraclePod, 'name' | 'ip'>> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels,
  hostNetwork: fc.constantFrom(false, false, false, false, true),
  ports: fc.array(fc.record({ name: fc.constantFrom(...NAMES), containerPort: fc.constantFrom(...PORTS), protocol: fc.constantFrom(...PROTOCOLS) }), { maxLength: 2 }),
});

const byLabels = fc.oneof(fc.record({ namespaces: namespaceSelector }), fc.record({ pods: fc.record({ namespaceSelector, podSelector: selector }) }));
const adminPort = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol: fc.constantFrom(...PROTOCOLS), port: fc.constantFrom(...PORTS) }) }),
  fc.record({ portRange: fc.record({ protocol: fc.constantFrom(...PROTOCOLS), start: fc.constantFrom(79, 80), end: fc.constantFrom(80, 82) }) }),
  fc.record({ namedPort: fc.constantFrom(...NAMES) }),
);
const adminRule = (key: 'to' | 'from', actions: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...actions),
      fc.array(key === 'to' ? fc.oneof(byLabels, fc.record({ networks: fc.subarray(CIDRS, { minLength: 1, maxLength: 2 }) })) : byLabels, { minLength: 1, maxLength: 2 }),
      fc.option(fc.array(adminPort, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    )
    .map(([action, some, numbers]) => ({ action, [key]: some, ...(numbers === undefined ? {} : { ports: numbers }) }));
const adminOf = (kind: string, actions: readonly string[]): fc.Arbitrary<AdminManifest> =>
  fc
    .record({ subject: byLabels, egress: fc.array(adminRule('to', actions), { maxLength: 2 }), ingress: fc.array(adminRule('from', actions), { maxLength: 2 }) })
    .map((spec) => ({ kind, spec: spec as unknown as AdminManifest['spec'] }));
const admin = fc
  .tuple(fc.array(adminOf('AdminNetworkPolicy', ['Allow', 'Deny', 'Pass']), { maxLength: 2 }), fc.array(adminOf('BaselineAdminNetworkPolicy', ['Allow', 'Deny']), { maxLength: 1 }))
  // Equal priorities have no answer: each its own.
  .map(([high, low]) => [...high.map((one, index) => ({ ...one, spec: { ...one.spec, priority: 10 - index } })), ...low]);

export function clusters(withAdmin: boolean): fc.Arbitrary<Cluster> {
  return fc
    .record({
      namespaceLabels: fc.array(labels, { minLength: NAMESPACES.length, maxLength: NAMESPACES.length }),
      pods: fc.array(pod, { minLength: 2, maxLength: 5 }),
      policies: fc.array(policy, { maxLength: 4 }),
      admin: withAdmin ? admin : fc.constant([]),
    })
    .map(({ namespaceLabels, pods, policies, admin: adminPolicies }) => ({
      namespaces: NAMESPACES.map((name, index) => ({ name, labels: namespaceLabels[index] ?? {} })),
      pods: pods.map((one, index) => ({ ...one, name: `p${String(index)}`, ip: one.hostNetwork ? `10.9.0.${String(index)}` : `10.1.0.${String(index + 1)}` })),
      policies: policies.map((one, index) => ({ ...one, metadata: { ...one.metadata, name: `np${String(index)}` } })),
      admin: adminPolicies,
    }));
}

export function questions({ pods }: Cluster): fc.Arbitrary<Question> {
  return fc.record({
    from: fc.constantFrom(...pods),
    to: fc.oneof({ weight: 3, arbitrary: fc.constantFrom<OraclePod | string>(...pods) }, { weight: 1, arbitrary: fc.constantFrom<OraclePod | string>(...OUTSIDE) }),
    port: fc.constantFrom(...PORTS),
    protocol: fc.constantFrom(...PROTOCOLS),
  });
}

export const clusterAndQuestion = (withAdmin: boolean): fc.Arbitrary<readonly [Cluster, Question]> =>
  clusters(withAdmin).chain((cluster) => questions(cluster).map((question) => [cluster, question] as const));

/** The same cluster as objects of the API. */
export function objectsOf({ namespaces, pods, policies, admin: adminPolicies }: Cluster): readonly KubernetesObject[] {
  return [
    ...namespaces.map(({ name, labels: own }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: own } })),
    ...pods.map((one) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: one.name, namespace: one.namespace, labels: one.labels },
      spec: { hostNetwork: one.hostNetwork, containers: [{ ports: one.ports }] },
      status: { podIP: one.ip },
    })),
    ...policies.map((one) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...one })),
    ...adminPolicies.map((one, index) => ({ apiVersion: 'policy.networking.k8s.io/v1alpha1', metadata: { name: `anp${String(index)}` }, ...one })),
  ];
}

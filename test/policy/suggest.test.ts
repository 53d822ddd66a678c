import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluateConnection, policyYaml, suggestPolicies } from '../../src/policy/index.ts';
import { connection, PODS, policy, worldOf } from './small-world.ts';

const DENY_ALL = policy('{podSelector: {}, policyTypes: [Ingress, Egress]}', 'deny-all');

function suggest(yaml: string, to: string, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): readonly unknown[] {
  const world = worldOf(PODS + yaml);
  const asked = connection(world, 'pod/client', to, port, protocol);
  return suggestPolicies(asked, evaluateConnection(asked, world), world).map((one) => parse(policyYaml(one)) as unknown);
}

describe('the smallest additional policy', () => {
  it('names the pod’s lasting labels, the address and the port', () => {
    expect(suggest(DENY_ALL, '10.0.0.9', 5432)).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'allow-client-egress', namespace: 'shop' },
        spec: {
          podSelector: { matchLabels: { app: 'client' } },
          policyTypes: ['Egress'],
          egress: [{ to: [{ ipBlock: { cidr: '10.0.0.9/32' } }], ports: [{ protocol: 'TCP', port: 5432 }] }],
        },
      },
    ]);
  });

  it('is one for each side, and means the pods behind a Service and their port', () => {
    expect(suggest(DENY_ALL, 'svc/web', 80)).toMatchObject([
      { spec: { egress: [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'server' } } }], ports: [{ port: 8080 }] }] } },
      { metadata: { name: 'allow-server-ingress' }, spec: { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }], ports: [{ port: 8080 }] }] } },
    ]);
  });

  it('allows DNS over both transports', () => {
    expect(suggest(DENY_ALL, '10.0.0.53', 53, 'UDP')).toMatchObject([{ spec: { egress: [{ ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] }] } }]);
  });

  it('isolates no pod that is free today', () => {
    const free = '{apiVersion: v1, kind: Pod, metadata: {name: free, namespace: shop, labels: {app: client}}}\n---\n';
    const some = policy('{podSelector: {matchLabels: {pod-template-hash: abc}}, policyTypes: [Egress]}');
    expect(suggest(free + some, '10.0.0.9', 5432)).toMatchObject([{ spec: { podSelector: { matchLabels: { app: 'client', 'pod-template-hash': 'abc' } } } }]);
  });

  it('is missing where it could not help, or would allow everything', () => {
    const admin = '{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: a}, spec: {priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]}}\n---\n';
    expect(suggest(admin + DENY_ALL, '10.0.0.9', 5432)).toEqual([]);
    expect(suggest(admin.replaceAll('AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'), '10.0.0.9', 5432)).toEqual([]);
    expect(suggest(DENY_ALL, 'api.example.com', 443)).toEqual([]);
    expect(suggest('', '10.0.0.9', 5432)).toEqual([]);
  });
});

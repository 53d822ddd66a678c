import { describe, expect, it } from 'vitest';
import { parseCalicoSelector } from '../../src/policy/calico-selector.ts';
import { ask, PODS, policy, worldOf } from './small-world.ts';

const admin = (name: string, priority: number, rules: string): string => `
{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: ${name}}, spec: {priority: ${String(priority)}, subject: {namespaces: {}}, ${rules}}}
---
`;
const baseline = (rules: string): string => `
{apiVersion: policy.networking.k8s.io/v1alpha1, kind: BaselineAdminNetworkPolicy, metadata: {name: default}, spec: {subject: {namespaces: {}}, ${rules}}}
---
`;
const TO_ALL = '{networks: [0.0.0.0/0]}';
const answer = (yaml: string, to = '203.0.113.5') => ask(worldOf(PODS + yaml), 'pod/client', to, 443);

describe('AdminNetworkPolicies', () => {
  it('go before NetworkPolicies, which go before the baseline', () => {
    const allowed = policy('{podSelector: {}, policyTypes: [Egress], egress: [{}]}');
    const deny = `egress: [{action: Deny, to: [${TO_ALL}]}]`;
    expect(answer(admin('deny', 5, deny) + allowed)).toMatchObject({ verdict: 'denied', egress: { deciding: [{ policy: { name: 'deny' }, rule: 0, effect: 'denies' }] } });
    expect(answer(allowed + baseline(deny)).verdict).toBe('allowed');
    expect(answer(baseline(deny)).verdict).toBe('denied');
  });

  it('of lower number decide first, and Pass leaves it to the NetworkPolicies', () => {
    const allow = admin('b', 1, `egress: [{action: Allow, to: [${TO_ALL}]}]`);
    const deny = admin('a', 2, `egress: [{action: Deny, to: [${TO_ALL}]}]`);
    const pass = admin('c', 0, `egress: [{action: Pass, to: [${TO_ALL}]}]`);
    const denied = policy('{podSelector: {}, policyTypes: [Egress]}');
    expect(answer(deny + allow + denied).verdict).toBe('allowed');
    expect(answer(deny + pass).verdict).toBe('allowed');
    expect(answer(allow + pass + denied)).toMatchObject({ verdict: 'denied', egress: { deciding: [{ effect: 'passes' }, { effect: 'denies', policy: { name: 'policy' } }] } });
  });

  it('of equal number that contradict each other have no answer', () => {
    const two = admin('a', 1, `egress: [{action: Allow, to: [${TO_ALL}]}]`) + admin('b', 1, `egress: [{action: Deny, to: [${TO_ALL}]}]`);
    expect(answer(two)).toMatchObject({ verdict: 'depends-on-cni', usual: null, doubts: ['equal-priority'] });
  });

  it('select nodes and domains', () => {
    const node = '{apiVersion: v1, kind: Node, metadata: {name: n2, labels: {role: edge}}, status: {addresses: [{type: InternalIP, address: 10.9.0.2}]}}\n---\n';
    expect(answer(node + admin('a', 1, 'egress: [{action: Deny, to: [{nodes: {matchLabels: {role: edge}}}]}]'), '10.9.0.2').verdict).toBe('denied');
    const domains = admin('a', 1, `egress: [{action: Allow, to: [{domainNames: ["*.example.com"]}]}, {action: Deny, to: [${TO_ALL}]}]`);
    expect(answer(domains, 'api.example.com').verdict).toBe('allowed');
    expect(answer(domains)).toMatchObject({ verdict: 'depends-on-cni', doubts: ['domain-name'] });
    expect(answer(domains, 'pod/server').verdict).toBe('denied');
  });
});

describe('policies of network plugins', () => {
  const selecting = (yaml: string) => answer(yaml, 'pod/server').egress?.custom.map(({ name, certain }) => [name, certain]);
  const cilium = (spec: string, kind = 'CiliumNetworkPolicy', namespace = 'shop'): string =>
    `{apiVersion: cilium.io/v2, kind: ${kind}, metadata: {name: cnp${kind === 'CiliumNetworkPolicy' ? `, namespace: ${namespace}` : ''}}, ${spec}}\n---\n`;
  const calico = (spec: string, kind = 'NetworkPolicy'): string =>
    `{apiVersion: projectcalico.org/v3, kind: ${kind}, metadata: {name: calico${kind === 'NetworkPolicy' ? ', namespace: shop' : ''}}, spec: ${spec}}\n---\n`;

  it.each([
    ['by label, whatever its source is called', cilium('spec: {endpointSelector: {matchLabels: {"k8s:app": client}}, egress: [{}]}'), [['cnp', true]]],
    ['not for the other direction', cilium('spec: {endpointSelector: {}, ingress: [{}]}'), []],
    ['for a denial of its own', cilium('spec: {endpointSelector: {}, egressDeny: [{}]}'), [['cnp', true]]],
    ['not in another namespace', cilium('spec: {endpointSelector: {}, egress: [{}]}', 'CiliumNetworkPolicy', 'other'), []],
    ['by namespace, for the cluster', cilium('spec: {endpointSelector: {matchLabels: {"k8s:io.kubernetes.pod.namespace": shop}}, egress: []}', 'CiliumClusterwideNetworkPolicy'), [['cnp', true]]],
    ['not hosts’ policies', cilium('spec: {nodeSelector: {}, egress: [{}]}', 'CiliumClusterwideNetworkPolicy'), []],
    ['one of several rules', cilium('specs: [{endpointSelector: {matchLabels: {app: x}}, egress: [{}]}, {endpointSelector: {matchLabels: {app: client}}, egress: [{}]}]'), [['cnp', true]]],
  ])('Cilium’s select: %s', (_name, yaml, expected) => {
    expect(selecting(yaml)).toEqual(expected);
  });

  it.each([
    ['by its selector', calico("{selector: \"app == 'client'\", types: [Egress]}"), [['calico', true]]],
    ['everything without one', calico('{egress: [{action: Deny}]}', 'GlobalNetworkPolicy'), [['calico', true]]],
    ['ingress where nothing is said', calico('{selector: all()}'), []],
    ['by namespace', calico("{namespaceSelector: \"projectcalico.org/name == 'other'\", types: [Egress]}", 'GlobalNetworkPolicy'), []],
    ['perhaps, where the selector is not understood', calico('{selector: "app ~~ client", types: [Egress]}'), [['calico', false]]],
    ['perhaps, by service account', calico('{serviceAccountSelector: "role == \'x\'", types: [Egress]}'), [['calico', false]]],
  ])('Calico’s select: %s', (_name, yaml, expected) => {
    expect(selecting(yaml)).toEqual(expected);
  });

  it('Calico’s selector language is read', () => {
    const labels = { app: 'web', tier: 'front-end', 'a.b/c': '1' };
    const holds = (text: string): boolean | undefined => parseCalicoSelector(text)?.(labels);
    expect(["app == 'web'", 'app != "db"', "has(tier) && !has(x)", "app in {'db', 'web'}", "app not in {'db'}", "tier contains 'nt-e'", "tier starts with 'front'", "tier ends with 'end'", "(app == 'db' || has(a.b/c)) && all()", "!(app == 'db')"].map(holds))
      .toEqual(Array.from({ length: 10 }, () => true));
    expect(["app == 'db'", 'global()', "x in {'a'}", "has(app) && app == 'db'"].map(holds)).toEqual([false, false, false, false]);
    expect(['app', "app == web", "app in {'a' 'b'}", "(app == 'x'", "has()", "app == 'web' extra", "app == 'web"].map(parseCalicoSelector)).toEqual([null, null, null, null, null, null, null]);
  });
});

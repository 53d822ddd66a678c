import { describe, expect, test } from 'vitest';
import type { PolicyScope } from '../../src/domain/policy-objects.ts';
import { connectTo, forbidden, startApiServer, type Answer } from '../fakes/api-server.ts';
import { clusterAnswers } from '../../src/cli/session/cluster-answers.ts';

const { signal } = new AbortController();
const SCOPE: PolicyScope = { namespace: 'shop', pod: 'client', addresses: ['10.1.0.2'], port: 8080, service: null, peer: null };

const list = (...items: readonly unknown[]): Answer => ({ body: { items } });
const pod = (name: string, namespace: string, ip: string): object => ({
  metadata: { name, namespace, labels: { app: name, 'pod-template-hash': 'x1' } },
  spec: { containers: [{ name: 'c' }] },
  status: { podIP: ip },
});
const denyAll = (namespace: string): object => ({ metadata: { name: 'deny-all', namespace }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } });

const CLUSTER: Readonly<Record<string, Answer>> = {
  '/api/v1/namespaces/shop/pods/client': { body: pod('client', 'shop', '10.1.0.1') },
  '/api/v1/namespaces': list({ metadata: { name: 'shop' } }, { metadata: { name: 'db' } }),
  '/api/v1/pods': list(pod('server', 'db', '10.1.0.2')),
  '/api/v1/services': list(),
  '/apis/discovery.k8s.io/v1/endpointslices': list(),
  '/apis': { body: { groups: [] } },
  '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': list(),
  '/apis/networking.k8s.io/v1/namespaces/db/networkpolicies': list(denyAll('db')),
};

async function served(changes: Readonly<Record<string, Answer>>) {
  const routes = { ...CLUSTER, ...changes };
  const server = await startApiServer({ answer: (url) => routes[url.pathname] ?? (url.pathname.endsWith('/pods') ? list() : undefined) });
  const { reader } = await connectTo(server);
  return { server, reader };
}

const POLICY_QUESTION = { kind: 'policy', address: '10.1.0.2', port: 8080, transport: 'tcp' } as const;

async function answered(changes: Readonly<Record<string, Answer>>) {
  const { server, reader } = await served(changes);
  const target = { kind: 'pod', context: 'test', namespace: 'shop', pod: 'client', container: 'c', node: null, pickedFrom: null } as const;
  const { fact, further = [] } = await clusterAnswers(reader, target)(POLICY_QUESTION, signal);
  await reader.close();
  await server[Symbol.asyncDispose]();
  return [fact, ...further];
}

describe('policies of both ends', () => {
  test('are found without a list of all pods', async () => {
    const { server, reader } = await served({});
      const read = await reader.policyObjects(SCOPE, signal);
    if (!read.ok) throw new Error(read.failure.detail);
    expect(read.value.unreadable).toEqual([]);
    expect(read.value.objects.map(({ kind, metadata }) => `${kind} ${metadata.name ?? ''}`).toSorted()).toEqual(
      ['Namespace db', 'Namespace shop', 'NetworkPolicy deny-all', 'Pod client', 'Pod server']);
    const podLists = server.requests.filter(({ url }) => url.pathname.endsWith('/pods'));
    expect(podLists.length).toBeGreaterThan(0);
    for (const { url } of podLists) expect([...url.searchParams.keys()].some((key) => key === 'fieldSelector' || key === 'labelSelector')).toBe(true);
    expect(podLists.map(({ url }) => url.searchParams.get('labelSelector')).filter((one) => one !== null).toSorted()).toEqual(['app=client', 'app=server']);
    await reader.close();
    await server[Symbol.asyncDispose]();
  });

  test('answer for each side, with the policy that would help', async () => {
    expect(await answered({})).toMatchObject([
      { kind: 'policy', direction: 'egress', verdict: 'allowed', selectedBy: [], suggestedPolicy: null },
      { kind: 'policy', direction: 'ingress', pod: 'db/server', verdict: 'denied', selectedBy: ['db/deny-all'], deciding: [{ policy: 'db/deny-all', rule: null, effect: 'denies' }] },
    ]);
    expect((await answered({}))[1]).toMatchObject({ suggestedPolicy: expect.stringContaining('name: allow-server-ingress') as string });
  });
});

describe('what may not be read', () => {
  const no = forbidden('no');

  test('is told, and the own policies make no answer without it', async () => {
    expect(await answered({ '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': no })).toMatchObject([{ kind: 'unavailable', reason: 'not-permitted' }]);
    expect(await answered({ '/api/v1/namespaces/shop/pods/client': no })).toMatchObject([{ kind: 'unavailable', reason: 'not-permitted' }]);
  });

  test('at the other end leaves that side open', async () => {
    expect(await answered({ '/apis/networking.k8s.io/v1/namespaces/db/networkpolicies': no })).toMatchObject([
      { direction: 'egress', verdict: 'allowed' },
      { direction: 'ingress', verdict: 'depends-on-cni', usual: null, doubts: ['unreadable-policies'], unreadable: ['networkpolicies in db: forbidden'] },
    ]);
  });

  test('of who has the address leaves open what only that decides', async () => {
    const selecting = { metadata: { name: 'to-db', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] } };
    const blind = { '/api/v1/pods': no, '/api/v1/services': no, '/api/v1/namespaces/shop/services': no };
    const policies = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies';
    expect(await answered({ ...blind, [policies]: list(selecting) })).toMatchObject([{ direction: 'egress', verdict: 'depends-on-cni', doubts: ['unknown-peer'] }]);
    expect(await answered({ ...blind, [policies]: list(denyAll('shop')) })).toMatchObject([{ direction: 'egress', verdict: 'denied' }]);
  });

  test('of namespaces’ labels leaves open what a label decides, not what the name does', async () => {
    const to = (namespaceSelector: object): Answer =>
      list({ metadata: { name: 'to-db', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector }] }] } });
    const policies = '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies';
    const byName = { matchLabels: { 'kubernetes.io/metadata.name': 'db' } };
    expect((await answered({ '/api/v1/namespaces': no, [policies]: to(byName) }))[0]).toMatchObject({ verdict: 'allowed' });
    expect((await answered({ '/api/v1/namespaces': no, [policies]: to({ matchLabels: { team: 'x' } }) }))[0]).toMatchObject({ verdict: 'depends-on-cni', doubts: ['unknown-peer'] });
  });

  test('of admin policies leaves everything open, and their absence nothing', async () => {
    const groups = (version: string): Answer => ({ body: { groups: [{ name: 'policy.networking.k8s.io', versions: [{ version }] }] } });
    const path = '/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies';
    expect((await answered({ '/apis': groups('v1alpha1'), [path]: no }))[0]).toMatchObject({ verdict: 'depends-on-cni', doubts: ['unreadable-policies'] });
    expect((await answered({ '/apis': groups('v1alpha1') }))[0]).toMatchObject({ verdict: 'allowed', unreadable: [] });
  });
});

test('policies of plugins are named', async () => {
  const cilium = { metadata: { name: 'lockdown', namespace: 'shop' }, spec: { endpointSelector: { matchLabels: { app: 'client' } }, egress: [] } };
  const facts = await answered({
    '/apis': { body: { groups: [{ name: 'cilium.io', versions: [{ version: 'v2' }], preferredVersion: { version: 'v2' } }] } },
    '/apis/cilium.io/v2/namespaces/shop/ciliumnetworkpolicies': list(cilium),
    '/apis/cilium.io/v2/namespaces/db/ciliumnetworkpolicies': list(),
  });
  expect(facts[0]).toMatchObject({ verdict: 'allowed', customPolicies: ['CiliumNetworkPolicy shop/lockdown'] });
});

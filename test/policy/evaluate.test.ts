import { describe, expect, it } from 'vitest';
import { readObjects } from '../../src/policy/index.ts';
import { ask, objects, PODS, policy, worldOf } from './small-world.ts';

const egress = (to: string, ports = ''): string => policy(`{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [{to: [${to}]${ports === '' ? '' : `, ports: [${ports}]`}}]}`);
const verdict = (yaml: string, to: string, port: number, protocol: 'TCP' | 'UDP' | 'SCTP' = 'TCP'): string => ask(worldOf(PODS + yaml), 'pod/client', to, port, protocol).verdict;

describe('which directions a policy is about', () => {
  it.each([
    ['without policyTypes and egress rules: ingress alone', '{podSelector: {}}', 'allowed', 'denied'],
    ['without policyTypes, with an empty egress list: ingress alone', '{podSelector: {}, egress: []}', 'allowed', 'denied'],
    ['without policyTypes, with an egress rule: both', '{podSelector: {}, egress: [{ports: [{port: 1}]}]}', 'denied', 'denied'],
    ['Egress alone', '{podSelector: {}, policyTypes: [Egress]}', 'denied', 'allowed'],
    ['Ingress, whatever egress rules stand there', '{podSelector: {}, policyTypes: [Ingress], egress: [{}]}', 'allowed', 'denied'],
    ['an empty rule allows everything', '{podSelector: {}, policyTypes: [Egress, Ingress], egress: [{}], ingress: [{}]}', 'allowed', 'allowed'],
    ['a null list of peers is everyone', '{podSelector: {}, policyTypes: [Egress, Ingress], egress: [{to: null}], ingress: [{from: []}]}', 'allowed', 'allowed'],
  ])('%s', (_name, spec, out, into) => {
    const answer = ask(worldOf(PODS + policy(spec)), 'pod/client', 'pod/server', 8080);
    expect([answer.egress?.verdict, answer.ingress?.verdict]).toEqual([out, into]);
  });
});

describe('peers', () => {
  it('with both selectors need both', () => {
    expect(verdict(egress('{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}, podSelector: {matchLabels: {app: server}}}'), 'pod/server', 8080)).toBe('denied');
    expect(verdict(egress('{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}, {podSelector: {matchLabels: {app: server}}}'), 'pod/server', 8080)).toBe('allowed');
  });

  it('with a namespaceSelector that is null are of the policy’s own namespace, and with an empty one of all', () => {
    expect(verdict(egress('{namespaceSelector: null, podSelector: {}}'), 'pod/other/bare', 80)).toBe('denied');
    expect(verdict(egress('{namespaceSelector: {}, podSelector: {}}'), 'pod/other/bare', 80)).toBe('allowed');
  });

  it('by ipBlock leave the CNI to say whether a pod’s address counts', () => {
    expect(ask(worldOf(PODS + egress('{ipBlock: {cidr: 10.1.0.0/16}}')), 'pod/client', 'pod/server', 80)).toMatchObject({ verdict: 'depends-on-cni', usual: 'allowed', doubts: ['ip-block-of-pod'] });
    expect(verdict(egress('{ipBlock: {cidr: 10.1.0.0/16, except: [10.1.0.2/32]}}'), 'pod/server', 80)).toBe('denied');
  });

  it('by ipBlock of IPv6 mean IPv6 alone', () => {
    expect(verdict(egress('{ipBlock: {cidr: "::/0"}}'), '2001:db8::5', 80)).toBe('allowed');
    expect(verdict(egress('{ipBlock: {cidr: "::/0"}}'), '203.0.113.5', 80)).toBe('denied');
    expect(verdict(egress('{ipBlock: {cidr: "2001:db8::/32", except: ["2001:db8::/48"]}}'), '2001:db8::5', 80)).toBe('denied');
  });
});

describe('ports', () => {
  it('by name mean the port of the pod that receives, of the same protocol', () => {
    expect(verdict(egress('{podSelector: {}}', '{port: http}'), 'pod/server', 8080)).toBe('allowed');
    expect(verdict(egress('{podSelector: {}}', '{port: http, protocol: UDP}'), 'pod/server', 8080, 'UDP')).toBe('denied');
    expect(verdict(egress('{podSelector: {}}', '{port: dns, protocol: UDP}'), 'pod/server', 53, 'UDP')).toBe('allowed');
    expect(verdict(egress('{ipBlock: {cidr: 0.0.0.0/0}}', '{port: http}'), '203.0.113.5', 8080)).toBe('denied');
  });

  it('with endPort are a range, its ends included', () => {
    const range = egress('{ipBlock: {cidr: 0.0.0.0/0}}', '{port: 8000, endPort: 8010}');
    expect([7999, 8000, 8010, 8011].map((port) => verdict(range, '203.0.113.5', port))).toEqual(['denied', 'allowed', 'allowed', 'denied']);
  });

  it('without a protocol are TCP', () => {
    expect(verdict(egress('{ipBlock: {cidr: 0.0.0.0/0}}', '{port: 53}'), '203.0.113.5', 53, 'UDP')).toBe('denied');
    expect(verdict(egress('{ipBlock: {cidr: 0.0.0.0/0}}', '{protocol: SCTP}'), '203.0.113.5', 7, 'SCTP')).toBe('allowed');
  });
});

describe('a Service', () => {
  it('is judged by the pods behind it and their port', () => {
    expect(verdict(egress('{podSelector: {matchLabels: {app: server}}}', '{port: 8080}'), '10.96.0.80', 80)).toBe('allowed');
    expect(verdict(egress('{podSelector: {matchLabels: {app: server}}}', '{port: 80}'), '10.96.0.80', 80)).toBe('denied');
  });

  it.each([
    ['its address in an ipBlock', '{ipBlock: {cidr: 10.96.0.80/32}}'],
    ['its own port for everyone', ''],
  ])('depends on the CNI with %s', (_name, to) => {
    const world = worldOf(PODS + egress(to, '{port: 80}'));
    expect(ask(world, 'pod/client', 'svc/web', 80)).toMatchObject({ verdict: 'depends-on-cni', usual: 'denied', doubts: ['service-translation'] });
  });

  it('whose endpoints differ says so', () => {
    const second = '{apiVersion: v1, kind: Pod, metadata: {name: second, namespace: shop, labels: {app: server, kept: out}}, spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]}, status: {podIP: 10.1.0.3}}\n---\n';
    const keepOut = policy('{podSelector: {matchLabels: {kept: out}}}');
    expect(ask(worldOf(PODS + second + keepOut), 'pod/client', 'svc/web', 80)).toMatchObject({ verdict: 'depends-on-cni', usual: null, doubts: ['backends-differ'] });
  });

  it('without endpoints is never allowed by what is not there', () => {
    const empty = '{apiVersion: v1, kind: Service, metadata: {name: empty, namespace: shop}, spec: {clusterIP: 10.96.0.81, selector: {app: nobody}, ports: [{port: 80}]}}\n---\n';
    expect(ask(worldOf(PODS + empty + egress('{podSelector: {}}')), 'pod/client', 'svc/empty', 80)).toMatchObject({ verdict: 'depends-on-cni', doubts: ['unknown-peer'] });
    expect(verdict(empty, 'svc/empty', 80)).toBe('allowed');
  });

  it('without a selector is judged by its endpoints’ addresses', () => {
    const outside = `
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {clusterIP: 10.96.0.82, ports: [{port: 5432}]}}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}, addressType: IPv4, ports: [{port: 5432}], endpoints: [{addresses: [198.51.100.11]}]}
---
`;
    expect(ask(worldOf(PODS + outside + egress('{ipBlock: {cidr: 198.51.100.11/32}}')), 'pod/client', 'svc/db', 5432)).toMatchObject({ verdict: 'depends-on-cni', usual: 'allowed' });
    expect(verdict(outside + egress('{ipBlock: {cidr: 198.51.100.11/32}}, {ipBlock: {cidr: 10.96.0.82/32}}'), 'svc/db', 5432)).toBe('allowed');
    expect(verdict(outside + egress('{podSelector: {}}'), 'svc/db', 5432)).toBe('denied');
  });

  it('that is headless is not translated', () => {
    const headless = '{apiVersion: v1, kind: Service, metadata: {name: peers, namespace: shop}, spec: {clusterIP: None, selector: {app: server}, ports: [{port: 80, targetPort: 8080}]}}\n---\n';
    expect(verdict(headless + egress('{podSelector: {}}', '{port: 80}'), 'svc/peers', 80)).toBe('allowed');
    expect(verdict(headless + egress('{podSelector: {}}', '{port: 8080}'), 'svc/peers', 80)).toBe('denied');
  });
});

describe('what no policy can stop', () => {
  const denied = policy('{podSelector: {}, policyTypes: [Ingress, Egress]}');
  it('is a pod and itself, and a pod and its node', () => {
    const world = worldOf(PODS + denied);
    expect(ask(world, 'pod/client', 'pod/client', 80).egress).toMatchObject({ verdict: 'allowed', exempt: 'self' });
    expect(ask(world, 'pod/client', '127.0.0.1', 80).egress).toMatchObject({ verdict: 'allowed', exempt: 'self' });
    expect(ask(world, 'pod/client', '10.9.0.1', 10_250).egress).toMatchObject({ verdict: 'allowed', exempt: 'own-node' });
    expect(ask(world, 'pod/client', '10.9.0.2', 10_250).verdict).toBe('denied');
    expect(ask(world, '10.9.0.2', 'pod/server', 8080).ingress).toMatchObject({ verdict: 'allowed', exempt: 'own-node' });
  });
});

describe('pods with hostNetwork', () => {
  it('as a peer are a pod to some plugins and their node’s address to others', () => {
    const byLabel = egress('{namespaceSelector: {}, podSelector: {matchLabels: {app: agent}}}');
    const both = egress('{namespaceSelector: {}, podSelector: {matchLabels: {app: agent}}}, {ipBlock: {cidr: 10.9.0.2/32}}');
    expect(ask(worldOf(PODS + byLabel), 'pod/client', 'pod/kube-system/agent', 9100)).toMatchObject({ verdict: 'depends-on-cni', usual: 'denied', doubts: ['host-network'] });
    expect(verdict(byLabel, '10.9.0.2', 9100)).toBe('depends-on-cni');
    expect(verdict(both, '10.9.0.2', 9100)).toBe('allowed');
  });
});

describe('a name that is not resolved', () => {
  it('is decided only where every address would be', () => {
    expect(verdict(policy('{podSelector: {}, policyTypes: [Egress]}'), 'api.example.com', 443)).toBe('denied');
    expect(verdict(egress('', '{port: 443}'), 'api.example.com', 443)).toBe('allowed');
    expect(ask(worldOf(PODS + egress('{ipBlock: {cidr: 198.51.100.0/24}}')), 'pod/client', 'api.example.com', 443)).toMatchObject({ verdict: 'depends-on-cni', usual: null, doubts: ['unknown-peer'] });
  });
});

describe('an object that the API server refuses', () => {
  it.each([
    ['{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/33}}]}]}', 'spec.egress[0].to[0].ipBlock.cidr'],
    ['{podSelector: {}, egress: [{to: [{}]}]}', 'spec.egress[0].to[0]'],
    ['{podSelector: {matchExpressions: [{key: a, operator: Is}]}}', 'spec.podSelector.matchExpressions[0].operator'],
    ['{podSelector: {matchExpressions: [{key: a, operator: In}]}}', 'spec.podSelector.matchExpressions[0]'],
    ['{podSelector: {}, ingress: [{ports: [{port: 0}]}]}', 'spec.ingress[0].ports[0].port'],
    ['{podSelector: {}, ingress: [{ports: [{port: http, endPort: 90}]}]}', 'spec.ingress[0].ports[0]'],
    ['{podSelector: {}, policyTypes: [egress]}', 'spec.policyTypes[0]'],
  ])('is told with the place: %s', (spec, path) => {
    const { problems } = readObjects(objects(policy(spec)), 'shop');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ object: 'NetworkPolicy shop/policy', detail: expect.stringContaining(`${path}:`) as string });
  });
});

import { describe } from 'vitest';
import {
  at, clusterDns, connects, dnsServer, files, neighbours, nodeState, podState, resolves, route, routes, says, service, serviceFact, told, tools, traces, interfaces, pings, cniState,
} from './facts.ts';
import type { Fact } from '../../src/domain/facts.ts';
import { contrast, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const HOST = 'api.example.com';
const TO = `tcp://${HOST}:5432`;
const NS = '10.96.0.10';
const CLUSTER = 'kubernetes.default.svc.cluster.local';
const A = '203.0.113.10';
const DNS1 = { address: '10.1.0.53', ready: true, node: 'n1', pod: 'dns-1' };
const DNS2 = { address: '10.1.1.53', ready: true, node: 'n2', pod: 'dns-2' };
const TWO = [DNS1, DNS2];
const SIBLING = contrast('sibling', 'sibling', 'n2');
const NEIGHBOUR = contrast('neighbour', 'pod', 'n1');
const pod: readonly Told[] = [podState('running'), tools('dig', 'nc'), files({ nameservers: [NS], search: ['shop.svc.cluster.local', 'svc.cluster.local'] })];
const link: readonly Told[] = [interfaces(), routes(), neighbours({ '10.1.0.1': 'reachable' })];
const noProxyPod: Told = told({ kind: 'proxy-state' }, { kind: 'proxy-state', node: 'n1', agentPod: null, ready: null, reason: null, restarts: 0, lastErrors: [] });

describe('a cluster\'s DNS that has no answer', () => {
  const lost = [...pod, resolves(HOST, 'try-again'), says(NS, HOST, 'servfail'), clusterDns(NS, 2, TWO)];
  const both = (one: Parameters<typeof says>[2], two: Parameters<typeof says>[2]): readonly Told[] => [says(DNS1.address, HOST, one), says(DNS2.address, HOST, two)];
  tellStories([
    { story: 'its forwarder is silent', to: TO, pod: true, told: [...lost, ...both('servfail', 'servfail'), dnsServer(HOST, { forwarders: ['198.51.100.99'] })], ends: 'dns.servfail certain', detail: 'forward 198.51.100.99' },
    { story: 'its forwarder is its own Service', to: TO, pod: true, told: [...lost, ...both('servfail', 'servfail'), dnsServer(HOST, { forwarders: [NS] })], ends: 'dns.forward-loop likely', detail: NS },
    { story: 'its forwarder is a replica of its own', to: TO, pod: true, told: [...lost, ...both('servfail', 'servfail'), dnsServer(HOST, { forwarders: ['dns://10.1.1.53:53'] })], ends: 'dns.forward-loop likely' },
    { story: 'its forwarder is another server on its own address', to: TO, pod: true, told: [...lost, ...both('servfail', 'servfail'), dnsServer(HOST, { forwarders: ['127.0.0.1:5353'] })], ends: 'dns.servfail certain' },
    { story: 'its loop plugin has said so', to: TO, pod: true, told: [...pod, resolves(HOST, 'try-again'), says(NS, HOST, 'unreachable'), clusterDns(NS, 0), dnsServer(HOST, { loop: '[FATAL] plugin/loop: Loop (127.0.0.1:1 -> :53) detected for zone "."' })], ends: 'dns.forward-loop certain', detail: 'plugin/loop' },
    { story: 'no replica is ready, and nothing is known of a loop', to: TO, pod: true, told: [...pod, resolves(HOST, 'try-again'), says(NS, HOST, 'unreachable'), clusterDns(NS, 0), dnsServer(HOST)], ends: 'dns.cluster-dns-down certain' },
    { story: 'one replica of another node fails, and the address connects', to: TO, pod: true, told: [...lost, ...both([A], 'servfail'), dnsServer(HOST), connects(A, 5432, 'connected'), says(DNS2.address, CLUSTER, ['10.96.0.1'])], ends: 'dns.servfail likely', detail: 'dns-2' },
    { story: 'one replica is silent for every name', to: TO, pod: true, told: [...lost, ...both([A], 'timeout'), dnsServer(HOST), says(DNS2.address, CLUSTER, 'timeout')], ends: 'dns.resolver-unreachable likely', detail: 'dns-2 (10.1.1.53) on n2' },
    { story: 'the replica of this node fails, and so does this pod', to: TO, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...lost, ...both('servfail', [A]), dnsServer(HOST), connects(A, 5432, 'timeout'), ...at('sibling', connects(A, 5432, 'connected')), ...at('neighbour', connects(A, 5432, 'timeout'))], ends: 'node.single-node-fault certain', contrast: 'sibling' },
  ]);
});

describe('the address of the cluster\'s DNS is silent', () => {
  const silent = [...pod, ...link, resolves(HOST, 'try-again'), says(NS, HOST, 'timeout'), says(NS, CLUSTER, 'timeout'), clusterDns(NS, 2, TWO)];
  const elsewherePort = (): Told => {
    const dns = clusterDns(NS, 2, TWO);
    return { ...dns, facts: dns.facts.map((fact) => ({ ...fact, targetPorts: [5353] }) as Fact) };
  };
  const direct = (one: Parameters<typeof says>[2], two: Parameters<typeof says>[2]): readonly Told[] => [says(DNS1.address, CLUSTER, one), says(DNS2.address, CLUSTER, two)];
  tellStories([
    { story: 'its replicas answer', to: TO, pod: true, told: [...silent, noProxyPod, ...direct(['10.96.0.1'], ['10.96.0.1'])], ends: 'service.proxy-broken likely' },
    { story: 'its replicas answer, and a cache of the node that answers at its address may be what is silent', to: TO, pod: true, told: [...silent, noProxyPod, ...direct(['10.96.0.1'], ['10.96.0.1']), dnsServer(HOST, { nodeLocal: { name: 'node-local-dns-1', node: 'n1', phase: 'Running', ready: true, reason: null, restarts: 0 } })], ends: 'service.proxy-broken possible' },
    { story: 'its replicas answer, and its Service leads to another port', to: TO, pod: true, told: [...silent.slice(0, -1), elsewherePort(), ...direct(['10.96.0.1'], ['10.96.0.1'])], ends: 'service.wrong-port likely', detail: 'targetPort 5353' },
    { story: 'no replica answers here, and another pod of this very node resolves the name', to: TO, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...silent, ...direct('timeout', 'timeout'), ...at('sibling', resolves(HOST, [A])), ...at('neighbour', resolves(HOST, [A]))], ends: 'dns.resolver-unreachable likely' },
    { story: 'its replicas answer, and the Service answers the next time', to: TO, pod: true, told: [...silent, noProxyPod, ...direct(['10.96.0.1'], ['10.96.0.1']), says(NS, CLUSTER, ['10.96.0.1'], 'tcp')], ends: 'inconclusive dns.resolver-unreachable' },
    { story: 'one replica answers, one does not', to: TO, pod: true, told: [...silent, ...direct(['10.96.0.1'], 'timeout')], ends: 'dns.resolver-unreachable likely', detail: 'dns-2' },
    { story: 'no replica answers here, pods of another node resolve', to: TO, pod: true, contrasts: [SIBLING], told: [...silent, ...direct('timeout', 'timeout'), ...at('sibling', resolves(HOST, [A]))], ends: 'node.single-node-fault likely', contrast: 'sibling' },
    { story: 'no replica answers anybody', to: TO, pod: true, contrasts: [SIBLING], told: [...silent, ...direct('timeout', 'timeout'), ...at('sibling', resolves(HOST, 'try-again'))], ends: 'dns.resolver-unreachable likely' },
    { story: 'the cluster\'s DNS may not be read', to: TO, pod: true, told: [...pod, ...link, resolves(HOST, 'try-again'), says(NS, HOST, 'timeout'), says(NS, CLUSTER, 'timeout')], ends: 'dns.resolver-unreachable likely' },
  ]);
});

describe('another resolver than the cluster\'s', () => {
  const OTHER = '198.51.100.53';
  const own = [podState('running'), tools('dig', 'nc'), files({ nameservers: [OTHER] })];
  const name = 'pay.shop.svc.cluster.local';
  tellStories([
    { story: 'it does not know a Service, which the cluster\'s does', to: 'svc/pay:8080', pod: true, told: [...own, service('pay', { endpoints: [{ address: '10.1.0.8', port: 8080, ready: true }] }), resolves('pay.shop.svc', 'not-found'), says(OTHER, name, 'nxdomain'), clusterDns(NS, 2, TWO), says(NS, name, ['10.96.7.7'])], ends: 'dns.wrong-resolver certain', detail: 'dnsPolicy' },
    { story: 'it knows no name, and neither does the cluster\'s', to: TO, pod: true, told: [...own, resolves(HOST, 'not-found'), says(OTHER, HOST, 'nxdomain'), clusterDns(NS, 2, TWO), says(NS, HOST, 'nxdomain')], ends: 'dns.nxdomain likely' },
    { story: 'it is silent, and so is the cluster\'s', to: TO, pod: true, told: [...own, ...link, resolves(HOST, 'try-again'), says(OTHER, HOST, 'timeout'), says(OTHER, CLUSTER, 'timeout'), clusterDns(NS, 2, TWO), says(NS, HOST, 'timeout')], ends: 'dns.resolver-unreachable likely' },
    { story: 'it is the cluster\'s, and no search list completes the short name', to: 'tcp://pay:8080', pod: true, told: [podState('running'), tools('dig', 'nc'), files({ nameservers: [NS] }), service('pay', { endpoints: [{ address: '10.1.0.8', port: 8080, ready: true }] }), resolves('pay', 'not-found'), says(NS, name, ['10.96.7.7']), clusterDns(NS, 2, TWO)], ends: 'dns.wrong-resolver likely', detail: 'search (none)' },
    { story: 'it is a cache on the node, and the name does not exist', to: TO, pod: true, told: [podState('running'), tools('dig', 'nc'), files({ nameservers: ['169.254.20.10'] }), resolves(HOST, 'not-found'), says('169.254.20.10', HOST, 'nxdomain'), clusterDns(NS, 2, TWO)], ends: 'dns.nxdomain likely' },
  ]);
});

describe('a nameserver at a link-local address', () => {
  const CLOUD = '169.254.169.254';
  const CACHE = '169.254.20.10';
  const CRASHING = { name: 'node-local-dns-1', node: 'n1', phase: 'Running', ready: false, reason: 'CrashLoopBackOff', restarts: 7 };
  const at = (nameserver: string, dnsPolicy: string): readonly Told[] => [podState('running', { dnsPolicy }), tools('dig', 'nc'), files({ nameservers: [nameserver] }), ...link, resolves(HOST, 'not-found'), says(nameserver, HOST, 'nxdomain')];
  const knows = [clusterDns(NS, 2, TWO), says(NS, HOST, [A])];
  const silent = (nameserver: string, dnsPolicy: string): readonly Told[] => [podState('running', { dnsPolicy }), tools('dig', 'nc'), files({ nameservers: [nameserver] }), ...link, resolves(HOST, 'try-again'), says(nameserver, HOST, 'timeout'), says(nameserver, CLUSTER, 'timeout')];
  tellStories([
    { story: 'dnsPolicy Default: the cloud\'s, that the node has', to: TO, pod: true, told: [...at(CLOUD, 'Default'), ...knows], ends: 'dns.wrong-resolver certain', detail: 'dnsPolicy Default' },
    { story: 'dnsPolicy None: somebody wrote the cloud\'s into the pod', to: TO, pod: true, told: [...at(CLOUD, 'None'), ...knows], ends: 'dns.wrong-resolver certain', detail: 'dnsPolicy None' },
    { story: 'ClusterFirst: the cloud\'s is the cluster\'s', to: TO, pod: true, told: [...at(CLOUD, 'ClusterFirst'), ...knows], ends: 'dns.nxdomain likely' },
    { story: 'dnsPolicy None: the cache of the node', to: TO, pod: true, told: [...at(CACHE, 'None'), ...knows], ends: 'dns.nxdomain likely' },
    { story: 'the cache of the node is silent, and its pod crashes', to: TO, pod: true, told: [...silent(CACHE, 'ClusterFirst'), clusterDns(NS, 2, TWO), dnsServer(HOST, { nodeLocal: CRASHING })], ends: 'dns.resolver-unreachable likely', detail: 'node-local-dns-1 on n1: CrashLoopBackOff' },
    { story: 'the cache of the node is silent, and behind it nobody is ready', to: TO, pod: true, told: [...silent(CACHE, 'ClusterFirst'), clusterDns(NS, 0)], ends: 'dns.cluster-dns-down likely' },
  ]);
});

describe('a Service by its name in a URL', () => {
  const URL = 'http://pay:8080/';
  const name = 'pay.shop.svc.cluster.local';
  tellStories([
    { story: 'there is none', to: URL, pod: true, told: [...pod, service('pay', { exists: false }), resolves('pay', 'not-found'), says(NS, name, 'nxdomain')], ends: 'service.not-found certain', detail: 'shop/pay' },
    { story: 'there is none, and the name resolves by another search domain', to: URL, pod: true, told: [...pod, service('pay', { exists: false }), resolves('pay', [A]), connects(A, 8080, 'refused')], ends: 'tcp.refused likely' },
    { story: 'it has no endpoints', to: URL, pod: true, told: [...pod, service('pay', {})], ends: 'service.no-endpoints certain', detail: 'selector app=pay' },
    { story: 'it has another port', to: 'http://pay.shop.svc.cluster.local/', pod: true, told: [...pod, service('pay', {})], ends: 'service.wrong-port certain', detail: '8080/TCP' },
    { story: 'its targetPort is a name that no container has', to: URL, pod: true, told: [...pod, service('pay', { endpoints: [{ address: '10.1.0.8', port: null, ready: true }] })], ends: 'service.wrong-port certain', detail: 'targetPort' },
    { story: 'a headless one answers on whatever its pods listen on', to: 'tcp://pay:9000', pod: true, told: [...pod, service('pay', { headless: true, endpoints: [{ address: '10.1.0.8', port: 8080, ready: true }] }), resolves('pay', ['10.1.0.8']), connects('10.1.0.8', 9000, 'refused')], ends: 'service.wrong-port likely' },
    { story: 'two labels may be a name of the internet', to: 'http://pay.shop/', pod: true, told: [...pod, service('pay', { exists: false }), resolves('pay.shop', 'not-found'), says(NS, 'pay.shop', 'nxdomain')], ends: 'dns.nxdomain likely' },
    { story: 'two labels that lead to a Service without endpoints', to: 'tcp://pay.shop:8080', pod: true, told: [...pod, service('pay', {}), resolves('pay.shop', ['10.96.7.7']), says(NS, 'pay.shop', 'nxdomain'), connects('10.96.7.7', 8080, 'refused')], ends: 'service.no-endpoints certain', by: 'service.direct/declared' },
  ]);
});

describe('an address that belongs to a Service', () => {
  const VIP = '10.96.7.7';
  const to = `tcp://${VIP}:8080`;
  const whose = (state: Parameters<typeof serviceFact>[1]): Told => told({ kind: 'service-at', address: VIP, port: 8080 }, serviceFact('pay', state));
  const one = { address: '10.1.0.8', port: 9000, ready: true };
  const two = { address: '10.1.1.8', port: 9000, ready: true };
  const silent = [...pod, connects(VIP, 8080, 'timeout')];
  const still = [connects(VIP, 8080, 'timeout', { attempt: 1 }), connects(VIP, 8080, 'timeout', { attempt: 2 }), noProxyPod];
  tellStories([
    { story: 'all endpoints connect', to, pod: true, told: [...silent, ...still, whose({ endpoints: [one, two] }), connects(one.address, 9000, 'connected'), connects(two.address, 9000, 'connected')], ends: 'service.proxy-broken likely' },
    { story: 'all endpoints connect, and it connects from another node', to, pod: true, contrasts: [SIBLING], told: [...silent, ...still, ...at('sibling', connects(VIP, 8080, 'connected')), whose({ endpoints: [one] }), connects(one.address, 9000, 'connected')], ends: 'service.proxy-broken likely', contrast: 'sibling' },
    { story: 'one of two endpoints is dead', to, pod: true, told: [...silent, whose({ endpoints: [one, two] }), connects(one.address, 9000, 'connected'), connects(two.address, 9000, 'timeout')], ends: 'tcp.some-addresses-fail likely', detail: two.address },
    { story: 'a policy keeps the pod from one of two endpoints', to, pod: true, told: [...silent, whose({ endpoints: [one, two] }), connects(one.address, 9000, 'connected'), connects(two.address, 9000, 'timeout'), denies(two.address, 9000)], ends: 'policy.egress-denied likely', by: 'service.direct/some-endpoints', detail: 'shop/deny' },
    { story: 'its endpoint is silent, and a replica is told that nobody is there', to, pod: true, contrasts: [SIBLING], told: [...silent, ...link, { ...whose({}), facts: [{ ...serviceFact('pay', { endpoints: [one] }), clusterAddresses: [VIP] }] }, connects(one.address, 9000, 'timeout'), traces(VIP, 8080, [VIP], true), ...at('sibling', connects(VIP, 8080, 'host-unreachable', { elapsedMs: 3080 }))], ends: 'ip.unreachable likely', evidence: ['sibling connect'] },
    { story: 'its endpoint is silent, and a replica is told so sooner than anybody could look for it', to, pod: true, contrasts: [SIBLING], told: [...silent, ...link, { ...whose({}), facts: [{ ...serviceFact('pay', { endpoints: [one] }), clusterAddresses: [VIP] }] }, connects(one.address, 9000, 'timeout'), traces(VIP, 8080, [VIP], true), ...at('sibling', connects(VIP, 8080, 'host-unreachable'))], ends: 'ip.unreachable possible', evidence: ['sibling connect'] },
    { story: 'only its own node is served, and its endpoint is on another', to: 'svc/pay:8080', pod: true, told: [...pod, told({ kind: 'service', namespace: 'shop', name: 'pay' }, { ...serviceFact('pay', {}), onlyOwnNode: true, endpoints: [{ address: one.address, port: 9000, portName: null, ready: true, serving: true, node: 'n2', pod: 'pay-1' }] })], ends: 'service.no-endpoints certain', detail: 'internalTrafficPolicy Local' },
    { story: 'nobody is behind it', to, pod: true, told: [...pod, connects(VIP, 8080, 'refused'), whose({})], ends: 'service.no-endpoints certain' },
    { story: 'no Service has it', to, pod: true, told: [...pod, connects(VIP, 8080, 'refused'), whose({ exists: false })], ends: 'tcp.refused likely' },
  ]);
});

/** A policy of the pod's namespace forbids this connection. */
function denies(address: string, port: number): Told {
  return told({ kind: 'policy', address, port, transport: 'tcp' }, {
    kind: 'policy', direction: 'egress', pod: 'shop/orders-1', verdict: 'denied', usual: 'denied', doubts: [], selectedBy: ['shop/deny'],
    deciding: [{ policy: 'shop/deny', rule: null, effect: 'denies' }], suggestedPolicy: null, customPolicies: [], unreadable: [],
  });
}

describe('pods whose addresses leave untranslated', () => {
  const to = `tcp://${A}:5432`;
  const silent = [...pod, ...link, connects(A, 5432, 'timeout'), pings(A, 0), cniState(true), says(NS, CLUSTER, ['10.96.0.1'])];
  const NODE = contrast('this machine', 'outside');
  tellStories([
    { story: 'another node answers, the API server does not', to, pod: true, contrasts: [SIBLING], told: [...silent, nodeState(true, false, ['10.9.0.2']), connects('10.96.0.1', 443, 'timeout'), connects('10.9.0.2', 10_250, 'connected'), ...at('sibling', connects(A, 5432, 'connected'))], ends: 'ip.not-masqueraded likely', contrast: 'sibling' },
    { story: 'neither answers', to, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...silent, nodeState(true, false, ['10.9.0.2']), connects('10.96.0.1', 443, 'timeout'), connects('10.9.0.2', 10_250, 'timeout'), ...at('sibling', connects(A, 5432, 'connected')), ...at('neighbour', connects(A, 5432, 'timeout'))], ends: 'node.single-node-fault certain' },
    { story: 'the gateway of its own link answers nobody, though its link address is known', to, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...silent, connects('10.1.0.1', 10_250, 'timeout'), pings('10.1.0.1', 0), nodeState(true), ...at('sibling', connects(A, 5432, 'connected')), ...at('neighbour', connects(A, 5432, 'timeout'))], ends: 'link.gateway-unreachable likely', detail: '10.1.0.1' },
    { story: 'the gateway refuses, so it is there', to, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...silent, connects('10.1.0.1', 10_250, 'refused'), pings('10.1.0.1', 0), nodeState(true), ...at('sibling', connects(A, 5432, 'connected')), ...at('neighbour', connects(A, 5432, 'timeout'))], ends: 'node.single-node-fault certain' },
    { story: 'the API server answers', to, pod: true, contrasts: [SIBLING, NEIGHBOUR], told: [...silent, nodeState(true, false, ['10.9.0.2']), connects('10.96.0.1', 443, 'connected'), connects('10.9.0.2', 10_250, 'connected'), ...at('sibling', connects(A, 5432, 'connected')), ...at('neighbour', connects(A, 5432, 'timeout'))], ends: 'node.single-node-fault certain' },
    { story: 'no pod connects, this machine does', to, pod: true, contrasts: [SIBLING, NODE], told: [...silent, nodeState(true, false, ['10.9.0.2']), connects('10.96.0.1', 443, 'timeout'), connects('10.9.0.2', 10_250, 'refused'), ...at('sibling', connects(A, 5432, 'timeout')), ...at('this machine', connects(A, 5432, 'connected'))], ends: 'ip.not-masqueraded likely' },
    { story: 'a default route is all that is missing', to, pod: true, told: [...pod, connects(A, 5432, 'network-unreachable'), interfaces(), routes(route('10.1.0.0/24', null)), neighbours({})], ends: 'ip.no-route certain' },
  ]);
});

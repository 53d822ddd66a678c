import { describe } from 'vitest';
import type { PolicyFact } from '../../src/domain/facts.ts';
import type { Question } from '../../src/domain/question.ts';
import { at, clusterDns, connects, files, httpFact, interfaces, nodeState, cniState, pings, podState, requests, resolves, says, told, tools, traces, tlsFact, GOOD_LINK } from './facts.ts';
import { contrast, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const TO = `tcp://${A}:5432`;
const HOST = 'api.example.com';
const NS = '192.0.2.53';
const NODE = contrast('node', 'node', 'n1');
const pod = [podState('running'), tools('nc'), files({ nameservers: [NS] })];

function declares(address: string, port: number, transport: 'tcp' | 'udp', ...facts: readonly Partial<PolicyFact>[]): Told {
  return told({ kind: 'policy', address, port, transport }, ...facts.map((one): PolicyFact => ({
    kind: 'policy', direction: 'egress', pod: 'shop/orders-1', verdict: 'allowed', usual: one.verdict === 'denied' ? 'denied' : 'allowed', doubts: [],
    selectedBy: [], deciding: [], suggestedPolicy: null, customPolicies: [], unreadable: [], ...one,
  })));
}

const CLUSTER = 'kubernetes.default.svc.cluster.local';

/** The question for the cluster's own name that is put once more, for its IPv6 address. */
function sixth(outcome: 'no-data' | 'timeout'): Told {
  const { question, facts, vantage } = says(NS, CLUSTER, outcome);
  return { vantage, facts, question: { ...question, recordType: 'AAAA' } as Question };
}

const denied: Partial<PolicyFact> = { verdict: 'denied', selectedBy: ['shop/deny-all'] };

describe('what policies declare', () => {
  const silent = [...pod, connects(A, 5432, 'timeout')];
  const elsewhereOpen = at('node', connects(A, 5432, 'connected'));
  const healthy = [...GOOD_LINK, pings(A, 0), nodeState(true), cniState(true)];
  tellStories([
    { story: 'egress is denied, and it is silent', to: TO, pod: true, told: [...silent, declares(A, 5432, 'tcp', denied)], ends: 'policy.egress-denied likely', detail: 'shop/deny-all', evidence: ['policy', 'connect'] },
    { story: 'egress is denied, and the node connects', to: TO, pod: true, contrasts: [NODE], told: [...silent, ...elsewhereOpen, declares(A, 5432, 'tcp', denied)], ends: 'policy.egress-denied certain', contrast: 'node' },
    { story: 'egress is denied as most plugins read it', to: TO, pod: true, told: [...silent, declares(A, 5432, 'tcp', { verdict: 'depends-on-cni', usual: 'denied', selectedBy: ['shop/some'] })], ends: 'policy.egress-denied possible' },
    { story: 'the cluster\'s administrator denies it', to: TO, pod: true, told: [...silent, declares(A, 5432, 'tcp', { ...denied, selectedBy: ['AdminNetworkPolicy no-database'], deciding: [{ policy: 'AdminNetworkPolicy no-database', rule: 0, effect: 'denies' }] })], ends: 'policy.cni-denied likely', detail: 'AdminNetworkPolicy no-database', by: 'policy.declared/plugin-policy' },
    { story: 'the other side lets nobody in', to: TO, pod: true, told: [...silent, declares(A, 5432, 'tcp', {}, { ...denied, direction: 'ingress' })], ends: 'policy.ingress-denied likely' },
    { story: 'it is allowed, and a policy of the plugin selects the pod', to: TO, pod: true, contrasts: [NODE], told: [...silent, ...elsewhereOpen, declares(A, 5432, 'tcp', { customPolicies: ['CiliumNetworkPolicy shop/lockdown'] })], ends: 'policy.cni-denied likely', detail: 'lockdown' },
    { story: 'a policy of the plugin selects the pod, and nobody gets through', to: TO, pod: true, told: [...silent, ...healthy, pings('203.0.113.9', 0), declares(A, 5432, 'tcp', { customPolicies: ['CiliumNetworkPolicy shop/lockdown'] })], ends: 'tcp.host-silent possible' },
    { story: 'policies may not be read', to: TO, pod: true, told: [...silent, ...healthy], ends: 'tcp.host-silent possible', by: 'policy.declared/cannot-tell' },
    { story: 'DNS is denied, and the resolver is silent', to: `tcp://${HOST}:5432`, pod: true, told: [...pod, resolves(HOST, 'try-again'), says(NS, HOST, 'timeout'), clusterDns(NS, 2), declares(NS, 53, 'udp', denied)], ends: 'policy.dns-denied likely' },
    { story: 'DNS is declared denied, and the resolver answers for its own names each time', to: `tcp://${HOST}:5432`, pod: true, told: [...pod, resolves(HOST, 'try-again'), says(NS, HOST, 'timeout'), says(NS, CLUSTER, ['10.96.0.1']), clusterDns(NS, 2), declares(NS, 53, 'udp', denied), sixth('no-data')], ends: 'dns.servfail likely' },
    { story: 'DNS is declared denied, and one question of several was answered', to: `tcp://${HOST}:5432`, pod: true, told: [...pod, resolves(HOST, 'try-again'), says(NS, HOST, 'timeout'), says(NS, CLUSTER, ['10.96.0.1']), clusterDns(NS, 2), declares(NS, 53, 'udp', denied), sixth('timeout')], ends: 'policy.dns-denied likely', by: 'dns.resolver/policy', evidence: ['policy', 'query'] },
    { story: 'DNS is declared denied, and only the very question was answered', to: `tcp://${HOST}:5432`, pod: true, told: [...pod, resolves(HOST, 'try-again'), says(NS, HOST, [A]), clusterDns(NS, 2), declares(NS, 53, 'udp', denied), sixth('timeout')], ends: 'policy.dns-denied likely', by: 'dns.resolve/policy' },
  ]);
});

describe('a proxy between', () => {
  const HTTPS = `https://${HOST}/`;
  const HTTP = `http://${HOST}/`;
  const INTERNAL = 'http://billing.corp.internal/';
  const proxied = [tools('curl'), files({ proxies: { https_proxy: 'http://proxy.corp:3128', http_proxy: 'http://proxy.corp:3128' } })];
  const through = (status: number): ReturnType<typeof httpFact> => httpFact('response', status, { proxy: 'proxy.corp:3128' });
  const direct = (url: string, ...facts: readonly ReturnType<typeof httpFact>[]): Told => told({ kind: 'request', url, address: null, direct: true, attempt: 0 }, ...facts);
  const openWay = [tools('curl'), files(), resolves(HOST, [A])];
  tellStories([
    { story: 'an error of the dependency inside TLS is no proxy\'s, though the direct way is closed', to: HTTPS, told: [...proxied, requests(HTTPS, through(503))], ends: 'app.http-server-error certain' },
    { story: 'plain HTTP is answered 503 by somebody, and the direct way is closed', to: HTTP, told: [...proxied, requests(HTTP, through(503))], ends: 'proxy.denied likely' },
    { story: 'plain HTTP is answered 404, which proxies do not say', to: HTTP, told: [...proxied, requests(HTTP, through(404))], ends: 'app.http-client-error certain' },
    { story: 'the dependency says 503 without the proxy too', to: HTTP, told: [...proxied, requests(HTTP, through(503)), direct(HTTP, httpFact('response', 503))], ends: 'app.http-server-error certain' },
    { story: 'an internal name answers without the proxy', to: INTERNAL, told: [...proxied, requests(INTERNAL, through(502)), direct(INTERNAL, httpFact('response', 200))], ends: 'proxy.no-proxy-gap certain' },
    { story: 'an internal name is refused by CONNECT, and answers without the proxy', to: 'https://billing.corp.internal/', told: [...proxied, requests('https://billing.corp.internal/', httpFact('proxy-refused', 403)), direct('https://billing.corp.internal/', httpFact('response', 200))], ends: 'proxy.no-proxy-gap certain', by: 'proxy.connect/not-needed' },
    { story: 'others go through a proxy that this pod does not know', to: HTTPS, contrasts: [NODE], told: [...openWay, connects(A, 443, 'timeout'), requests(HTTPS, httpFact('no-answer', null)), ...at('node', files({ proxies: { https_proxy: 'http://proxy.corp:3128' } }), requests(HTTPS, through(200)))], ends: 'proxy.required likely', contrast: 'node' },
  ]);
});

describe('a silence that has a size', () => {
  const HTTP = `http://${HOST}/`;
  const open = [tools('curl'), files(), resolves(HOST, [A]), connects(A, 80, 'connected'), connects(A, 47, 'refused'), interfaces()];
  const large = (received: number): Told => ({ ...pings(A, received), question: { kind: 'ping', address: A, sizeBytes: 1472 } });
  tellStories([
    { story: 'small echoes come back, large ones do not', to: HTTP, told: [...open, requests(HTTP, httpFact('no-answer', null)), pings(A, 3), large(0)], ends: 'ip.pmtu-blackhole likely', evidence: ['ping'] },
    { story: 'both come back', to: HTTP, told: [...open, requests(HTTP, httpFact('no-answer', null)), pings(A, 3), large(3)], ends: 'app.slow-response likely' },
    { story: 'no echo comes back at all', to: HTTP, told: [...open, requests(HTTP, httpFact('no-answer', null)), pings(A, 0), large(0)], ends: 'app.slow-response likely' },
    { story: 'a TLS handshake hangs, and large echoes are lost', to: `https://${HOST}/`, told: [tools('curl'), files(), resolves(HOST, [A]), connects(A, 443, 'connected'), connects(A, 47, 'refused'), interfaces(), requests(`https://${HOST}/`, tlsFact('timeout')), told({ kind: 'tls', address: A, port: 443, serverName: HOST }, tlsFact('timeout')), pings(A, 3), large(0)], ends: 'ip.pmtu-blackhole likely' },
  ]);
});

describe('a router that says no to one port', () => {
  const unreachable = [tools('nc'), files(), connects(A, 5432, 'host-unreachable', { elapsedMs: 60 }), ...GOOD_LINK];
  tellStories([
    { story: 'the host itself prohibits it', to: TO, told: [...unreachable, traces(A, 5432, ['10.1.0.1', `${A}!prohibited`])], ends: 'tcp.rejected-on-path likely', by: 'ip.trace/port-rejected' },
    { story: 'a router prohibits it, and the host answers pings', to: TO, told: [...unreachable, pings(A, 3), traces(A, 5432, ['10.1.0.1', '198.51.100.1!prohibited'])], ends: 'tcp.rejected-on-path likely', detail: '198.51.100.1' },
    { story: 'a router says that the host is unreachable, and the host answers pings', to: TO, told: [...unreachable, pings(A, 3), traces(A, 5432, ['10.1.0.1', '198.51.100.1!host-unreachable'])], ends: 'tcp.rejected-on-path likely', detail: '198.51.100.1' },
    { story: 'a router prohibits it, and nothing else of the host answers', to: TO, told: [...unreachable, pings(A, 0), traces(A, 5432, ['10.1.0.1', '198.51.100.1!prohibited'])], ends: 'ip.prohibited certain' },
    { story: 'the node looks for it on its own link, the other place gets there', to: TO, contrasts: [NODE], told: [...unreachable, pings(A, 0), traces(A, 5432, ['10.1.0.1!host-unreachable']), ...at('node', connects(A, 5432, 'connected'))], ends: 'ip.cidr-overlap likely', contrast: 'node' },
  ]);
});

import fc from 'fast-check';
import type { ConnectOutcome, Fact, HttpFact, PolicyFact, ResolveOutcome, TlsFailure } from '../../src/domain/facts.ts';
import { askedKey, type Asked, type Question } from '../../src/domain/question.ts';
import {
  certificate, cniState, clusterDns, connectFact, files, httpFact, interfaces, neighbours, nodeState, noRoutes, pings, podState, resolves, route, routes, service, speaks, tlsFact, tools,
  traces,
} from './facts.ts';
import { unavailable } from './situation.ts';

/**
 * A world answers whatever the tree asks: each question gets an answer drawn from all answers that it can have. So the walks are
 * those that could happen, not only those that somebody thought of.
 */
const NAMES = ['203.0.113.1', '203.0.113.2', '10.1.0.99', '2001:db8::1'] as const;
const CONNECTS: readonly ConnectOutcome[] = ['connected', 'refused', 'timeout', 'reset', 'network-unreachable', 'host-unreachable', 'not-permitted', 'address-not-available', 'name-not-resolved', 'failed'];
const RESOLVES: readonly ResolveOutcome[] = ['answered', 'nxdomain', 'no-data', 'servfail', 'refused', 'timeout', 'unreachable', 'not-found', 'try-again', 'failed'];
const TLS: readonly (TlsFailure | null)[] = [null, 'expired', 'not-yet-valid', 'self-signed', 'unknown-ca', 'incomplete-chain', 'hostname-mismatch', 'plaintext', 'version', 'no-shared-cipher', 'client-certificate-required', 'unrecognized-name', 'closed', 'reset', 'timeout', 'untrusted', 'handshake'];
const HTTP: readonly HttpFact['outcome'][] = ['response', 'no-answer', 'closed', 'reset', 'partial', 'not-http', 'proxy-refused'];
const STATUS = [200, 204, 301, 400, 401, 403, 404, 407, 429, 500, 502, 503, 504] as const;
const SPOKEN = ['answered', 'rejected', 'error', 'other-protocol', 'silent', 'open', 'closed', 'reset'] as const;

const outcome = fc.constantFrom(...CONNECTS);
const addresses = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 });

function resolveFacts(name: string): fc.Arbitrary<readonly Fact[]> {
  return fc.record({ outcome: fc.constantFrom(...RESOLVES), addresses, elapsedMs: fc.constantFrom(5, 5010), truncated: fc.boolean() })
    .map((one) => resolves(name, one.outcome === 'answered' ? one.addresses : one.outcome, { elapsedMs: one.elapsedMs, truncated: one.truncated }).facts);
}

const http = fc.record({ outcome: fc.constantFrom(...HTTP), status: fc.constantFrom(...STATUS), mesh: fc.boolean() })
  .map(({ outcome: how, status, mesh }) => httpFact(how, how === 'response' || how === 'proxy-refused' ? status : null, mesh ? { headers: { server: 'envoy' } } : {}));
const tls = fc.record({ failure: fc.constantFrom(...TLS), chain: fc.boolean() })
  .map(({ failure, chain }) => tlsFact(failure, chain ? { chain: [certificate()] } : {}));
const request = (address: string, port: number): fc.Arbitrary<readonly Fact[]> => fc.oneof(
  http.map((one) => [connectFact(address, port, 'connected'), one]),
  outcome.map((how) => [connectFact(address, port, how)]),
  tls.map((one) => [connectFact(address, port, 'connected'), one]),
);
const exchange = (question: Extract<Question, { kind: 'exchange' }>): fc.Arbitrary<readonly Fact[]> => fc.oneof(
  fc.tuple(fc.constantFrom(...SPOKEN), fc.constantFrom(null, 'http', 'tls', 'ssh')).map(([how, recognised]) => speaks(question, how, recognised).facts),
  outcome.map((how) => [connectFact(question.address, question.port, how)]),
);
const filesFacts = fc.record({
  nameservers: fc.subarray(['192.0.2.53', '127.0.0.53', '10.1.0.53']),
  search: fc.subarray(['corp.example']),
  hosts: fc.constantFrom({}, { '203.0.113.1': ['api.example.com'] }),
  proxies: fc.constantFrom({}, {}, { https_proxy: 'http://proxy.corp:3128', http_proxy: 'http://proxy.corp:3128' }),
  clockOffsetMs: fc.constantFrom(0, 3_600_000, -3_600_000),
}).map((one) => files(one).facts);
const hop = fc.constantFrom(null, '10.1.0.1', '198.51.100.1', '198.51.100.2', '198.51.100.1!prohibited', '198.51.100.2!host-unreachable', '203.0.113.1');

const DECLARED = ['allowed', 'denied', 'depends-on-cni'] as const;

function policyFact(direction: PolicyFact['direction'], verdict: PolicyFact['verdict'], custom: boolean): PolicyFact {
  return {
    kind: 'policy', direction, pod: 'shop/orders-1', verdict, usual: verdict === 'allowed' ? 'allowed' : 'denied', doubts: [], selectedBy: ['shop/some'],
    deciding: [], suggestedPolicy: null, customPolicies: custom ? ['CiliumNetworkPolicy shop/x'] : [], unreadable: [],
  };
}

/** All that can be answered to one question, `unavailable` among it; good answers often enough for walks to get far. */
function answersTo({ question }: Asked): fc.Arbitrary<readonly Fact[]> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant([unavailable()]) },
    { weight: question.kind === 'tools' || question.kind === 'pod-state' ? 30 : 5, arbitrary: fc.constant(goodAnswerTo(question)) },
    { weight: 5, arbitrary: realAnswersTo(question) },
  );
}

function goodAnswerTo(question: Question): readonly Fact[] {
  switch (question.kind) {
    case 'tools': return tools('curl').facts;
    case 'pod-state': return podState('running').facts;
    case 'service': return service('pay', { endpoints: [{ address: '10.1.0.8', port: 9000, ready: true }] }).facts;
    case 'files': return files().facts;
    case 'resolve': return resolves(question.name, ['203.0.113.1', '203.0.113.2']).facts;
    case 'connect': return [connectFact(question.address, question.port, question.port === 47 || question.port === 61 ? 'refused' : 'connected')];
    case 'request': return [connectFact('203.0.113.1', 443, 'connected'), httpFact('response', 200)];
    case 'tls': return [tlsFact(null, { chain: [certificate()] })];
    case 'exchange': return speaks(question, 'answered').facts;
    default: return [unavailable()];
  }
}

function realAnswersTo(question: Question): fc.Arbitrary<readonly Fact[]> {
  switch (question.kind) {
    case 'tools': return fc.constantFrom(tools('curl').facts, tools('bash').facts, tools().facts);
    case 'files': return filesFacts;
    case 'resolve': return resolveFacts(question.name);
    case 'query': return resolveFacts(question.name);
    case 'connect': return outcome.map((how) => [connectFact(question.address, question.port, how)]);
    case 'request': return fc.constantFrom(...NAMES).chain((address) => request(question.address ?? address, question.url.startsWith('https') ? 443 : 80));
    case 'tls': return tls.map((one) => [one]);
    case 'exchange': return exchange(question);
    case 'ping': return fc.constantFrom(0, 3).map((received) => pings(question.address, received).facts);
    case 'trace': return fc.tuple(fc.array(hop, { maxLength: 8 }), fc.boolean()).map(([hops, reached]) => traces(question.address, question.port, hops, reached).facts);
    case 'interfaces': return fc.constantFrom(interfaces().facts, interfaces({ up: false }).facts, interfaces({ addresses: ['10.1.0.7/24', '2001:db8:1::7/64'] }).facts);
    case 'routes': return fc.constantFrom(routes().facts, noRoutes().facts, routes(route('0.0.0.0/0', null, 'prohibit')).facts);
    case 'neighbours': return fc.constantFrom(neighbours().facts, neighbours({ '10.1.0.1': 'failed' }).facts, neighbours({ '10.1.0.99': 'incomplete' }).facts);
    case 'sockets': return fc.constantFrom('ESTAB', 'CLOSE-WAIT', 'SYN-SENT').chain((state) => fc.constantFrom(0, 1, 30).map((count) => [{
      kind: 'sockets',
      sockets: Array.from({ length: count }, () => ({ state, localAddress: '10.1.0.7', localPort: 40_000, remoteAddress: '203.0.113.1', remotePort: 443 })),
    }]));
    case 'pod-state': return fc.constantFrom(podState('running').facts, podState('running').facts, podState('waiting').facts, podState('unknown', { sandboxFailure: 'no IP' }).facts);
    case 'node-state': return fc.constantFrom(nodeState(true).facts, nodeState(false).facts, nodeState(null, null).facts, nodeState(true, true).facts);
    case 'cni-state': return fc.constantFrom(cniState(true).facts, cniState(false).facts, cniState(null, null).facts);
    case 'cluster-dns': return fc.constantFrom(clusterDns('192.0.2.53', 2).facts, clusterDns('192.0.2.53', 0).facts, clusterDns(null, 0).facts);
    case 'policy': return fc.record({ egress: fc.constantFrom(...DECLARED), ingress: fc.constantFrom(...DECLARED), custom: fc.boolean() })
      .map(({ egress, ingress, custom }) => [policyFact('egress', egress, custom), policyFact('ingress', ingress, false)]);
    case 'service': return fc.constantFrom(
      service('pay', { exists: false }).facts, service('pay', {}).facts, service('pay', { type: 'ExternalName', externalName: 'gone.example' }).facts,
      service('pay', { endpoints: [{ address: '10.1.0.8', port: 9000, ready: true }] }).facts,
    );
  }
}

/** Draws an answer for each question as it is asked; the same question gets the same answer. */
export type World = (asked: Asked) => readonly Fact[];

/** A world is a seed: fast-check shrinks it to a small one, and each question's answer depends on the seed and its key alone. */
export const worlds: fc.Arbitrary<World> = fc.nat().map((seed) => {
  const drawn = new Map<string, readonly Fact[]>();
  return (asked) => {
    const key = askedKey(asked);
    const already = drawn.get(key);
    if (already !== undefined) return already;
    const [facts = [unavailable()]] = fc.sample(answersTo(asked), { numRuns: 1, seed: hash(`${String(seed)} ${key}`) });
    drawn.set(key, facts);
    return facts;
  };
});

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193);
  return value | 0;
}

import fc from 'fast-check';
import type { ConnectOutcome, Fact, HttpFact, PolicyFact, ResolveOutcome, TlsFailure } from '../../src/domain/facts.ts';
import { askedKey, type Asked, type Question } from '../../src/domain/question.ts';
import {
  certificate, cniState, clusterDns, conntrack, counters, connectFact, dnsServer, files, httpFact, interfaces, logError, logged, neighbours, nodeState, noRoutes, pings, podState, resolves, route, routes, service, serviceFact, speaks, tlsFact, tools,
  traces, uses, usesEndpoint,
} from './facts.ts';
import { unavailable } from './situation.ts';

/**
 * A world answers whatever the tree asks: each question gets an answer drawn from all answers that it can have. So the walks are
 * those that could happen, not only those that somebody thought of.
 */
const NAMES = ['203.0.113.1', '203.0.113.2', '10.1.0.99', '2001:db8::1'] as const;
const CONNECTS: readonly ConnectOutcome[] = ['connected', 'refused', 'timeout', 'reset', 'network-unreachable', 'host-unreachable', 'protocol-unreachable', 'not-permitted', 'address-not-available', 'name-not-resolved', 'failed'];
const RESOLVES: readonly ResolveOutcome[] = ['answered', 'nxdomain', 'no-data', 'servfail', 'refused', 'timeout', 'unreachable', 'not-found', 'try-again', 'failed'];
const TLS: readonly (TlsFailure | null)[] = [null, 'expired', 'not-yet-valid', 'self-signed', 'unknown-ca', 'incomplete-chain', 'hostname-mismatch', 'plaintext', 'version', 'no-shared-cipher', 'client-certificate-required', 'unrecognized-name', 'closed', 'reset', 'timeout', 'untrusted', 'handshake'];
const HTTP: readonly HttpFact['outcome'][] = ['response', 'no-answer', 'closed', 'reset', 'partial', 'not-http', 'proxy-refused'];
const STATUS = [200, 204, 301, 400, 401, 403, 404, 407, 429, 500, 502, 503, 504] as const;
const SPOKEN = ['answered', 'rejected', 'error', 'other-protocol', 'silent', 'open', 'closed', 'reset'] as const;

const LOG_ERRORS = (['timeout', 'reset', 'dns', 'other', 'http-status'] as const).flatMap((meaning) =>
  [...NAMES, 'api.example.com', 'api.exmaple.com', null].map((host) => logError('it failed', { meaning, host, port: host === null ? null : 443, cause: host === null ? 'app.connections-exhausted' : null })));

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
    case 'processes': return fc.constantFrom(12, 1020).map((openFiles) => [{ kind: 'processes', processes: [{ pid: 1, name: 'app', openFiles, openFilesLimit: 1024 }] }]);
    case 'conntrack': return fc.constantFrom('10.1.0.7', '198.51.100.200').chain((answersGoTo) => fc.constantFrom(5, 1000).map((failures) => conntrack({
      entries: failures, insertFailed: question.attempt * failures, flows: [{ source: '10.1.0.7', destination: question.address, port: 443, answersGoTo, answered: false }],
    }).facts));
    case 'counters': return fc.constantFrom(counters(), counters({ counters: { TcpRetransSegs: 9 }, changes: { TcpRetransSegs: 9 } }));
    case 'pod-state': return fc.constantFrom(podState('running').facts, podState('running').facts, podState('waiting').facts, podState('unknown', { sandboxFailure: 'no IP' }).facts);
    case 'node-state': return fc.constantFrom(nodeState(true).facts, nodeState(false).facts, nodeState(null, null).facts, nodeState(true, true).facts);
    case 'cni-state': return fc.constantFrom(cniState(true).facts, cniState(false).facts, cniState(null, null).facts);
    case 'cluster-dns': return fc.constantFrom(clusterDns('192.0.2.53', 2, [{ address: '10.1.0.53', ready: true, node: 'n1', pod: 'dns-1' }, { address: '10.1.1.53', ready: true, node: 'n2', pod: 'dns-2' }]).facts, clusterDns('192.0.2.53', 0).facts, clusterDns(null, 0).facts);
    case 'proxy-state': return fc.constantFrom(true, false).map((ready) => [{
      kind: 'proxy-state', node: 'n1', agentPod: ready ? null : 'kube-system/kube-proxy-x', ready: ready ? null : false, reason: null, restarts: 0, lastErrors: [],
    }]);
    case 'dns-server': return fc.constantFrom(dnsServer(question.name).facts, dnsServer(question.name, { loop: 'plugin/loop: Loop detected' }).facts, dnsServer(question.name, { forwarders: ['192.0.2.53'] }).facts);
    case 'changes': return fc.constant([{ kind: 'changes', windowMs: 3_600_000, changes: [], unreadable: [] }]);
    case 'service-at': return fc.constantFrom([serviceFact('', { exists: false })], [serviceFact('pay', { endpoints: [{ address: '10.1.0.8', port: 9000, ready: true }] })], [serviceFact('pay', {})]);
    case 'policy': return fc.record({ egress: fc.constantFrom(...DECLARED), ingress: fc.constantFrom(...DECLARED), custom: fc.boolean() })
      .map(({ egress, ingress, custom }) => [policyFact('egress', egress, custom), policyFact('ingress', ingress, false)]);
    case 'log': return fc.constantFrom(...LOG_ERRORS).chain((error) => fc.constantFrom(logged(error).facts, logged().facts));
    case 'endpoints': return fc.constantFrom('api.exmaple.com', 'db.example.com').map((host) => uses([usesEndpoint(host, 443, { state: 'failing' })], [{ name: 'API_TIMEOUT', limitMs: 10 }]).facts);
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

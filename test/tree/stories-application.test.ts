import { describe } from 'vitest';
import {
  at, cannot, certificate, connectFact, connects, files, handshakes, httpFact, interfaces, requests, requestsAgain, requestsInPlain, resolves, says, speaks, tlsFact, tools,
} from './facts.ts';
import { contrast, unavailable, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const HOST = 'api.example.com';
const HTTPS = `https://${HOST}/health`;
const HTTP = `http://${HOST}/health`;
const NODE = contrast('node', 'node');

function open(port: number): readonly Told[] {
  return [
    tools('curl'), files(), resolves(HOST, [A]), connects(A, port, 'connected'), connects(A, port, 'connected', { attempt: 1 }),
    connects(A, port, 'connected', { attempt: 2 }), connects(A, 47, 'refused'), connects(A, 61, 'refused'), interfaces(),
  ];
}
const web = open(443);
const plain = open(80);

describe('an answer over HTTP', () => {
  const answers = (status: number, more: Parameters<typeof httpFact>[2] = {}): readonly Told[] => [...web, handshakes(A, 443, HOST, null), requests(HTTPS, tlsFact(null), httpFact('response', status, more))];
  tellStories([
    { story: '200', to: HTTPS, told: answers(200), ends: 'reachable certain', evidence: ['request', 'connect', 'tls'] },
    { story: '204', to: HTTPS, told: answers(204), ends: 'reachable certain' },
    { story: '301', to: HTTPS, told: answers(301), ends: 'reachable certain' },
    { story: '400', to: HTTPS, told: answers(400), ends: 'app.http-client-error certain', detail: '400' },
    { story: '401', to: HTTPS, told: answers(401), ends: 'app.auth-rejected certain' },
    { story: '404', to: HTTPS, told: answers(404), ends: 'app.http-client-error certain' },
    { story: '429', to: HTTPS, told: answers(429), ends: 'app.rate-limited certain' },
    { story: '503 with Retry-After', to: HTTPS, told: answers(503, { headers: { 'retry-after': '5' } }), ends: 'app.rate-limited certain' },
    { story: '500', to: HTTPS, told: answers(500, { headers: { server: 'nginx' } }), ends: 'app.http-server-error certain', detail: 'nginx' },
    { story: '502 from somebody between', to: HTTPS, told: answers(502), ends: 'app.http-server-error likely' },
    { story: '502 from a mesh', to: HTTPS, told: answers(502, { headers: { server: 'envoy' } }), ends: 'mesh.blocked likely' },
    { story: '400 from a TLS port that got plain HTTP', to: HTTP, told: [...plain, requests(HTTP, httpFact('response', 400, { bodyStart: 'The plain HTTP request was sent to HTTPS port' }))], ends: 'tls.expected-on-port certain' },
    { story: 'the second try answers, after a handshake that failed by itself', to: HTTPS, told: [...web, handshakes(A, 443, HOST, null), requests(HTTPS, tlsFact('reset')), requestsAgain(HTTPS, httpFact('response', 200))], ends: 'tcp.intermittent likely' },
    { story: 'curl is missing, the port is open', to: HTTPS, told: [...web, cannot({ kind: 'request', url: HTTPS, address: null, direct: false, attempt: 0 })], ends: 'inconclusive', by: 'tcp.connect/connects' },
  ]);
});

describe('a connection without a whole answer', () => {
  tellStories([
    { story: 'it closes before an answer', to: HTTP, told: [...plain, requests(HTTP, connectFact(A, 80, 'connected'), httpFact('closed', null))], ends: 'app.connection-closed likely' },
    { story: 'it closes on plain HTTP and completes a handshake', to: HTTP, told: [...plain, requests(HTTP, httpFact('closed', null)), handshakes(A, 80, HOST, null)], ends: 'tls.expected-on-port likely' },
    { story: 'it answers plain HTTP with an alert, and completes a handshake', to: HTTP, told: [...plain, requests(HTTP, httpFact('not-http', null)), handshakes(A, 80, HOST, null)], ends: 'tls.expected-on-port certain' },
    { story: 'it speaks something else', to: HTTP, told: [...plain, requests(HTTP, httpFact('not-http', null, { bodyStart: 'SSH-2.0-x' }))], ends: 'app.protocol-mismatch likely', detail: 'SSH' },
    { story: 'no byte comes', to: HTTP, told: [...plain, requests(HTTP, httpFact('no-answer', null))], ends: 'app.slow-response likely' },
    { story: 'no byte comes, and ports that cannot be open accept', to: HTTP, told: [...plain.filter(({ question }) => question.kind !== 'connect' || question.port === 80), connects(A, 47, 'connected'), connects(A, 61, 'connected'), requests(HTTP, httpFact('no-answer', null))], ends: 'tcp.fake-accept likely' },
    { story: 'the body stops short', to: HTTP, told: [...plain, requests(HTTP, httpFact('partial', 200))], ends: 'app.connection-closed likely' },
  ]);
});

describe('a handshake that fails', () => {
  const TLS = [
    ['an expired certificate', 'expired', 'tls.expired certain'],
    ['a certificate of tomorrow', 'not-yet-valid', 'tls.not-yet-valid certain'],
    ['a self-signed certificate', 'self-signed', 'tls.self-signed certain'],
    ['an unknown authority', 'unknown-ca', 'tls.unknown-ca certain'],
    ['a missing intermediate', 'incomplete-chain', 'tls.incomplete-chain likely'],
    ['another name', 'hostname-mismatch', 'tls.hostname-mismatch certain'],
    ['plain text on the port', 'plaintext', 'tls.plaintext-port certain'],
    ['no common version', 'version', 'tls.version-unsupported certain'],
    ['no common cipher', 'no-shared-cipher', 'tls.no-shared-cipher likely'],
    ['a client certificate wanted', 'client-certificate-required', 'tls.client-certificate-required certain'],
    ['a name that is not served', 'unrecognized-name', 'tls.sni-required likely'],
    ['a certificate that is not trusted, nobody says why', 'untrusted', 'tls.unknown-ca possible'],
    ['a close', 'closed', 'app.connection-closed likely'],
    ['a reset', 'reset', 'app.connection-closed likely'],
    ['silence', 'timeout', 'app.slow-response likely'],
    ['a failure without a name', 'handshake', 'inconclusive'],
  ] as const;
  tellStories([
    ...TLS.map(([story, failure, ends]) => ({ story: `curl and our own handshake see ${story}`, to: HTTPS, told: [...web, requests(HTTPS, tlsFact(failure)), handshakes(A, 443, HOST, failure)], ends }) as const),
    ...TLS.map(([story, failure, ends]) => ({ story: `only our own handshake sees ${story}`, to: `tls://${HOST}`, told: [...web, handshakes(A, 443, HOST, failure)], ends }) as const),
    { story: 'curl says little, our own handshake says why', to: HTTPS, told: [...web, requests(HTTPS, tlsFact('untrusted')), handshakes(A, 443, HOST, 'incomplete-chain')], ends: 'tls.incomplete-chain likely' },
    { story: 'the pod\'s clock is an hour fast', to: HTTPS, told: [...web.filter(({ question }) => question.kind !== 'files'), files({ clockOffsetMs: 3_600_000 }), requests(HTTPS, tlsFact('expired')), handshakes(A, 443, HOST, 'expired')], ends: 'tls.clock-skew likely', detail: '3600 s', evidence: ['files'] },
    { story: 'the pod\'s clock is slow, which makes nothing expire', to: HTTPS, told: [...web.filter(({ question }) => question.kind !== 'files'), files({ clockOffsetMs: -3_600_000 }), requests(HTTPS, tlsFact('expired')), handshakes(A, 443, HOST, 'expired')], ends: 'tls.expired certain' },
    { story: 'another place sees another issuer and trusts it', to: HTTPS, contrasts: [NODE], told: [...web, requests(HTTPS, tlsFact('unknown-ca')), handshakes(A, 443, HOST, 'unknown-ca', { chain: [certificate({ issuer: 'CN=Middlebox' })] }), ...at('node', handshakes(A, 443, HOST, null, { chain: [certificate()] }))], ends: 'tls.intercepted likely', contrast: 'node', evidence: ['node tls'] },
    { story: 'another place sees the same issuer', to: HTTPS, contrasts: [NODE], told: [...web, requests(HTTPS, tlsFact('unknown-ca')), handshakes(A, 443, HOST, 'unknown-ca', { chain: [certificate()] }), ...at('node', handshakes(A, 443, HOST, null, { chain: [certificate()] }))], ends: 'tls.unknown-ca certain' },
    { story: 'silence, and a plain request is answered', to: HTTPS, told: [...web, requests(HTTPS, tlsFact('timeout')), handshakes(A, 443, HOST, 'timeout'), requestsInPlain(`http://${HOST}:443/health`, A, httpFact('response', 404))], ends: 'tls.plaintext-port certain', evidence: ['request'] },
    { story: 'silence, and a plain request is told that the port speaks TLS', to: HTTPS, told: [...web, requests(HTTPS, tlsFact('timeout')), handshakes(A, 443, HOST, 'timeout'), requestsInPlain(`http://${HOST}:443/health`, A, httpFact('response', 400))], ends: 'app.slow-response likely' },
  ]);
});

describe('a protocol other than HTTP', () => {
  const PG = `postgres://${HOST}`;
  const says5432 = (...rest: Parameters<typeof speaks> extends [unknown, ...infer Rest] ? Rest : never): readonly Told[] => [
    ...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, ...rest),
  ];
  tellStories([
    { story: 'PostgreSQL answers', to: PG, told: says5432('answered', 'postgres'), ends: 'reachable certain', evidence: ['exchange'] },
    { story: 'PostgreSQL rejects the password', to: PG, told: says5432('rejected', 'postgres', 'FATAL 28P01'), ends: 'app.auth-rejected certain', detail: '28P01' },
    { story: 'PostgreSQL says that something else is wrong', to: PG, told: says5432('error', 'postgres', 'FATAL 53300'), ends: 'inconclusive', detail: '53300' },
    { story: 'another protocol answers', to: PG, told: says5432('other-protocol', 'ssh', 'SSH-2.0'), ends: 'app.protocol-mismatch certain', detail: 'ssh' },
    { story: 'TLS answers', to: PG, told: says5432('other-protocol', 'tls'), ends: 'tls.expected-on-port certain' },
    { story: 'it keeps silent', to: PG, told: says5432('silent'), ends: 'app.slow-response likely' },
    { story: 'it resets', to: PG, told: says5432('reset'), ends: 'app.connection-closed likely' },
    { story: 'nothing there can speak it', to: PG, told: open(5432), ends: 'inconclusive' },
    { story: 'a TLS server without a protocol to speak', to: `tls://${HOST}`, told: [...web, handshakes(A, 443, HOST, null)], ends: 'reachable certain' },
    { story: 'a TLS server, and no handshake could be made', to: `tls://${HOST}`, told: web, ends: 'inconclusive' },
    { story: 'gRPC over a broken certificate', to: `grpcs://${HOST}`, told: [...web, speaks({ address: A, port: 443, protocol: 'grpc', tls: true, serverName: HOST }, 'answered'), handshakes(A, 443, HOST, 'expired')], ends: 'tls.expired certain' },
  ]);
});

describe('a proxy in the environment', () => {
  const proxied = [tools('curl'), files({ proxies: { https_proxy: 'http://proxy.corp:3128' } })];
  tellStories([
    { story: 'through it the dependency answers', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('response', 200, { proxy: 'proxy.corp:3128' }))], ends: 'reachable certain' },
    { story: 'direct ways are shut, through it the dependency answers', to: HTTPS, told: [...proxied, resolves(HOST, 'not-found'), requests(HTTPS, httpFact('response', 200))], ends: 'reachable certain' },
    { story: 'it refuses the target', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('proxy-refused', 403))], ends: 'proxy.denied certain', detail: '403' },
    { story: 'it wants a password', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('proxy-refused', 407))], ends: 'proxy.auth-required certain' },
    { story: 'plain HTTP, and it wants a password', to: HTTP, told: [tools('curl'), files({ proxies: { http_proxy: 'http://proxy.corp:3128' } }), requests(HTTP, httpFact('response', 407))], ends: 'proxy.auth-required certain' },
    { story: 'it does not answer', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'timeout'))], ends: 'proxy.unreachable certain', detail: 'proxy.corp' },
    { story: 'its name does not resolve', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'name-not-resolved'))], ends: 'proxy.unreachable certain' },
    { story: 'nothing can ask through it', to: HTTPS, told: proxied, ends: 'inconclusive', by: 'proxy.connect/cannot-tell' },
    { story: 'no_proxy names the dependency, which does not resolve', to: HTTPS, told: [tools('curl'), files({ proxies: { https_proxy: 'http://proxy.corp:3128', no_proxy: '.example.com' } }), resolves(HOST, 'not-found'), says('192.0.2.53', HOST, 'nxdomain')], ends: 'dns.nxdomain likely' },
    { story: 'the dependency is no HTTP: proxies do not matter', to: `tcp://${HOST}:5432`, told: [tools('nc'), files({ proxies: { all_proxy: 'http://proxy.corp:3128' } }), resolves(HOST, [A]), connects(A, 5432, 'refused')], ends: 'tcp.refused likely' },
  ]);
});

describe('UDP', () => {
  const DNS = `dns://${A}`;
  const UDP = `udp://${A}:514`;
  const base = [tools('dig'), files()];
  const ask = (outcome: Parameters<typeof says>[2]): Told => says(A, 'localhost', outcome);
  const syslog = (outcome: Parameters<typeof speaks>[1]): Told => speaks({ address: A, port: 514, protocol: 'udp' }, outcome);
  tellStories([
    { story: 'a nameserver answers', to: DNS, told: [...base, ask(['127.0.0.1'])], ends: 'reachable certain' },
    { story: 'a nameserver says NXDOMAIN, and so is there', to: DNS, told: [...base, ask('nxdomain')], ends: 'reachable certain' },
    { story: 'a nameserver keeps silent', to: DNS, told: [...base, ask('timeout')], ends: 'udp.no-answer likely' },
    { story: 'nobody listens', to: DNS, told: [...base, ask('unreachable')], ends: 'tcp.refused likely' },
    { story: 'the tool only says that it failed', to: DNS, told: [...base, ask('failed')], ends: 'inconclusive udp.no-answer' },
    { story: 'the tool says "try again"', to: DNS, told: [...base, ask('try-again')], ends: 'inconclusive udp.no-answer' },
    { story: 'nobody can ask it', to: DNS, told: base, ends: 'inconclusive' },
    { story: 'a datagram is answered', to: UDP, told: [...base, syslog('answered')], ends: 'reachable certain' },
    { story: 'a datagram is not answered, which proves nothing', to: UDP, told: [...base, syslog('silent')], ends: 'inconclusive udp.no-answer' },
    { story: 'a datagram went out and nothing came', to: UDP, told: [...base, syslog('open')], ends: 'inconclusive udp.no-answer' },
    { story: 'a datagram is refused', to: UDP, told: [...base, { ...syslog('open'), facts: [connectFact(A, 514, 'refused')] }], ends: 'tcp.refused likely' },
    { story: 'the name does not resolve', to: `udp://${HOST}:514`, told: [...base, resolves(HOST, 'not-found'), says('192.0.2.53', HOST, 'nxdomain')], ends: 'dns.nxdomain likely' },
    { story: 'nothing can resolve the name', to: `udp://${HOST}:514`, told: [tools('cat'), files(), { ...resolves(HOST, 'failed'), facts: [unavailable()] }], ends: 'inconclusive' },
  ]);
});

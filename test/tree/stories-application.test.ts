import { describe } from 'vitest';
import type { Fact } from '../../src/domain/facts.ts';
import {
  at, cannot, certificate, connectFact, connects, files, handshakes, httpFact, interfaces, requests, requestsAgain, requestsInPlain, requestsTry, resolves, says, speaks, tlsFact, told, tools, traces,
} from './facts.ts';
import { contrast, unavailable, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const HOST = 'api.example.com';
const HTTPS = `https://${HOST}/health`;
const HTTP = `http://${HOST}/health`;
const OLD_CERTIFICATE = { subject: 'CN=api.example.com', issuer: 'CN=Example CA', names: [HOST], notBefore: '2025-06-01T00:00:00Z', notAfter: '2026-05-01T00:00:00Z', selfSigned: false };
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
    { story: 'a further request is answered with 502', to: HTTPS, told: [...answers(200), requestsTry(2, HTTPS, httpFact('response', 200)), requestsTry(4, HTTPS, httpFact('response', 502))], ends: 'app.http-server-error likely', detail: 'HTTP 502, 1/3' },
    { story: 'a further request is cut off', to: HTTPS, told: [...answers(200), requestsTry(2, HTTPS, tlsFact('reset'))], ends: 'tcp.intermittent likely', detail: '1/2' },
    { story: 'further requests are too many', to: HTTPS, told: [...answers(200), requestsTry(2, HTTPS, httpFact('response', 429)), requestsTry(3, HTTPS, httpFact('response', 503))], ends: 'reachable certain' },
    { story: 'curl is missing, the port is open', to: HTTPS, told: [...web, cannot({ kind: 'request', url: HTTPS, address: null, direct: false, attempt: 0 })], ends: 'inconclusive', by: 'tcp.connect/connects' },
  ]);
});

describe('an answer that somebody else may have given', () => {
  const near = [traces(A, 80, ['10.1.0.1', A], true), traces(A, null, ['10.1.0.1', '198.51.100.1', A], true)];
  const far = [traces(A, 80, ['10.1.0.1', A], true), traces(A, null, ['10.1.0.1', A], true)];
  const answers = (status: number, location?: string): readonly Told[] => [...plain, requests(HTTP, httpFact('response', status, { headers: location === undefined ? {} : { location } }))];
  tellStories([
    { story: '403 from nearer than the address is', to: HTTP, told: [...answers(403), ...near], ends: 'proxy.denied likely', detail: 'TTL 2 < 3' },
    { story: '403 from where the address is', to: HTTP, told: [...answers(403), ...far], ends: 'app.auth-rejected certain' },
    { story: '403 from nobody knows where', to: HTTP, told: answers(403), ends: 'app.auth-rejected likely' },
    { story: '511', to: HTTP, told: answers(511), ends: 'proxy.auth-required likely' },
    { story: 'a redirect to another host, from nearer than the address is', to: HTTP, told: [...answers(302, 'http://portal.example/login'), ...near], ends: 'proxy.auth-required likely', by: 'app.everywhere/portal' },
    { story: 'a redirect to another host, and nothing can tell from where', to: HTTP, told: answers(302, 'http://portal.example/login'), ends: 'reachable likely' },
    { story: 'a redirect to another host, from where the address is', to: HTTP, told: [...answers(302, 'http://portal.example/login'), ...far], ends: 'reachable certain' },
    { story: 'a redirect to the same host is not looked into', to: HTTP, told: [...answers(301, `https://${HOST}/`), ...near], ends: 'reachable certain' },
  ]);
});

describe('a handshake that is cut off', () => {
  const cut = [...web, handshakes(A, 443, HOST, 'reset'), requests(HTTPS, tlsFact('reset'))];
  tellStories([
    { story: 'elsewhere it succeeds', to: HTTPS, contrasts: [NODE], told: [...cut, ...at('node', handshakes(A, 443, HOST, null))], ends: 'tcp.rejected-on-path likely', contrast: 'node', detail: `SNI ${HOST}` },
    { story: 'elsewhere it is cut off, too', to: HTTPS, contrasts: [NODE], told: [...cut, ...at('node', handshakes(A, 443, HOST, 'reset')), handshakes(A, 443, null, null)], ends: 'app.connection-closed likely' },
    { story: 'without the name it succeeds', to: HTTPS, told: [...cut, handshakes(A, 443, null, 'hostname-mismatch', { established: true })], ends: 'tcp.rejected-on-path possible' },
    { story: 'without the name it is cut off, too', to: HTTPS, told: [...cut, handshakes(A, 443, null, 'reset')], ends: 'app.connection-closed likely' },
  ]);
});

describe('a connection without a whole answer', () => {
  const refusals = (count: number): readonly Told[] => [tools('curl'), files(), resolves(HOST, [A]), ...Array.from({ length: count }, (_, attempt) => connects(A, 80, 'refused', { attempt }))];
  tellStories([
    { story: 'it closes before an answer', to: HTTP, told: [...plain, requests(HTTP, connectFact(A, 80, 'connected'), httpFact('closed', null))], ends: 'app.connection-closed likely' },
    { story: 'it closes on plain HTTP and completes a handshake', to: HTTP, told: [...plain, requests(HTTP, httpFact('closed', null)), handshakes(A, 80, HOST, null)], ends: 'tls.expected-on-port likely' },
    { story: 'it answers plain HTTP with an alert, and completes a handshake', to: HTTP, told: [...plain, requests(HTTP, httpFact('not-http', null)), handshakes(A, 80, HOST, null)], ends: 'tls.expected-on-port certain' },
    { story: 'it speaks something else', to: HTTP, told: [...plain, requests(HTTP, httpFact('not-http', null, { bodyStart: 'SSH-2.0-x' }))], ends: 'app.protocol-mismatch likely', detail: 'SSH' },
    { story: 'it answers the request, and refuses all further connects', to: HTTP, told: [...refusals(5), requests(HTTP, connectFact(A, 80, 'connected'), httpFact('response', 200))], ends: 'tcp.intermittent likely', detail: '5/6', by: 'app.everywhere/sometimes' },
    { story: 'it answers the request, and refuses the one connect that came first', to: HTTP, told: [...refusals(1), ...[1, 2, 3, 4].map((attempt) => connects(A, 80, 'connected', { attempt })), requests(HTTP, connectFact(A, 80, 'connected'), httpFact('response', 200))], ends: 'tcp.intermittent likely', detail: '1/6' },
    { story: 'it closes, and answers another time', to: HTTP, told: [...plain, requests(HTTP, httpFact('closed', null)), requestsTry(2, HTTP, httpFact('response', 200)), requestsTry(3, HTTP, httpFact('closed', null))], ends: 'tcp.intermittent likely', detail: '2/3' },
    { story: 'no byte comes', to: HTTP, told: [...plain, requests(HTTP, httpFact('no-answer', null))], ends: 'app.slow-response likely' },
    { story: 'no byte comes, and ports that cannot be open accept', to: HTTP, told: [...plain.filter(({ question }) => question.kind !== 'connect' || question.port === 80), connects(A, 47, 'connected'), connects(A, 61, 'connected'), requests(HTTP, httpFact('no-answer', null))], ends: 'tcp.fake-accept likely' },
    { story: 'the body stops short', to: HTTP, told: [...plain, requests(HTTP, httpFact('partial', 200))], ends: 'app.connection-closed likely' },
  ]);
});

describe('several servers behind one address', () => {
  const http = (...tries: readonly Parameters<typeof httpFact>[]): readonly Told[] => [
    ...plain, cannot({ kind: 'sockets' }), cannot({ kind: 'processes' }), ...tries.map((one, index) => (index === 0 ? requests(HTTP, httpFact(...one)) : requestsTry(index + 1, HTTP, httpFact(...one)))),
  ];
  const redis = (first: 'answered' | 'closed' | 'error', ...later: readonly ('answered' | 'closed')[]): readonly Told[] => [
    ...open(6379), cannot({ kind: 'sockets' }), cannot({ kind: 'processes' }),
    speaks({ address: A, port: 6379, protocol: 'redis', serverName: HOST }, first, null, first === 'error' ? '-LOADING Redis is loading the dataset in memory' : ''),
    ...later.map((outcome, index) => speaks({ address: A, port: 6379, protocol: 'redis', serverName: HOST, attempt: index + 2 }, outcome)),
  ];
  const REDIS = `redis://${HOST}:6379`;
  tellStories([
    { story: 'the next request is ended', to: HTTP, told: http(['response', 200], ['closed', null], ['response', 200]), ends: 'tcp.intermittent likely', detail: '1/3', by: 'app.everywhere/sometimes' },
    { story: 'the next request is answered', to: HTTP, told: http(['closed', null], ['response', 200], ['closed', null]), ends: 'tcp.intermittent likely', detail: '2/3', by: 'app.silence/sometimes' },
    { story: 'no request is answered', to: HTTP, told: http(['closed', null], ['closed', null], ['reset', null]), ends: 'app.connection-closed likely' },
    { story: 'the next answer is 502', to: HTTP, told: http(['response', 200], ['response', 502], ['response', 200]), ends: 'app.http-server-error likely', detail: 'HTTP 502, 1/3' },
    { story: 'the next answer is 429: asking so often is what it minds', to: HTTP, told: http(['response', 200], ['response', 429], ['response', 429]), ends: 'reachable certain' },
    { story: 'an answer that took long is not asked for again', to: HTTP, told: http(['response', 200, { totalMs: 4000 }]), ends: 'reachable certain' },
    { story: 'the next greeting does not come', to: REDIS, told: redis('answered', 'closed', 'answered'), ends: 'tcp.intermittent likely', detail: '1/3' },
    { story: 'the next greeting comes', to: REDIS, told: redis('closed', 'answered', 'answered'), ends: 'tcp.intermittent likely', detail: '1/3' },
    { story: 'it says that it is not ready', to: REDIS, told: redis('error'), ends: 'app.http-server-error likely', detail: 'LOADING' },
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
    ['a name that is not served', 'unrecognized-name', 'tls.hostname-mismatch possible'],
    ['a certificate that is not trusted, nobody says why', 'untrusted', 'tls.unknown-ca possible'],
    ['a close', 'closed', 'app.connection-closed likely'],
    ['a reset', 'reset', 'app.connection-closed likely'],
    ['silence', 'timeout', 'app.slow-response likely'],
    ['a failure without a name', 'handshake', 'inconclusive'],
  ] as const;
  tellStories([
    ...TLS.map(([story, failure, ends]) => ({ story: `curl and our own handshake see ${story}`, to: HTTPS, told: [...web, requests(HTTPS, tlsFact(failure)), handshakes(A, 443, HOST, failure)], ends }) as const),
    ...TLS.map(([story, failure, ends]) => ({ story: `only our own handshake sees ${story}`, to: `tls://${HOST}`, told: [...web, handshakes(A, 443, HOST, failure)], ends }) as const),
    { story: 'an unknown authority, by the trust store of another image', to: HTTPS, hasOtherFiles: true, told: [...web, requests(HTTPS, tlsFact('unknown-ca')), handshakes(A, 443, HOST, 'unknown-ca')], ends: 'tls.unknown-ca possible' },
    { story: 'a self-signed certificate, by the trust store of another image', to: HTTPS, hasOtherFiles: true, told: [...web, requests(HTTPS, tlsFact('self-signed')), handshakes(A, 443, HOST, 'self-signed')], ends: 'tls.self-signed likely' },
    { story: 'an expired certificate is expired by any trust store', to: HTTPS, hasOtherFiles: true, told: [...web, requests(HTTPS, tlsFact('expired')), handshakes(A, 443, HOST, 'expired')], ends: 'tls.expired certain' },
    { story: 'curl says little, our own handshake says why', to: HTTPS, told: [...web, requests(HTTPS, tlsFact('untrusted')), handshakes(A, 443, HOST, 'incomplete-chain')], ends: 'tls.incomplete-chain likely' },
    { story: 'the pod\'s clock is an hour fast', to: HTTPS, told: [...web.filter(({ question }) => question.kind !== 'files'), files({ clockOffsetMs: 3_600_000 }), requests(HTTPS, tlsFact('expired')), handshakes(A, 443, HOST, 'expired')], ends: 'tls.clock-skew likely', detail: '3600 s', evidence: ['files'] },
    { story: 'the pod\'s clock is fast, and the certificate has expired all the same', to: HTTPS, told: [...web.filter(({ question }) => question.kind !== 'files'), files({ clockOffsetMs: 3_600_000 }), requests(HTTPS, tlsFact('expired')), handshakes(A, 443, HOST, 'expired', { chain: [OLD_CERTIFICATE] })], ends: 'tls.expired certain' },
    { story: 'the pod\'s clock is fast, and by ours the certificate is good', to: HTTPS, told: [...web.filter(({ question }) => question.kind !== 'files'), files({ clockOffsetMs: 3_600_000 }), requests(HTTPS, tlsFact('expired')), handshakes(A, 443, HOST, 'expired', { chain: [{ ...OLD_CERTIFICATE, notAfter: '2026-06-01T12:30:00Z' }] })], ends: 'tls.clock-skew likely' },
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
    { story: 'it closes on the protocol, and completes a handshake', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'closed'), handshakes(A, 5432, HOST, null)], ends: 'tls.expected-on-port likely', evidence: ['tls', 'exchange'] },
    { story: 'it closes on the protocol, and on a handshake', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'closed'), handshakes(A, 5432, HOST, 'closed')], ends: 'app.connection-closed likely' },
    { story: 'it is silent, and answers a plain request', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'silent'), requestsInPlain(`http://${HOST}:5432/`, A, httpFact('response', 200))], ends: 'app.protocol-mismatch likely', detail: 'http' },
    { story: 'it is silent, and says something else to a plain request', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'silent'), requestsInPlain(`http://${HOST}:5432/`, A, httpFact('not-http', null, { bodyStart: '-ERR wrong number' }))], ends: 'app.protocol-mismatch likely', detail: '-ERR' },
    { story: 'it is silent, and hangs up on a plain request', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'silent'), requestsInPlain(`http://${HOST}:5432/`, A, httpFact('reset', null))], ends: 'app.protocol-mismatch possible' },
    { story: 'it is silent to everything', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'silent'), requestsInPlain(`http://${HOST}:5432/`, A, httpFact('no-answer', null))], ends: 'app.slow-response likely' },
    { story: 'it takes no more clients', to: PG, told: [...open(5432), speaks({ address: A, port: 5432, protocol: 'postgres', serverName: HOST }, 'error', 'postgres', 'FATAL: sorry, too many clients already')], ends: 'app.rate-limited likely' },
    { story: 'gRPC, and the server knows no HTTP/2', to: `grpcs://${HOST}`, told: [...web, { ...speaks({ address: A, port: 443, protocol: 'grpc', tls: true, serverName: HOST }, 'silent'), facts: [tlsFact('handshake')] }, handshakes(A, 443, HOST, null)], ends: 'app.protocol-mismatch likely', detail: 'ALPN' },
    { story: 'nothing there can speak it', to: PG, told: open(5432), ends: 'inconclusive' },
    { story: 'a TLS server without a protocol to speak', to: `tls://${HOST}`, told: [...web, handshakes(A, 443, HOST, null)], ends: 'reachable certain' },
    { story: 'a TLS server, and no handshake could be made', to: `tls://${HOST}`, told: web, ends: 'inconclusive' },
    { story: 'gRPC over a broken certificate', to: `grpcs://${HOST}`, told: [...web, speaks({ address: A, port: 443, protocol: 'grpc', tls: true, serverName: HOST }, 'answered'), handshakes(A, 443, HOST, 'expired')], ends: 'tls.expired certain' },
  ]);
});

describe('a proxy in the environment', () => {
  const itself = (...facts: readonly Fact[]): Told => told({ kind: 'request', url: 'http://proxy.corp:3128/', address: null, direct: true, attempt: 0 }, ...facts);
  const proxied = [tools('curl'), files({ proxies: { https_proxy: 'http://proxy.corp:3128' } })];
  tellStories([
    { story: 'through it the dependency answers', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('response', 200, { proxy: 'proxy.corp:3128' }))], ends: 'reachable certain' },
    { story: 'direct ways are shut, through it the dependency answers', to: HTTPS, told: [...proxied, resolves(HOST, 'not-found'), requests(HTTPS, httpFact('response', 200))], ends: 'reachable certain' },
    { story: 'it refuses the target', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('proxy-refused', 403))], ends: 'proxy.denied certain', detail: '403' },
    { story: 'it cannot get there', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('proxy-refused', 503))], ends: 'proxy.denied likely', detail: '503' },
    { story: 'it wants a password', to: HTTPS, told: [...proxied, requests(HTTPS, httpFact('proxy-refused', 407))], ends: 'proxy.auth-required certain' },
    { story: 'plain HTTP, and it wants a password', to: HTTP, told: [tools('curl'), files({ proxies: { http_proxy: 'http://proxy.corp:3128' } }), requests(HTTP, httpFact('response', 407))], ends: 'proxy.auth-required certain' },
    { story: 'it does not answer', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'timeout'))], ends: 'proxy.unreachable certain', detail: 'proxy.corp' },
    { story: 'it is spoken to in TLS, and does not answer that', to: HTTPS, told: [tools('curl'), files({ proxies: { https_proxy: 'https://proxy.corp:3128' } }), connects(A, 443, 'connected'), requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), tlsFact('timeout'))], ends: 'proxy.unreachable likely' },
    { story: 'a certificate inside the tunnel is expired', to: HTTPS, told: [...proxied, requests(HTTPS, tlsFact('expired', { chain: [certificate()] }))], ends: 'tls.expired certain' },
    { story: 'plain HTTP, and it says in its own name that it failed', to: HTTP, told: [tools('curl'), files({ proxies: { http_proxy: 'http://proxy.corp:3128' } }), requests(HTTP, httpFact('response', 500, { proxy: 'proxy.corp:3128', headers: { server: 'tinyproxy/1.11.1' } }))], ends: 'proxy.denied likely', detail: '500' },
    { story: 'it hangs up, and on whoever asks', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), httpFact('closed', null)), itself(httpFact('closed', null))], ends: 'proxy.unreachable likely', by: 'app.silence/the-proxy', detail: 'proxy.corp', evidence: ['request', 'files'] },
    { story: 'it says nothing to CONNECT, nor to anybody', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), httpFact('no-answer', null)), itself(httpFact('no-answer', null))], ends: 'proxy.unreachable likely' },
    { story: 'another service listens in its place', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), httpFact('not-http', null)), itself(httpFact('not-http', null))], ends: 'proxy.unreachable likely' },
    { story: 'it hangs up on CONNECT, and answers when it is asked itself', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), httpFact('closed', null)), itself(httpFact('response', 400))], ends: 'proxy.denied likely', by: 'app.silence/the-proxy' },
    { story: 'it answers when it is asked itself, and waits for the dependency', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), httpFact('no-answer', null)), itself(httpFact('response', 400))], ends: 'app.slow-response likely' },
    { story: 'it lets the handshake begin, and the dependency hangs up', to: HTTPS, told: [...proxied, requests(HTTPS, connectFact('198.51.100.3', 3128, 'connected'), tlsFact(null), httpFact('closed', null)), itself(httpFact('closed', null))], ends: 'app.connection-closed likely' },
    { story: 'plain HTTP, and it resets what comes', to: HTTP, told: [tools('curl'), files({ proxies: { http_proxy: 'http://proxy.corp:3128' } }), connects(A, 80, 'connected'), requests(HTTP, httpFact('reset', null)), itself(httpFact('reset', null))], ends: 'proxy.unreachable likely' },
    { story: 'one for SOCKS is not asked in HTTP', to: HTTPS, told: [tools('curl'), files({ proxies: { https_proxy: 'socks5://proxy.corp:1080' } }), requests(HTTPS, connectFact('198.51.100.3', 1080, 'connected'), httpFact('closed', null))], ends: 'app.connection-closed likely' },
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

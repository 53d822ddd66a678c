import { describe } from 'vitest';
import { at, by, connectFact, connects, files, handshakes, httpFact, interfaces, pings, requests, resolves, route, routes, told, tlsFact, tools, traces } from './facts.ts';
import { contrast, type Told } from './situation.ts';
import { tellStories } from './story.ts';

const A = '203.0.113.10';
const HOST = 'api.example.com';
const HTTP = `http://${HOST}/health`;
const HTTPS = `https://${HOST}/health`;
const TLS = `tls://${HOST}:8883`;
const NODE = contrast('node', 'node');

const open = (port: number): readonly Told[] => [tools('curl'), files(), resolves(HOST, [A]), connects(A, port, 'connected'), connects(A, 47, 'refused'), connects(A, 61, 'refused'), interfaces()];
const small = (url: string, ...facts: Told['facts']): Told => told({ kind: 'request', url, address: A, direct: true, attempt: 0, segmentBytes: 500 }, ...facts);
const large = (received: number): Told => ({ ...pings(A, received), question: { kind: 'ping', address: A, sizeBytes: 1472 } });
const longTrace = (hops: readonly (string | null)[], reached = false): Told => ({ ...traces(A, null, hops, reached), question: { kind: 'trace', address: A, port: null, sizeBytes: 1500 } });
const shortTrace = traces(A, null, ['10.1.0.1', '198.51.100.1', '198.51.100.9', A], true);
const silent = requests(HTTP, httpFact('no-answer', null));

describe('an answer that does not come in full-sized segments', () => {
  tellStories([
    { story: 'it comes in small ones', to: HTTP, told: [...open(80), silent, small(HTTP, httpFact('response', 200)), pings(A, 3), large(3)], ends: 'ip.pmtu-blackhole likely', evidence: ['request'] },
    { story: 'it does not come in small ones either, though large echoes are lost', to: HTTP, told: [...open(80), silent, small(HTTP, httpFact('no-answer', null)), pings(A, 3), large(0)], ends: 'app.slow-response likely' },
    { story: 'small ones could not be tried, and large echoes are lost', to: HTTP, told: [...open(80), silent, pings(A, 3), large(0)], ends: 'ip.pmtu-blackhole likely', evidence: ['ping'] },
    { story: 'the handshake alone goes well in small ones', to: HTTPS, told: [...open(443), requests(HTTPS, tlsFact('timeout')), handshakes(A, 443, HOST, 'timeout'), small(HTTPS, tlsFact('self-signed', { established: true }))], ends: 'ip.pmtu-blackhole likely' },
    { story: 'a bare TLS port', to: TLS, told: [...open(8883), handshakes(A, 8883, HOST, 'timeout'), told({ kind: 'tls', address: A, port: 8883, serverName: HOST, segmentBytes: 500 }, tlsFact(null))], ends: 'ip.pmtu-blackhole likely' },
    { story: 'the body stalls, and comes whole in small ones', to: HTTP, told: [...open(80), requests(HTTP, httpFact('partial', 200)), small(HTTP, httpFact('response', 200))], ends: 'ip.pmtu-blackhole likely' },
  ]);
});

describe('packets that are lost whatever their size', () => {
  const tries = (...elapsedMs: readonly number[]): readonly Told[] => elapsedMs.map((ms, index) => connects(A, 80, 'connected', { attempt: index + 1, elapsedMs: ms }));
  const manyPings = (received: number): Told => {
    const { facts, vantage } = pings(A, 3);
    return { vantage, question: { kind: 'ping', address: A, many: true }, facts: facts.map((fact) => ({ ...fact, sent: 10, received, lossPercent: (10 - received) * 10 })) };
  };
  tellStories([
    { story: 'two connects in ten are slow, and echoes are lost', to: HTTP, told: [...open(80), silent, ...tries(20, 1020, 20, 20, 20, 3050, 20, 20, 20), manyPings(7), small(HTTP, httpFact('response', 200))], ends: 'ip.packet-loss likely', evidence: ['connect', 'ping'] },
    { story: 'three connects in ten are slow, and nothing here can ping', to: HTTP, told: [...open(80), silent, ...tries(20, 1020, 20, 2020, 20, 3050, 20, 20, 20), small(HTTP, httpFact('response', 200))], ends: 'ip.packet-loss possible' },
    { story: 'one connect is slow, and a third of the echoes is lost', to: HTTP, told: [...open(80), silent, ...tries(20, 1020, 20, 20, 20, 20, 20, 20, 20), manyPings(6)], ends: 'ip.packet-loss likely' },
    { story: 'two connects in ten are slow, and no echo is lost', to: HTTP, told: [...open(80), silent, ...tries(20, 1020, 20, 20, 20, 3050, 20, 20, 20), manyPings(10)], ends: 'tcp.intermittent likely' },
    { story: 'the lines of two connects in ten come late, and no echo is lost', to: HTTP, told: [...open(80), silent, ...by('nc-openbsd', ...tries(20, 1020, 20, 20, 20, 3050, 20, 20, 20)), manyPings(10)], ends: 'app.slow-response likely' },
    { story: 'all connects take a second more than an echo', to: HTTP, told: [tools('curl'), files(), resolves(HOST, [A]), ...[1020, 1011, 1040, 1017, 1009, 1030, 1016, 1012, 1019, 1024].map((elapsedMs, attempt) => connects(A, 80, 'connected', { attempt, elapsedMs })), requests(HTTP, connectFact(A, 80, 'connected', 1015), httpFact('response', 200)), pings(A, 3, { avgMs: 12 }), manyPings(10)], ends: 'tcp.intermittent likely' },
    { story: 'all connects take a second, and so do echoes', to: HTTP, told: [tools('curl'), files(), resolves(HOST, [A]), ...[1020, 1011, 1040, 1017, 1009].map((elapsedMs, attempt) => connects(A, 80, 'connected', { attempt, elapsedMs })), requests(HTTP, connectFact(A, 80, 'connected', 1015), httpFact('response', 200)), pings(A, 3, { avgMs: 1000 })], ends: 'reachable certain' },
    { story: 'one connect is slow, and no echo is lost', to: HTTP, told: [...open(80), silent, ...tries(20, 1020, 20, 20, 20, 20, 20, 20, 20), manyPings(10)], ends: 'app.slow-response likely' },
    { story: 'small echoes are lost now and then, large ones always', to: HTTP, told: [...open(80), silent, pings(A, 1), large(0)], ends: 'app.slow-response likely' },
  ]);
});

describe('where large packets vanish', () => {
  const cliff = [...open(80), silent, small(HTTP, httpFact('response', 200))];
  const nodeLink = (mtuBytes: number): readonly Told[] => at('node', interfaces({ name: 'eth0', mtuBytes, addresses: ['172.16.0.2/24'] }, { name: 'wg0', mtuBytes: 1280, addresses: ['10.9.0.1/24'] }), routes(route('0.0.0.0/0', '172.16.0.1')));
  tellStories([
    { story: 'no further than the node', to: HTTP, told: [...cliff, shortTrace, longTrace(['10.1.0.1', null, null])], ends: 'link.mtu-mismatch likely', detail: '10.1.0.1', evidence: ['trace'] },
    { story: 'not even to the node', to: HTTP, told: [...cliff, shortTrace, longTrace([null, null])], ends: 'link.mtu-mismatch likely' },
    { story: 'behind the first router', to: HTTP, told: [...cliff, shortTrace, longTrace(['10.1.0.1', '198.51.100.1', null])], ends: 'ip.pmtu-blackhole likely', detail: '198.51.100.1' },
    { story: 'on the way back only', to: HTTP, told: [...cliff, shortTrace, longTrace(['10.1.0.1', '198.51.100.1', '198.51.100.9', A], true)], ends: 'ip.pmtu-blackhole likely' },
    { story: 'no router answers short packets either', to: HTTP, told: [...cliff, traces(A, null, [null, null, null]), longTrace([null, null, null])], ends: 'ip.pmtu-blackhole likely' },
    { story: 'the node\'s link towards it takes less than the pod\'s', to: HTTP, contrasts: [NODE], told: [...cliff, ...nodeLink(1400)], ends: 'link.mtu-mismatch likely', detail: 'eth0 1500 > eth0 1400', evidence: ['node interfaces'] },
    { story: 'a link of the node that is not on the way takes less', to: HTTP, contrasts: [NODE], told: [...cliff, ...nodeLink(1500)], ends: 'ip.pmtu-blackhole likely' },
  ]);
});

import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/domain/question.ts';
import { walk } from '../../src/tree/walk.ts';
import { at, cannot, connects, files, handshakes, httpFact, interfaces, pings, requests, resolves, says, tlsFact, tools, traces, GOOD_LINK } from './facts.ts';
import { contrast, decideNow, key, situation, type Setting } from './situation.ts';

const A = '203.0.113.10';
const HOST = 'db.example.com';
const NS = '192.0.2.53';
const TO = `tcp://${A}:5432`;
const NODE = contrast('node', 'node');
const base = [tools('nc'), files()];

/** Where the walk waits, and for what. */
function cursor(setting: Setting): { readonly node: string | undefined; readonly waitingFor: readonly string[] } {
  const { path, waitingFor, ending } = walk(situation(setting));
  expect(ending, 'it waits').toBeNull();
  return { node: path.at(-1)?.node, waitingFor };
}

describe('the walk waits', () => {
  test('first for what the place has', () => {
    expect(cursor({ to: TO })).toEqual({ node: 'pod.tools', waitingFor: [key({ kind: 'tools' })] });
  });

  test('for the pod\'s state before its tools', () => {
    expect(cursor({ to: TO, pod: true })).toEqual({ node: 'pod.running', waitingFor: [key({ kind: 'pod-state' })] });
  });

  test('for the name before its addresses', () => {
    const { node, waitingFor } = cursor({ to: `tcp://${HOST}:5432`, told: base });
    expect(node).toBe('app.request');
    expect(waitingFor).toContain(key({ kind: 'resolve', name: HOST }));
  });

  test('for each address of the name', () => {
    const { waitingFor } = cursor({ to: `tcp://${HOST}:5432`, told: [...base, resolves(HOST, [A, '203.0.113.11']), connects(A, 5432, 'timeout')] });
    expect(waitingFor).toContain(key({ kind: 'connect', address: '203.0.113.11', port: 5432, attempt: 0 }));
    expect(waitingFor).not.toContain(key({ kind: 'connect', address: A, port: 5432, attempt: 0 }));
  });

  test('for every contrast before NXDOMAIN is the last word', () => {
    const told = [...base, resolves(HOST, 'not-found'), says(NS, HOST, 'nxdomain')];
    const { node, waitingFor } = cursor({ to: `tcp://${HOST}:5432`, told, contrasts: [NODE] });
    expect(node).toBe('dns.resolve');
    expect(waitingFor).toContain(key({ kind: 'resolve', name: HOST }, 'contrast:node'));
  });

  test('for the second nameserver while the first keeps silent', () => {
    const told = [tools('dig'), files({ nameservers: [NS, '192.0.2.54'] }), resolves(HOST, 'try-again'), says(NS, HOST, 'timeout')];
    const { node, waitingFor } = cursor({ to: `tcp://${HOST}:5432`, told });
    expect(node).toBe('dns.resolve');
    expect(waitingFor.some((one) => one.includes('nameserver=192.0.2.54'))).toBe(true);
  });

  test('for a second try before a refusal is the last word', () => {
    const { node, waitingFor } = cursor({ to: TO, told: [...base, connects(A, 5432, 'refused')] });
    expect(node).toBe('tcp.refusal');
    expect(waitingFor).toContain(key({ kind: 'connect', address: A, port: 5432, attempt: 1 }));
  });

  test('for all contrasts before it says that it fails everywhere', () => {
    const silent = [0, 1, 2, 3, 4].map((attempt) => connects(A, 5432, 'timeout', { attempt }));
    const told = [...base, ...silent, pings(A, 3), ...GOOD_LINK];
    const { node, waitingFor } = cursor({ to: TO, told, contrasts: [NODE] });
    expect(node).toBe('tcp.elsewhere');
    expect(waitingFor).toEqual([key({ kind: 'connect', address: A, port: 5432, attempt: 0 }, 'contrast:node')]);
  });

  test('for the handshake that says why, when curl says only that it failed', () => {
    const to = `https://${HOST}/`;
    const told = [...base, resolves(HOST, [A]), connects(A, 443, 'connected'), requests(to, tlsFact('untrusted'))];
    expect(cursor({ to, told })).toEqual({ node: 'tls.handshake', waitingFor: [key({ kind: 'tls', address: A, port: 443, serverName: HOST })] });
  });
});

describe('patience ends', () => {
  const silent = [...base, connects(A, 5432, 'timeout')];
  const ping: Question = { kind: 'ping', address: A };

  test('a ping is waited for as long as a connect', () => {
    expect(decideNow('ip.ping', situation({ to: TO, told: silent, waitingMs: [{ question: ping, ms: 2900 }] })).decision.kind).toBe('wait');
    expect(decideNow('ip.ping', situation({ to: TO, told: silent, waitingMs: [{ question: ping, ms: 3000 }] })).decision).toMatchObject({ kind: 'branch', branch: 'silent' });
  });

  test('a sign of life of a host that a router calls unreachable is waited for as long as a SYN takes that is sent twice', () => {
    const told = [...base, connects(A, 5432, 'host-unreachable'), interfaces(), traces(A, 5432, ['10.1.0.1', '198.51.100.1!host-unreachable'], false, { sparing: true }), cannot(ping), ...[443, 22].map((port) => cannot({ kind: 'connect', address: A, port, attempt: 0 }))];
    const waiting = (ms: number): string => decideNow('ip.trace', situation({ to: TO, told, waitingMs: [{ question: { kind: 'connect', address: A, port: 80, attempt: 0 }, ms }] })).decision.kind;
    expect(waiting(1300)).toBe('wait');
    expect(waiting(1301)).toBe('branch');
  });

  test.each([{ smallMs: 200, patienceMs: 1500 }, { smallMs: 1600, patienceMs: 4800 }])('full-sized segments are waited for three times as long as small ones took, start and all: $smallMs ms', ({ smallMs, patienceMs }) => {
    const url = `http://${A}/`;
    const request = { kind: 'request', url, address: null, direct: false, attempt: 0 } as const;
    const small = { ...requests(url, httpFact('response', 200)), question: { ...request, address: A, direct: true, segmentBytes: 500 } as const, durationMs: smallMs };
    const told = [...base, connects(A, 80, 'connected'), small];
    const answer = (ms: number): string => {
      const { decision } = decideNow('app.request', situation({ to: url, told, waitingMs: [{ question: request, ms }, { question: { ...request, address: A }, ms }] }));
      return decision.kind === 'branch' ? decision.branch : decision.kind;
    };
    expect(answer(patienceMs - 1)).toBe('wait');
    expect(answer(patienceMs)).toBe('no-answer');
  });

  test('a look-up that waits for no longer than the place takes to ask itself is not slow', () => {
    const lookup = (attempt: number): Question => ({ kind: 'resolve', name: HOST, attempt });
    const told = [...base, resolves(HOST, [A], { elapsedMs: 2600 }), says(NS, HOST, [A]), connects(A, 5432, 'connected'), ...[1, 2, 3, 4].map((attempt) => connects(A, 5432, 'connected', { attempt })), ...[47, 61].map((port) => connects(A, port, 'refused')), ...([ping, { kind: 'sockets' }, { kind: 'processes' }, { kind: 'ping', address: NS, many: true }] as const).map((question) => cannot(question))];
    const ending = (ownMs: number): string => {
      const own = { ...resolves('localhost', ['127.0.0.1']), durationMs: ownMs };
      const { decision } = decideNow('app.everywhere', situation({ to: `tcp://${HOST}:5432`, told: [...told, own], waitingMs: [1, 2, 3].map((attempt) => ({ question: lookup(attempt), ms: 2900 })) }));
      return decision.kind === 'branch' ? decision.branch : decision.kind;
    };
    expect(ending(100)).toBe('slow-name');
    expect(ending(1200)).toBe('wait');
  });

  test('a request that goes on where connects are refused may have been taken, and is waited for as long as a connect', () => {
    const url = `http://${A}/`;
    const unknown: readonly Question[] = [ping, ...[443, 22].map((port) => ({ kind: 'connect', address: A, port, attempt: 0 }) as const), { kind: 'counters', attempt: 0 }, { kind: 'counters', attempt: 2 }, { kind: 'trace', address: A, port: 80 }, { kind: 'trace', address: A, port: null }];
    const told = [...base, ...[0, 1, 2, 3, 4, 5, 6].map((attempt) => connects(A, 80, 'refused', { attempt })), ...unknown.map((question) => cannot(question))];
    const request: Question = { kind: 'request', url, address: null, direct: false, attempt: 0 };
    const waiting = (ms: number): string => decideNow('tcp.refusal', situation({ to: url, told, waitingMs: [{ question: request, ms }] })).decision.kind;
    expect(waiting(2900)).toBe('wait');
    expect(waiting(3000)).toBe('branch');
  });

  test('ports that cannot be open are waited for briefly: who accepts for everybody does it at once', () => {
    const told = [...base, connects(A, 5432, 'connected'), { ...connects(A, 5432, 'connected', { attempt: 1 }) }, connects(A, 5432, 'connected', { attempt: 2 }), connects(A, 5432, 'connected', { attempt: 3 }), connects(A, 5432, 'connected', { attempt: 4 }), cannot({ kind: 'sockets' }), cannot({ kind: 'processes' }), cannot({ kind: 'ping', address: A })];
    const waiting = (ms: number): string => {
      const waitingMs = [47, 61].map((port) => ({ question: { kind: 'connect', address: A, port, attempt: 0 } as const, ms }));
      return decideNow('app.everywhere', situation({ to: TO, told, waitingMs })).decision.kind;
    };
    expect(waiting(100)).toBe('wait');
    expect(waiting(400)).toBe('branch');
  });
});

describe('nothing is waited for that cannot change the verdict', () => {
  test('a handshake that failed by itself decides while curl still hangs', () => {
    const to = `https://${HOST}/`;
    const told = [...base, resolves(HOST, [A]), connects(A, 443, 'connected'), handshakes(A, 443, HOST, 'expired')];
    expect(walk(situation({ to, told })).ending?.cause).toBe('tls.expired');
  });

  test('a second try that connects decides while ping and contrasts still hang', () => {
    const told = [...base, connects(A, 5432, 'refused'), connects(A, 5432, 'connected', { attempt: 1 })];
    expect(walk(situation({ to: TO, told, contrasts: [NODE] })).ending?.cause).toBe('tcp.intermittent');
  });

  test('a contrast that connects decides while ping still hangs', () => {
    const refused = [0, 1, 2, 3, 4, 5, 6].map((attempt) => connects(A, 5432, 'refused', { attempt }));
    const told = [...base, ...refused, ...at('node', connects(A, 5432, 'connected'))];
    expect(walk(situation({ to: TO, told, contrasts: [NODE] })).ending?.cause).toBe('tcp.rejected-on-path');
  });
});

import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/domain/facts.ts';
import type { Question } from '../../src/domain/question.ts';
import { completeFacts } from '../../src/probes/complete.ts';
import { connectFact, httpFact, pings, resolves, speaks, tlsFact, traces } from '../tree/facts.ts';
import { unavailable } from '../tree/situation.ts';

const A = '203.0.113.10';
const TIMES = { startedEpochMs: 1_000_000, durationMs: 40 };
const bare = { ...connectFact(A, 1, 'refused'), address: null, port: null } as Fact;
const first = (facts: readonly Fact[]): Fact => facts[0] ?? unavailable();

function complete(fact: Fact, question: Question): Fact {
  return first(completeFacts([fact], question, TIMES));
}

describe('what the text could not say is filled in by who asked', () => {
  test.each<readonly [string, Fact, Question, object]>([
    ['a connect', bare, { kind: 'connect', address: A, port: 5432, attempt: 0 }, { address: A, port: 5432, outcome: 'refused' }],
    ['a connect on the way of an exchange', bare, { kind: 'exchange', address: A, port: 25, protocol: 'smtp', tls: false, serverName: null }, { address: A, port: 25 }],
    ['a handshake', tlsFact('expired'), { kind: 'tls', address: A, port: 443, serverName: 'x' }, { address: A, port: 443, serverName: 'x', failure: 'expired' }],
    ['an exchange', { ...first(speaks({ address: A, port: 1, protocol: 'smtp' }, 'silent').facts), address: null } as Fact, { kind: 'exchange', address: A, port: 25, protocol: 'smtp', tls: false, serverName: null }, { address: A, port: 25, outcome: 'silent' }],
    ['a ping', { ...first(pings(A, 3).facts), address: null } as Fact, { kind: 'ping', address: A }, { address: A, received: 3 }],
    ['a trace', { ...first(traces(A, 80, []).facts), address: null } as Fact, { kind: 'trace', address: A, port: 80 }, { address: A }],
    ['a request', httpFact('response', 200), { kind: 'request', url: 'http://x/', address: null, direct: false, attempt: 0 }, { url: 'http://x/', status: 200 }],
    ['a look-up', { ...first(resolves('x', [A]).facts), name: null } as Fact, { kind: 'resolve', name: 'x' }, { name: 'x', addresses: [A] }],
    ['a query', { ...first(resolves('x', [A], { elapsedMs: null }).facts), name: null } as Fact, { kind: 'query', name: 'x.', nameserver: '192.0.2.53', recordType: 'A', transport: 'udp' }, { name: 'x.', nameserver: '192.0.2.53', recordType: 'A', transport: 'udp', elapsedMs: 40 }],
    ['a clock', { kind: 'clock', offsetMs: 1_003_020, uncertaintyMs: 1 }, { kind: 'files' }, { offsetMs: 3000, uncertaintyMs: 21 }],
  ])('%s', (_what, fact, question, expected) => {
    expect(complete(fact, question)).toMatchObject(expected);
  });

  test('a request\'s own connects keep their addresses: there may be several, and a proxy\'s among them', () => {
    const question: Question = { kind: 'request', url: 'http://x/', address: null, direct: false, attempt: 0 };
    expect(complete(connectFact(A, 3128, 'refused'), question)).toEqual(connectFact(A, 3128, 'refused'));
    expect(complete(bare, question)).toEqual(bare);
  });

  test('what is unavailable stays so, with its reason', () => {
    for (const question of [{ kind: 'ping', address: A }, { kind: 'files' }, { kind: 'resolve', name: 'x' }] as const) {
      expect(complete(unavailable('not-permitted'), question)).toEqual(unavailable('not-permitted'));
    }
  });
});

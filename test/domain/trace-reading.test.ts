import { describe, expect, it } from 'vitest';
import type { IcmpError, TraceFact } from '../../src/domain/facts.ts';
import { lastAnsweringHop, pathErrors, routingLoop } from '../../src/domain/trace-reading.ts';
import { loadFixtures } from '../tools/fixture.ts';

/** `a b * c!host-unreachable`: one hop a word, in order; several addresses of a hop with commas. */
function trace(words: string, destination: string | null = 'dst'): TraceFact {
  const hops = words.split(' ').map((word, at) => ({
    ttl: at + 1,
    replies: word.split(',').map((reply) => {
      const [address = '', error] = reply.split('!');
      return { address: address === '*' || address === '' ? null : address, rttMs: null, error: (error as IcmpError | undefined) ?? null };
    }),
  }));
  const reached = hops.some(({ replies }) => replies.some(({ address }) => address !== null && address === destination));
  return { kind: 'trace', host: null, address: destination, method: 'udp', hops, reached, pathMtuBytes: null };
}

describe('a routing loop', () => {
  it.each([
    ['two routers in turn', 'r1 r2 r3 r2 r3 r2 r3 r2', ['r2', 'r3'], 2],
    ['routers that run out of ICMP errors', 'r1 r2 r3 r2 r3 r2 * * * *', ['r2', 'r3'], 2],
    ['one of the two falls silent first', 'r1 r2 r3 r2 * r2 * r2', ['r2', 'r3'], 2],
    ['one of the two never answers', 'r1 r2 * r2 * r2 * r2', ['r2'], 2],
    ['three routers in turn', 'r1 a b c a b c a', ['a', 'b', 'c'], 2],
  ])('is seen: %s', (_name, words, addresses, firstTtl) => {
    expect(routingLoop(trace(words))).toEqual({ firstTtl, addresses });
  });

  it.each([
    ['a path that arrives', 'r1 r2 dst'],
    ['a path that arrives after odd repeats', 'r1 r2 r3 r2 r3 r2 dst'],
    ['a last router that answers each probe with !H', 'r1 r2 r2!host-unreachable r2!host-unreachable r2!host-unreachable'],
    ['a last router that repeats', 'r1 r2 r2 r2 r2'],
    ['load-balanced paths of unequal length', 'r1 r2 r3 r2 r4'],
    ['load-balanced paths at every hop', 'r1 a,b a,b a,b a,b'],
    ['a path that dies', 'r1 r2 * * * * *'],
    ['nobody', '* * * *'],
  ])('is not: %s', (_name, words) => {
    expect(routingLoop(trace(words))).toBeNull();
  });

  const captured = ['traceroute', 'mtr', 'tracepath'].flatMap((tool) => loadFixtures(new URL(`../tools/${tool}/fixtures/`, import.meta.url)));
  it.each(captured.map((fixture) => [fixture.name, fixture] as const))('is found in %s exactly when there was one', (name, fixture) => {
    const found = (fixture.expected ?? []).flatMap((fact) => (fact.kind === 'trace' ? [routingLoop(fact)] : [])).some((loop) => loop !== null);
    // tracepath stops answering early in a loop, or tells it by "Too many hops"; what it lists is read like any trace.
    expect(found).toBe(name.endsWith('loop'));
  });
});

describe('the last answering hop', () => {
  it('is the last address, whatever silence follows', () => {
    expect(lastAnsweringHop(trace('r1 r2 * *'))).toEqual({ ttl: 2, address: 'r2' });
    expect(lastAnsweringHop(trace('* *'))).toBeNull();
    expect(lastAnsweringHop(trace('*!network-unreachable'))).toBeNull();
  });
});

describe('errors of a path', () => {
  it('are told once for a router, with the first TTL', () => {
    expect(pathErrors(trace('r1 r2!host-unreachable r2!host-unreachable'))).toEqual([{ ttl: 2, from: 'r2', error: 'host-unreachable' }]);
  });

  it('do not include how a UDP trace arrives, nor how the MTU is learned', () => {
    expect(pathErrors(trace('r1 r2!fragmentation-needed dst!port-unreachable'))).toEqual([]);
    expect(pathErrors(trace('r1 r2!port-unreachable'))).toEqual([{ ttl: 2, from: 'r2', error: 'port-unreachable' }]);
  });

  it('name nobody when our own kernel could not send', () => {
    expect(pathErrors(trace('*!network-unreachable'))).toEqual([{ ttl: 1, from: null, error: 'network-unreachable' }]);
  });
});

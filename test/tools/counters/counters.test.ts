import { describe, expect, it } from 'vitest';
import { counterChanges } from '../../../src/domain/counter-changes.ts';
import type { CountersFact } from '../../../src/domain/facts.ts';
import { parseCounters } from '../../../src/tools/counters/parse.ts';
import { loadFixture } from '../fixture.ts';
import { describeGolden, outputOf } from '../golden.ts';

const FIXTURES = new URL('./fixtures/', import.meta.url);
const READERS = ['sh', 'bash', 'busybox', 'python3', 'cat'] as const;

describeGolden(FIXTURES, () => parseCounters);

function counters(name: string): CountersFact {
  const fact = loadFixture(new URL(`./${name}.out`, FIXTURES)).expected?.[0];
  if (fact?.kind !== 'counters') throw new Error(`${name} holds no counters`);
  return fact;
}

describe('the kernel\'s counters', () => {
  it.each(READERS)('tell by %s that SYN packets were sent again between two readings', (reader) => {
    const { TcpRetransSegs, TcpExtTCPSynRetrans, TcpActiveOpens } = counterChanges(counters(`${reader}--usual`), counters(`${reader}--loss`));
    expect(TcpActiveOpens).toBe(1);
    expect(TcpRetransSegs).toBeGreaterThanOrEqual(2);
    expect(TcpExtTCPSynRetrans).toBe(TcpRetransSegs);
  });

  it('have no change where one is smaller than before: that was another kernel', () => {
    const before: CountersFact = { kind: 'counters', counters: { TcpRetransSegs: 9, TcpOutRsts: 1 }, changes: null, sockets: null };
    expect(counterChanges(before, { ...before, counters: { TcpRetransSegs: 2, TcpOutRsts: 3, UdpNoPorts: 1 } })).toEqual({ TcpOutRsts: 2, UdpNoPorts: 1 });
  });

  it('are not read where names and values do not belong together', () => {
    expect(parseCounters(outputOf('Ip: Forwarding DefaultTTL InReceives\nIp: 2 64'))).toMatchObject([{ kind: 'unavailable' }]);
    expect(parseCounters(outputOf('Ip: Forwarding DefaultTTL InDiscards\nTcp: 2 64 5'))).toMatchObject([{ kind: 'unavailable' }]);
  });
});

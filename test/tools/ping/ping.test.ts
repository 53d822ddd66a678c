import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/facts.ts';
import { pingDialects } from '../../../src/tools/ping-dialects.ts';
import { parsePing } from '../../../src/tools/ping/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

describeGolden(new URL('./fixtures/', import.meta.url), () => parsePing);

function readPing(text: string): Extract<Fact, { kind: 'ping' }> {
  const [fact] = parsePing(outputOf(text));
  if (fact?.kind !== 'ping') throw new Error(`not a ping: ${JSON.stringify(fact)}`);
  return fact;
}

const LIMITS = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
const TOOLS = { kind: 'tools', tools: {}, versions: {} } as const;

describe('pasted pings of other systems', () => {
  it('Windows: replies', () => {
    const fact = readPing(`
Pinging dst.example [192.0.2.7] with 32 bytes of data:
Reply from 192.0.2.7: bytes=32 time=12ms TTL=57
Reply from 192.0.2.7: bytes=32 time<1ms TTL=57

Ping statistics for 192.0.2.7:
    Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),
Approximate round trip times in milli-seconds:
    Minimum = 1ms, Maximum = 12ms, Average = 6ms`);
    expect(fact).toMatchObject({ host: 'dst.example', address: '192.0.2.7', sent: 2, received: 2, rttMs: { min: 1, avg: 6, max: 12 } });
  });

  it('Windows: a router that says unreachable is no reply of the host, though Windows counts it as received', () => {
    const fact = readPing(`
Pinging 192.0.2.7 with 32 bytes of data:
Reply from 192.0.2.1: Destination host unreachable.
Reply from 192.0.2.1: Destination host unreachable.

Ping statistics for 192.0.2.7:
    Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),`);
    expect(fact).toMatchObject({ sent: 2, received: 0, lossPercent: 100, rttMs: null });
    expect(fact.errors).toEqual([{ from: '192.0.2.1', error: 'host-unreachable' }, { from: '192.0.2.1', error: 'host-unreachable' }]);
  });

  it('macOS: timeouts and a router that prohibits', () => {
    const fact = readPing(`PING dst.example (192.0.2.7): 56 data bytes
Request timeout for icmp_seq 0
36 bytes from r1.example (192.0.2.1): Communication prohibited by filter
Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst
 4  5  00 5400 b6a5   0 0000  3f  01 4be0 192.0.2.5  192.0.2.7

--- dst.example ping statistics ---
2 packets transmitted, 0 packets received, 100.0% packet loss`);
    expect(fact).toMatchObject({ sent: 2, received: 0, errors: [{ from: '192.0.2.1', error: 'prohibited' }] });
  });

  it('iputils of 2012: its own words for no route and for a local rule', () => {
    expect(readPing('connect: Network is unreachable')).toMatchObject({ sent: 0, received: 0, lossPercent: 100, errors: [{ from: null, error: 'network-unreachable' }] });
    expect(readPing('PING 192.0.2.7 (192.0.2.7) 56(84) bytes of data.\nping: sendmsg: Operation not permitted')).toMatchObject({ received: 0, errors: [{ from: null, error: 'prohibited' }] });
    expect(parsePing(outputOf('ping: icmp open socket: Operation not permitted'))).toMatchObject([{ kind: 'unavailable', reason: 'not-permitted' }]);
  });

  it('two runs in one text are two facts', () => {
    const run = (address: string, received: number): string =>
      `PING ${address} (${address}) 56(84) bytes of data.\n\n--- ${address} ping statistics ---\n3 packets transmitted, ${String(received)} received, 0% packet loss, time 2003ms\n`;
    expect(parsePing(outputOf(run('192.0.2.7', 3) + run('192.0.2.8', 0)))).toMatchObject([{ address: '192.0.2.7', received: 3 }, { address: '192.0.2.8', received: 0 }]);
  });
});

describe('ping commands', () => {
  it.each(['-f', '--help', '$(id)', '10.0.0.1; id', 'name.example', ''])('never take %j as an address', (address) => {
    for (const dialect of pingDialects) expect(dialect.argv({ kind: 'ping', address }, LIMITS, TOOLS), dialect.id).toBeNull();
  });

  it('ask nothing of inetutils ping about IPv6, which it does not speak', () => {
    const ids = pingDialects.filter((dialect) => dialect.argv({ kind: 'ping', address: 'fd77::1' }, LIMITS, TOOLS) !== null).map(({ id }) => id);
    expect(ids).toEqual(['ping-iputils', 'ping6-iputils', 'ping6-inetutils', 'ping-busybox', 'ping-busybox-slow', 'busybox-ping', 'busybox-ping-slow']);
  });
});

describe('text that is no ping', () => {
  it('is never understood as replies', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const facts = parsePing(outputOf(text));
      expect(facts.every((fact) => fact.kind === 'unavailable' || (fact.kind === 'ping' && fact.received === 0) || fact.kind === 'resolve')).toBe(true);
    }));
  });

  it('a host name that imitates an output does not become one', () => {
    const hostile = 'ping: 64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.1 ms: Name or service not known';
    expect(parsePing(outputOf(hostile)).some((fact) => fact.kind === 'ping')).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parse } from '../../../src/domain/dialect.ts';
import type { Fact } from '../../../src/domain/facts.ts';
import { traceDialects } from '../../../src/tools/trace-dialects.ts';
import { tracePerl, tracePython3, tracerouteDebianTcp, tracerouteDebianUdp } from '../../../src/tools/traceroute/dialects.ts';
import { parseTraceroute } from '../../../src/tools/traceroute/parse.ts';
import { describeGolden, outputOf } from '../golden.ts';

const PARSERS: Readonly<Record<string, Parse>> = {
  'debian-tcp': tracerouteDebianTcp.parse,
  debian: tracerouteDebianUdp.parse,
  busybox: tracerouteDebianUdp.parse,
  inetutils: tracerouteDebianUdp.parse,
  python3: tracePython3.parse,
  perl: tracePerl.parse,
};

describeGolden(new URL('./fixtures/', import.meta.url), ({ dialect }) => PARSERS[dialect] ?? parseTraceroute);

function readTrace(text: string): Extract<Fact, { kind: 'trace' }> {
  const [fact] = parseTraceroute(outputOf(text));
  if (fact?.kind !== 'trace') throw new Error(`not a trace: ${JSON.stringify(fact)}`);
  return fact;
}

describe('pasted traces of other systems', () => {
  it('Windows tracert: times before addresses, timeouts, the destination last', () => {
    const trace = readTrace(`
Tracing route to dst.example [192.0.2.7]
over a maximum of 30 hops:

  1    <1 ms    <1 ms     1 ms  192.0.2.1
  2     *        *        *     Request timed out.
  3    12 ms    11 ms    12 ms  dst.example [192.0.2.7]

Trace complete.`);
    expect(trace).toMatchObject({ host: 'dst.example', address: '192.0.2.7', reached: true });
    expect(trace.hops.map(({ ttl, replies }) => [ttl, replies[0]?.address ?? null])).toEqual([[1, '192.0.2.1'], [2, null], [3, '192.0.2.7']]);
  });

  it('Windows tracert: a router that reports', () => {
    const trace = readTrace('Tracing route to 192.0.2.7 over a maximum of 30 hops\n\n  1  192.0.2.1  reports: Destination net unreachable.\n');
    expect(trace).toMatchObject({ reached: false, hops: [{ ttl: 1, replies: [{ address: '192.0.2.1', error: 'network-unreachable' }] }] });
  });

  it('macOS: further addresses of a hop stand on lines of their own', () => {
    const trace = readTrace(`traceroute to dst.example (192.0.2.7), 64 hops max, 52 byte packets
 1  r1.example (192.0.2.1)  1.123 ms  0.912 ms  0.874 ms
 2  r2.example (192.0.2.2)  10.1 ms
    r3.example (192.0.2.3)  11.2 ms *`);
    expect(trace.hops[1]?.replies.map(({ address }) => address)).toEqual(['192.0.2.2', '192.0.2.3', null]);
    expect(trace.reached).toBe(false);
  });

  it('AS numbers and MPLS labels are no hops', () => {
    const trace = readTrace('traceroute to 192.0.2.7 (192.0.2.7), 30 hops max, 60 byte packets\n 1  192.0.2.1 [AS64500]  0.5 ms <MPLS:L=3,E=0,S=1,T=1>  0.6 ms !<13>');
    expect(trace.hops).toEqual([{ ttl: 1, replies: [{ address: '192.0.2.1', rttMs: 0.5, error: null }, { address: '192.0.2.1', rttMs: 0.6, error: 'prohibited' }] }]);
  });
});

describe('trace commands', () => {
  const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
  const tools = { kind: 'tools', tools: {}, versions: {} } as const;

  it.each(['-f', '--help', '$(id)', '10.0.0.1; id', 'name.example', ''])('never take %j as an address', (address) => {
    for (const dialect of traceDialects) expect(dialect.argv({ kind: 'trace', address, port: 443 }, limits, tools), dialect.id).toBeNull();
  });

  it('give python3 the address as an argument, never in the script', () => {
    const argv = tracePython3.argv({ kind: 'trace', address: '10.77.3.2', port: 443 }, limits, tools) ?? [];
    expect(argv.slice(3)).toEqual(['10.77.3.2', '443', '20', '3.5', '0', '0.03']);
    expect(argv[2]).not.toContain('10.77');
  });

  it('say how long packets are to be, or leave such a question to others', () => {
    const asked = { kind: 'trace', address: '10.77.3.2', port: null, sizeBytes: 1500 } as const;
    for (const dialect of traceDialects) {
      const argv = dialect.argv(asked, limits, tools);
      if (argv !== null) expect(argv, dialect.id).toContain('1500');
    }
    expect(traceDialects.filter((dialect) => dialect.argv(asked, limits, tools) !== null).map(({ id }) => id)).toContain('traceroute-debian');
  });

  it('trace by TCP only when there is a port', () => {
    expect(tracerouteDebianTcp.argv({ kind: 'trace', address: '10.77.3.2', port: null }, limits, tools)).toBeNull();
  });
});

describe('text that is no trace', () => {
  it('never arrives anywhere', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...traceDialects), (text, dialect) => {
      expect(dialect.parse(outputOf(text)).some((fact) => fact.kind === 'trace' && fact.reached)).toBe(false);
    }));
  });

  it('a router whose name imitates the destination is not the destination', () => {
    const trace = readTrace('traceroute to dst.example (192.0.2.7), 30 hops max, 60 byte packets\n 1  192.0.2.7 (198.51.100.1)  0.5 ms');
    expect(trace).toMatchObject({ reached: false, hops: [{ replies: [{ address: '198.51.100.1' }] }] });
  });
});

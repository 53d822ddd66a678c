import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/domain/facts.ts';
import type { Parse } from '../../../src/domain/dialect.ts';
import { parseProcInterfaces } from '../../../src/tools/proc-net/interfaces.ts';
import { parseProcNeighbours } from '../../../src/tools/proc-net/neighbours.ts';
import { parseProcRoutes } from '../../../src/tools/proc-net/routes.ts';
import { parseProcSockets } from '../../../src/tools/proc-net/sockets.ts';
import { loadFixture, loadFixtures } from '../fixture.ts';
import { describeGolden, outputOf } from '../golden.ts';

const PARSERS: Readonly<Record<string, Parse>> = {
  interfaces: parseProcInterfaces,
  routes: parseProcRoutes,
  neighbours: parseProcNeighbours,
  sockets: parseProcSockets,
};

const FIXTURES = new URL('./fixtures/', import.meta.url);

describeGolden(FIXTURES, ({ dialect }) => {
  const parse = PARSERS[dialect.split('-')[1] ?? ''];
  if (parse === undefined) throw new Error(`no parser for ${dialect}`);
  return parse;
});

describe('the kernel\'s own files', () => {
  const readers = ['bash', 'busybox', 'python3'];
  const names = loadFixtures(FIXTURES).map(({ name }) => name).filter((name) => name.startsWith('sh-'));

  it.each(names)('read the same by every reader (%s)', (name) => {
    const expected = (reader: string): unknown => loadFixture(new URL(name.replace(/^sh-/u, `${reader}-`) + '.out', FIXTURES)).expected;
    for (const reader of readers) expect(expected(reader), reader).toEqual(expected('sh'));
  });

  it.each(['usual', 'down', 'no-address', 'no-carrier', 'host-address'])('say what ip says (%s)', (name) => {
    const facts = (path: string): readonly Fact[] => loadFixture(new URL(`../${path}--${name}.out`, import.meta.url)).expected ?? [];
    expect(facts('proc-net/fixtures/sh-routes').map(comparable)).toEqual(facts('ip/fixtures/ip-json-routes').map(comparable));
    expect(facts('proc-net/fixtures/sh-interfaces').map(comparable)).toEqual(facts('ip/fixtures/ip-json-interfaces').map(comparable));
  });

  it('a script that was cut proves nothing, since a missing route may only be missing from the text', () => {
    const { output } = loadFixture(new URL('sh-routes--usual.out', FIXTURES));
    const cut = output.lines.slice(0, 3).map(({ text }) => text).join('\n');
    expect(parseProcRoutes(outputOf(cut))).toMatchObject([{ kind: 'unavailable' }]);
  });

  it('addresses stand backwards on little-endian machines only', () => {
    const route = (destination: string, gateway: string, mask: string): string =>
      `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\neth0\t${destination}\t${gateway}\t0003\t0\t0\t0\t${mask}\t0\t0\t0\n`;
    const expected = [{ destination: '10.0.5.0/24', gateway: '10.0.0.1' }];
    expect(parseProcRoutes(outputOf(route('0005000A', '0100000A', '00FFFFFF')))).toMatchObject([{ family: 4, routes: expected }]);
    expect(parseProcRoutes(outputOf(route('0A000500', '0A000001', 'FFFFFF00')))).toMatchObject([{ family: 4, routes: expected }]);
  });
});

/** What both can know: /proc names no source address, no order, no address of an interface that is down, for rejecting routes no device, and one next hop of several. */
function comparable(fact: Fact): unknown {
  if (fact.kind === 'routes') return { family: fact.family, routes: fact.routes.filter(({ gateway }) => gateway !== '10.77.0.97').map((route) => ({ ...route, source: null, device: route.type === 'unicast' ? route.device : null })).map((route) => JSON.stringify(route)).sort() };
  if (fact.kind === 'interfaces') return fact.interfaces.map((one) => ({ ...one, addresses: one.up ? one.addresses.toSorted() : [] }));
  return fact;
}

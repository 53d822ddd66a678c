import { describe, expect, it } from 'vitest';
import type { Parse } from '../../../src/domain/dialect.ts';
import { parseIpJsonInterfaces, parseIpJsonNeighbours, parseIpJsonRoutes } from '../../../src/tools/ip/json.ts';
import { parseIpTextInterfaces, parseIpTextNeighbours, parseIpTextRoutes } from '../../../src/tools/ip/text.ts';
import { describeGolden, outputOf } from '../golden.ts';
import { loadFixture } from '../fixture.ts';

const PARSERS: Readonly<Record<string, Parse>> = {
  'ip-json-interfaces': parseIpJsonInterfaces,
  'ip-json-routes': parseIpJsonRoutes,
  'ip-json-neighbours': parseIpJsonNeighbours,
  'ip-interfaces': parseIpTextInterfaces,
  'ip-brief-interfaces': parseIpTextInterfaces,
  'busybox-interfaces': parseIpTextInterfaces,
  'ip-routes': parseIpTextRoutes,
  'ip-main-routes': parseIpTextRoutes,
  'busybox-routes': parseIpTextRoutes,
  'ip-neighbours': parseIpTextNeighbours,
  'busybox-neighbours': parseIpTextNeighbours,
};

describeGolden(new URL('./fixtures/', import.meta.url), ({ dialect }) => {
  const parse = PARSERS[dialect];
  if (parse === undefined) throw new Error(`no parser for ${dialect}`);
  return parse;
});

describe('ip', () => {
  it.each(['usual', 'down', 'no-address', 'no-carrier', 'host-address'])('says the same in JSON and in text (%s)', (name) => {
    const facts = (dialect: string): unknown => loadFixture(new URL(`./fixtures/${dialect}--${name}.out`, import.meta.url)).expected;
    expect(facts('ip-interfaces')).toEqual(facts('ip-json-interfaces'));
    expect(facts('ip-routes')).toEqual(facts('ip-json-routes'));
    expect(facts('ip-neighbours')).toEqual(facts('ip-json-neighbours'));
  });

  it('says of an old iproute2 that it knows no -j, and nothing of the network', () => {
    expect(parseIpJsonRoutes(outputOf('Option "-j" is unknown, try "ip -help".', 255))).toMatchObject([{ kind: 'unavailable', reason: 'command-failed' }]);
  });

  it('does not take half a JSON document for a short list', () => {
    expect(parseIpJsonRoutes(outputOf('[{"dst":"10.0.0.0/8","dev":"eth0","flags":[]},'))).toMatchObject([{ kind: 'unavailable' }]);
  });

  it('leaves out the routes of other tables and of our own addresses', () => {
    const text = 'default via 10.0.0.1 dev eth0 table 100\n10.0.0.0/8 dev eth0 proto kernel scope link src 10.0.0.2\nlocal ::1 dev lo table local proto kernel metric 0 pref medium';
    expect(parseIpTextRoutes(outputOf(text))).toEqual([
      { kind: 'routes', family: 4, routes: [{ destination: '10.0.0.0/8', gateway: null, device: 'eth0', source: '10.0.0.2', type: 'unicast' }] },
      { kind: 'routes', family: 6, routes: [] },
    ]);
  });

  it('does not read prose as routes', () => {
    expect(parseIpTextRoutes(outputOf('default is to do nothing\n10.0.0.1 is down'))).toMatchObject([{ kind: 'unavailable' }]);
  });
});

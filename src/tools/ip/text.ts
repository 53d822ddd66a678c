/** What `ip` prints without -j: iproute2 of any age, and busybox. */
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, InterfacesFact, NeighboursFact } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { noAnswer } from '../no-answer.ts';
import { routesFacts } from '../routes-facts.ts';
import type { FoundRoute } from '../routes-facts.ts';
import { carrierOfFlags } from './json.ts';
import { neighbourState } from './neighbour-state.ts';
import { routeType } from './route-type.ts';

type Interface = InterfacesFact['interfaces'][number];

// 2: n0@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000           iproute2 6.1
// 2: n0@n0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue qlen 1000                                   busybox 1.35
const LINK = /^\d+: ([^\s:@]+)(?:@\S+)?: <([\w,-]*)> mtu (\d+)(?: .*?\bstate (\w+))?/u;
//     inet 10.77.0.2/24 brd 10.77.0.255 scope global n0
//     inet 10.8.0.1 peer 10.8.0.2/32 scope global tun0
//     inet6 fd77::2/64 scope global nodad
const ADDRESS = /^ +inet6? ([\da-fA-F:.]+)(?: peer [\da-fA-F:.]+)?\/(\d+) .*\bscope \w+/u;
// n0@if2           UP             10.77.0.2/24 fd77::2/64                                                      ip -br addr
const BRIEF = /^([^\s@]+)(?:@\S+)? +(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT)((?: +[\da-fA-F:.]+\/\d+)*) *$/u;

export function parseIpTextInterfaces(output: CommandOutput): readonly Fact[] {
  const interfaces: Interface[] = [];
  for (const { text } of output.lines) {
    const link = readLink(text) ?? readBrief(text);
    const address = ADDRESS.exec(text);
    const last = interfaces.at(-1);
    if (link !== null) interfaces.push(link);
    else if (address !== null && last !== undefined)
      interfaces.splice(-1, 1, { ...last, addresses: [...last.addresses, `${address[1] ?? ''}/${address[2] ?? ''}`] });
  }
  return interfaces.length === 0 ? [noAnswer(output)] : [{ kind: 'interfaces', interfaces }];
}

function readLink(text: string): Interface | null {
  const link = LINK.exec(text);
  if (link === null) return null;
  const flags = (link[2] ?? '').split(',');
  return {
    name: link[1] ?? '',
    up: flags.includes('UP'),
    carrier: carrierOfFlags(flags, link[4] ?? ''),
    loopback: flags.includes('LOOPBACK'),
    mtuBytes: Number(link[3]),
    addresses: [],
  };
}

/** The brief form shows the operational state only: UNKNOWN is what loopback and tunnels have when they work. */
function readBrief(text: string): Interface | null {
  const brief = BRIEF.exec(text);
  if (brief === null) return null;
  const [, name = '', state = '', addresses = ''] = brief;
  return {
    name,
    up: state === 'UP' || state === 'UNKNOWN',
    carrier: state === 'UP' ? true : state === 'LOWERLAYERDOWN' ? false : null,
    loopback: name === 'lo',
    mtuBytes: null,
    addresses: addresses.split(' ').filter((address) => address !== ''),
  };
}

// default via 10.77.0.1 dev n0
// 10.77.0.0/24 dev n0 proto kernel scope link src 10.77.0.2
// unreachable 10.77.60.0/24          prohibit ..., blackhole ..., throw ..., local ..., broadcast ..., multicast ..., anycast ...
// default via inet6 fe80::1 dev n0   an IPv4 route with an IPv6 next hop
// unreachable default dev lo metric 4294967295 error -101 pref medium      kernels before 4.11 list this when IPv6 has no default route
const ROUTE = /^(?:(unicast|unreachable|prohibit|blackhole|throw|local|broadcast|multicast|anycast|nat) )?(default|[\da-fA-F:.]+(?:\/\d+)?)(?= |$)(.*)$/u;
// 	nexthop via 10.0.0.1 dev eth0 weight 1
const NEXT_HOP = /^\s+nexthop (.+)$/u;

export function parseIpTextRoutes(output: CommandOutput): readonly Fact[] {
  const found: FoundRoute[] = [];
  let multipath: FoundRoute | null = null;
  for (const { text } of output.lines) {
    const hop = NEXT_HOP.exec(text)?.[1];
    const route = hop === undefined ? readRoute(text) : null;
    if (route !== null) {
      // A route of several next hops names none on its own line; each of them is then a route.
      multipath = route.type === 'unicast' && route.gateway === null && route.device === null ? route : null;
      if (multipath === null) found.push(route);
    }
    if (hop !== undefined && multipath !== null) found.push({ ...multipath, gateway: viaOf(hop), device: wordAfter(hop, 'dev') });
  }
  const understood = found.length > 0 || (output.exitCode === 0 && output.lines.every(({ text }) => text.trim() === ''));
  return understood ? routesFacts(found) : [noAnswer(output)];
}

function readRoute(text: string): FoundRoute | null {
  const [, type = 'unicast', destination, rest = ''] = ROUTE.exec(text) ?? [];
  if (destination === undefined || (destination !== 'default' && familyOf(destination.split('/')[0] ?? '') === null)) return null;
  if (rest.includes('error -101')) return null;
  return {
    destination,
    gateway: viaOf(rest),
    device: wordAfter(rest, 'dev'),
    source: wordAfter(rest, 'src'),
    type: routeType(type),
    table: wordAfter(rest, 'table') ?? 'main',
    family: / pref (?:low|medium|high)\b/u.test(rest) ? 6 : null,
  };
}

function viaOf(words: string): string | null {
  return /(?:^| )via (?:inet6? )?([\da-fA-F:.]+)(?= |$)/u.exec(words)?.[1] ?? null;
}

function wordAfter(words: string, key: string): string | null {
  const list = words.split(/\s+/u);
  const at = list.indexOf(key);
  return at < 0 ? null : (list[at + 1] ?? null);
}

// 10.77.0.1 dev n0 lladdr 5e:61:e5:bd:31:49 REACHABLE                                          iproute2 6.1
// fd77::1 dev n0 lladdr 5e:61:e5:bd:31:49 router STALE
// 10.77.0.1 dev n0 lladdr 5e:61:e5:bd:31:49 ref 1 used 0/0/0 probes 1 REACHABLE                busybox 1.35
// 10.77.0.99 dev n0  used 0/0/0 probes 6 FAILED
const NEIGHBOUR = /^([\da-fA-F:.]+) dev (\S+) .*?(REACHABLE|STALE|DELAY|PROBE|INCOMPLETE|FAILED|PERMANENT|NOARP|NONE) *(?:proto \S+ *)?$/u;

export function parseIpTextNeighbours(output: CommandOutput): readonly Fact[] {
  const neighbours = output.lines.flatMap(({ text }): NeighboursFact['neighbours'] => {
    const match = NEIGHBOUR.exec(text);
    if (match === null || familyOf(match[1] ?? '') === null) return [];
    return [{ address: match[1] ?? '', device: match[2] ?? null, linkAddress: wordAfter(text, 'lladdr'), state: neighbourState(match[3] ?? '') }];
  });
  const understood = neighbours.length > 0 || (output.exitCode === 0 && output.lines.every(({ text }) => text.trim() === ''));
  return understood ? [{ kind: 'neighbours', neighbours }] : [noAnswer(output)];
}

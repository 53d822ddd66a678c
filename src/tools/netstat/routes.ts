/** `route -n` and `netstat -rn` of net-tools and busybox, macOS's `netstat -rn`. Numeric forms only. */
import ipaddr from 'ipaddr.js';
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { familyOf } from '../address-family.ts';
import { noAnswer } from '../no-answer.ts';
import { routesFacts } from '../routes-facts.ts';
import type { FoundRoute } from '../routes-facts.ts';

const HEADERS = [
  // Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
  /^Destination +Gateway +Genmask +Flags /u,
];

export function parseNetstatRoutes(output: CommandOutput): readonly Fact[] {
  const found = output.lines.flatMap(({ text }) => readLinux(text) ?? readLinuxV6(text) ?? readBsd(text) ?? []);
  const listed = found.length > 0 || output.lines.some(({ text }) => HEADERS.some((header) => header.test(text)));
  return listed ? routesFacts(found) : [noAnswer(output)];
}

// 0.0.0.0         10.77.0.1       0.0.0.0         UG    0      0        0 n0           route -n; netstat -rn has other columns in the middle
// 10.77.60.0      0.0.0.0         255.255.255.0   !     0      0        0 *            unreachable and prohibit alike; netstat: `-` for gateway
// 10.77.62.0      0.0.0.0         255.255.255.0   U     0      0        0 *            blackhole
const LINUX = /^([\d.]+) +([\d.]+|-|\*) +([\d.]+) +([A-Z!]+) +[\d-]+ +[\d-]+ +(?:[\d-]+ +)?(\S+)\s*$/u;

function readLinux(text: string): FoundRoute | null {
  const match = LINUX.exec(text);
  if (match === null) return null;
  const [, destination = '', gateway = '', mask = '', flags = '', device = ''] = match;
  const length = ipaddr.IPv4.isValidFourPartDecimal(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
  if (length === null) return null;
  const type = flags.includes('!') ? 'unreachable' : device === '*' ? 'blackhole' : 'unicast';
  return route(`${destination}/${String(length)}`, flags.includes('G') ? gateway : null, device === '*' || device === '-' ? null : device, type);
}

// fd77::/64                      ::                         U    256 2     0 n0       route -6 -n
// [::]/0                         fd77::1                    UG   1024 3    0 n0       net-tools 2.10
const LINUX_V6 = /^(?:\[::\]|([\da-f:]+))\/(\d+) +(?:\[::\]|([\da-f:]+)) +([A-Za-z!]+) +-?\d+ +\d+ +\d+ +(\S+)\s*$/u;

function readLinuxV6(text: string): FoundRoute | null {
  const match = LINUX_V6.exec(text);
  if (match === null) return null;
  const [, destination = '::', length = '0', gateway = '::', flags = '', device = ''] = match;
  if (flags.includes('n') && flags.includes('!') && device === 'lo') return null; // the kernel's placeholder, no route
  return route(`${destination}/${length}`, gateway === '::' ? null : gateway, device, localOrReject(flags));
}

function localOrReject(flags: string): FoundRoute['type'] {
  if (flags.includes('!')) return 'unreachable';
  return flags.includes('n') ? 'local' : 'unicast';
}

// default            192.0.2.1          UGScg                 en0                     macOS, BSD
// 192.0.2            link#6             UCS                   en0      !
const BSD = /^(default|[\da-fA-F.:]+(?:%\w+)?(?:\/\d+)?) +(link#\d+|[\da-fA-F.:]+(?:%\w+)?) +([A-Za-z]*[US][A-Za-z]*) +(?:\d+ +\d+ +)?(\w+)(?: +\S+)?\s*$/u;

function readBsd(text: string): FoundRoute | null {
  const match = BSD.exec(text);
  if (match === null) return null;
  const [, destination = '', via = '', flags = '', device = ''] = match;
  const gateway = flags.includes('G') && familyOf(via) !== null ? via.replace(/%.*$/u, '') : null;
  const cidr = destination === 'default' ? 'default' : bsdCidr(destination.replace(/%\w+/u, ''));
  if (cidr === null) return null;
  const type = flags.includes('B') ? 'blackhole' : flags.includes('R') ? 'unreachable' : 'unicast';
  return { ...route(cidr, gateway, device, type), family: via.includes(':') ? 6 : null };
}

/** BSD leaves out trailing zero bytes: `192.0.2` is 192.0.2.0/24. */
function bsdCidr(text: string): string | null {
  const [address = '', length] = text.split('/');
  if (address.includes(':')) return `${address}/${length ?? '128'}`;
  const bytes = address.split('.');
  if (bytes.length > 4 || bytes.some((byte) => !/^\d{1,3}$/u.test(byte))) return null;
  const full = [...bytes, '0', '0', '0'].slice(0, 4).join('.');
  return `${full}/${length ?? String(bytes.length * 8)}`;
}

function route(destination: string, gateway: string | null, device: string | null, type: FoundRoute['type']): FoundRoute {
  return { destination, gateway, device, source: null, type, table: 'main', family: null };
}

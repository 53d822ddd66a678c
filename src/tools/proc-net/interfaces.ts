import ipaddr from 'ipaddr.js';
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, InterfacesFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';
import { readFibTrie } from './fib-trie.ts';
import { ipv6OfHex } from './hex-address.ts';
import { readRouteTable } from './route-table.ts';
import type { RouteRow } from './route-table.ts';
import { readTables } from './tables.ts';
import type { Tables } from './tables.ts';

/** net/if.h */
const IFF_UP = 0x1;

/**
 * Interfaces from /proc/net/dev, with what /sys says of them. Where /sys is not to be read, an interface that has an address or a route is
 * up: the kernel takes both away when it goes down. IPv4 addresses come from fib_trie, which names no device (see deviceOfAddress).
 */
export function parseProcInterfaces(output: CommandOutput): readonly Fact[] {
  const files = readTables(output);
  const names = (files.get('/proc/net/dev') ?? []).flatMap((line) => readDevice(line) ?? []);
  if (names.length === 0) return [noAnswer(output)];
  const routes = readRouteTable(files.get('/proc/net/route') ?? []);
  const addresses = [...addressesV4(files, names, routes), ...addressesV6(files)];
  const interfaces = names.map((name): InterfacesFact['interfaces'][number] => {
    const own = addresses.filter(({ device }) => device === name).map(({ cidr }) => cidr);
    const flags = sysValue(files, name, 'flags');
    const up = flags === null ? own.length > 0 || routes.some(({ device }) => device === name) : (Number(flags) & IFF_UP) !== 0;
    const carrier = sysValue(files, name, 'carrier');
    const mtu = sysValue(files, name, 'mtu');
    // Reading `carrier` of an interface that is down fails, so the file is missing then.
    return { name, up, carrier: carrier === null ? null : carrier === '1', loopback: name === 'lo', mtuBytes: mtu === null ? null : Number(mtu), addresses: own };
  });
  return [{ kind: 'interfaces', interfaces }];
}

//     n0:   56474     422    0    0    0     0          0         0   147067     912    0 ...
function readDevice(line: string): string | null {
  return /^\s*([^\s:]+(?::\d+)?):\s*\d+\s+\d+\s/u.exec(line)?.[1] ?? null;
}

function sysValue(files: Tables, name: string, file: string): string | null {
  return files.get(`/sys/class/net/${name}/${file}`)?.[0]?.trim() ?? null;
}

interface DeviceAddress {
  readonly device: string | null;
  readonly cidr: string;
}

function addressesV4(files: Tables, names: readonly string[], routes: readonly RouteRow[]): readonly DeviceAddress[] {
  const own = readFibTrie(files.get('/proc/net/fib_trie') ?? []).filter(({ type, prefixLength }) => type === 'local' && prefixLength === 32);
  const linkOf = (address: string): RouteRow | undefined =>
    routes.find((route) => route.gateway === null && route.prefixLength > 0 && route.device !== '*' && contains(route, address));
  const placed = new Set(own.flatMap(({ address }) => linkOf(address)?.device ?? []));
  return own.map(({ address }) => {
    const link = linkOf(address);
    const length = link?.prefixLength ?? (address.startsWith('127.') ? 8 : 32);
    return { device: link?.device ?? deviceOfAddress(address, names, routes, placed), cidr: `${address}/${String(length)}` };
  });
}

/**
 * The device of an address that no on-link route leads to (a /32, as many CNIs give): loopback, else the only other interface, else the
 * default route's if that has no address yet. null, and the address is left out, when that would be a guess: it may belong to an
 * interface that is down.
 */
function deviceOfAddress(address: string, names: readonly string[], routes: readonly RouteRow[], placed: ReadonlySet<string>): string | null {
  if (address.startsWith('127.')) return 'lo';
  const others = names.filter((name) => name !== 'lo');
  if (others.length === 1) return others[0] ?? null;
  const device = routes.find((route) => route.prefixLength === 0)?.device ?? null;
  return device === null || placed.has(device) ? null : device;
}

function contains(route: RouteRow, address: string): boolean {
  return ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parse(route.destination), route.prefixLength);
}

// fd770000000000000000000000000002 02 40 00 82       n0            address, index, prefix length, scope, flags, device
const INET6 = /^([\da-f]{32}) [\da-f]{2} ([\da-f]{2}) [\da-f]{2} [\da-f]{2} +(\S+)$/u;

function addressesV6(files: Tables): readonly DeviceAddress[] {
  return (files.get('/proc/net/if_inet6') ?? []).flatMap((line) => {
    const row = INET6.exec(line);
    return row === null ? [] : [{ device: row[3] ?? null, cidr: `${ipv6OfHex(row[1] ?? '') ?? ''}/${String(parseInt(row[2] ?? '0', 16))}` }];
  });
}

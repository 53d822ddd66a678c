import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, RoutesFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';
import { readFibTrie } from './fib-trie.ts';
import { ipv6OfHex } from './hex-address.ts';
import { readRouteTable } from './route-table.ts';
import { readTables } from './tables.ts';

type Route = RoutesFact['routes'][number];

/** IPv4 routes of table main from /proc/net/route; which kind of rejection from fib_trie; IPv6 from ipv6_route, where all tables are one. */
export function parseProcRoutes(output: CommandOutput): readonly Fact[] {
  const files = readTables(output);
  const facts: Fact[] = [];
  const table = files.get('/proc/net/route');
  if (table !== undefined) facts.push({ kind: 'routes', family: 4, routes: routesV4(table, files.get('/proc/net/fib_trie') ?? []) });
  const tableV6 = files.get('/proc/net/ipv6_route');
  if (tableV6 !== undefined) facts.push({ kind: 'routes', family: 6, routes: tableV6.flatMap((line) => readRouteV6(line) ?? []) });
  return facts.length > 0 ? facts : [noAnswer(output)];
}

function routesV4(table: readonly string[], trie: readonly string[]): readonly Route[] {
  const rejections = readFibTrie(trie).filter(({ type }) => type === 'prohibit' || type === 'unreachable' || type === 'blackhole');
  return readRouteTable(table).map((row): Route => {
    const known = rejections.find((entry) => entry.address === row.destination && entry.prefixLength === row.prefixLength)?.type;
    const type = row.type !== 'unicast' && known !== undefined && known !== 'broadcast' ? known : row.type;
    return { destination: `${row.destination}/${String(row.prefixLength)}`, gateway: row.gateway, device: row.device === '*' ? null : row.device, source: null, type };
  });
}

// destination, its length, source, its length, next hop, metric, references, use, flags, device (all hex):
// fd770000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000002 00000000 00000001       n0
const ROW = /^([\da-f]{32}) ([\da-f]{2}) [\da-f]{32} [\da-f]{2} ([\da-f]{32}) ([\da-f]{8}) [\da-f]{8} [\da-f]{8} ([\da-f]{8}) +(\S+)$/u;
/** ipv6_route.h and route.h */
const RTF_UP = 0x1;
const RTF_GATEWAY = 0x2;
const RTF_REJECT = 0x200;
const RTF_ANYCAST = 0x0010_0000;
const RTF_LOCAL = 0x8000_0000;

/** null for our own addresses, multicast, and the kernel's placeholder `::/0 dev lo` with the worst metric, which is no route. */
function readRouteV6(line: string): Route | null {
  const row = ROW.exec(line);
  if (row === null) return null;
  const [, destinationHex = '', lengthHex = '', nextHopHex = '', metric, flagsHex = '', device = ''] = row;
  const flags = parseInt(flagsHex, 16);
  const has = (flag: number): boolean => Math.floor(flags / flag) % 2 === 1;
  const rejects = has(RTF_REJECT);
  if (has(RTF_LOCAL) || has(RTF_ANYCAST) || destinationHex.startsWith('ff') || metric === 'ffffffff' || !(has(RTF_UP) || rejects)) return null;
  const destination = `${ipv6OfHex(destinationHex) ?? ''}/${String(parseInt(lengthHex, 16))}`;
  return { destination, gateway: has(RTF_GATEWAY) ? ipv6OfHex(nextHopHex) : null, device: rejects ? null : device, source: null, type: rejects ? 'unreachable' : 'unicast' };
}

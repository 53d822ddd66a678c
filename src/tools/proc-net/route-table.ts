/** /proc/net/route: the IPv4 routes of table main. */
import ipaddr from 'ipaddr.js';
import type { RoutesFact } from '../../domain/facts.ts';
import { byteOrderOfMasks, ipv4OfHex } from './hex-address.ts';

export interface RouteRow {
  readonly device: string;
  readonly destination: string;
  readonly prefixLength: number;
  readonly gateway: string | null;
  readonly type: RoutesFact['routes'][number]['type'];
}

// Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
// n0	00000000	01004D0A	0003	0	0	0	00000000	0	0	0
const ROW = /^(\S+)\t([\dA-F]{8})\t([\dA-F]{8})\t([\dA-F]{4})\t\d+\t\d+\t\d+\t([\dA-F]{8})\t/u;
/** route.h */
const RTF_GATEWAY = 0x2;
const RTF_REJECT = 0x200;

/**
 * Rejecting routes have the device `*` and RTF_REJECT, whether unreachable or prohibit (fib_trie knows which); a blackhole route has the
 * device `*` without that flag.
 */
export function readRouteTable(lines: readonly string[]): readonly RouteRow[] {
  const rows = lines.map((line) => ROW.exec(line)).filter((row) => row !== null);
  const order = byteOrderOfMasks(rows.map((row) => row[5] ?? ''));
  return rows.flatMap((row): readonly RouteRow[] => {
    const destination = ipv4OfHex(row[2] ?? '', order);
    const gateway = ipv4OfHex(row[3] ?? '', order);
    const mask = ipv4OfHex(row[5] ?? '', order);
    const flags = parseInt(row[4] ?? '0', 16);
    const prefixLength = mask === null ? null : ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask();
    if (destination === null || gateway === null || prefixLength === null) return [];
    const type = (flags & RTF_REJECT) !== 0 ? 'unreachable' : row[1] === '*' ? 'blackhole' : 'unicast';
    return [{ device: row[1] ?? '', destination, prefixLength, gateway: (flags & RTF_GATEWAY) === 0 ? null : gateway, type }];
  });
}

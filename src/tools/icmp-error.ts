import type { IcmpError } from '../domain/facts.ts';

/**
 * How tools word ICMP errors, and errno of their own send or connect. Order matters: "Host Prohibited" is not "Host Unreachable".
 * iputils 20221126 ping_common.c/ping6_common.c, inetutils 2.4 libicmp, BSD ping.c, Windows ping.
 */
const PHRASES: readonly (readonly [RegExp, IcmpError])[] = [
  // Destination Host Prohibited / Packet filtered / Communication prohibited by filter / Administratively prohibited
  [/prohibited|filtered|source address failed/iu, 'prohibited'],
  // Dest Unreachable, Bad Code: 10 / Unknown Code: 9 (tools that do not know RFC 1812's codes)
  [/Dest Unreachable, (?:Bad|Unknown) Code: (?:9|10|13)\b/iu, 'prohibited'],
  // Frag needed and DF set (mtu = 1300) / Packet too big: mtu=1300 / Message too long / Packet needs to be fragmented but DF set.
  [/frag(?:mentation)? needed|needs to be fragmented|packet too big|message too long/iu, 'fragmentation-needed'],
  // Time to live exceeded / Time exceeded: Hop limit / TTL expired in transit.
  [/time to live exceeded|hop limit|ttl expired|time exceeded/iu, 'ttl-exceeded'],
  [/port unreachable/iu, 'port-unreachable'],
  [/protocol unreachable/iu, 'protocol-unreachable'],
  // Destination Net Unreachable / Network is unreachable / Destination unreachable: No route
  [/net(?:work)?(?: is)? un(?:reachable|known)|unreachable: no route/iu, 'network-unreachable'],
  // Destination Host Unreachable / Address unreachable / No route to host (errno EHOSTUNREACH) / Host is down
  [/host un(?:reachable|known)|address unreachable|no route to host|host is down/iu, 'host-unreachable'],
  // EPERM of an OUTPUT rule that drops, EACCES of a prohibit route: the packet never left.
  [/operation not permitted|permission denied/iu, 'prohibited'],
  [/unreachable|exceeded|bad code|unknown code|reject route|beyond scope/iu, 'other'],
];

/** The error that a tool's words mean; null when they name none. */
export function icmpErrorOfPhrase(phrase: string): IcmpError | null {
  return PHRASES.find(([pattern]) => pattern.test(phrase))?.[1] ?? null;
}

/** ICMP destination unreachable codes (RFC 792, RFC 1812 5.2.7.1). */
const UNREACHABLE_V4: Readonly<Record<number, IcmpError>> = {
  0: 'network-unreachable',
  1: 'host-unreachable',
  2: 'protocol-unreachable',
  3: 'port-unreachable',
  4: 'fragmentation-needed',
  6: 'network-unreachable',
  7: 'host-unreachable',
  9: 'prohibited',
  10: 'prohibited',
  11: 'network-unreachable',
  12: 'host-unreachable',
  13: 'prohibited',
};

/** ICMPv6 destination unreachable codes (RFC 4443 3.1). */
const UNREACHABLE_V6: Readonly<Record<number, IcmpError>> = {
  0: 'network-unreachable',
  1: 'prohibited',
  3: 'host-unreachable',
  4: 'port-unreachable',
  5: 'prohibited',
  6: 'prohibited',
};

/** Error of an ICMP type and code as they stand in the packet. */
export function icmpErrorOfType(family: 4 | 6, type: number, code: number): IcmpError {
  if (family === 4) {
    if (type === 11) return 'ttl-exceeded';
    return type === 3 ? unreachableError(4, code) : 'other';
  }
  if (type === 3) return 'ttl-exceeded';
  if (type === 2) return 'fragmentation-needed';
  return type === 1 ? unreachableError(6, code) : 'other';
}

/** Error of a destination-unreachable code alone, as in traceroute's `!<10>`. */
export function unreachableError(family: 4 | 6, code: number): IcmpError {
  return (family === 4 ? UNREACHABLE_V4 : UNREACHABLE_V6)[code] ?? 'other';
}

import ipaddr from 'ipaddr.js';
import type { HostsFileFact } from '../../domain/facts.ts';

/** Reads a hosts file as hosts(5) defines it: address, names, and a comment from `#` on. null when no line is of this format. */
export function readHostsFile(lines: readonly string[]): HostsFileFact | null {
  const entries = lines.flatMap((line) => {
    // hosts(5): `127.0.0.1       localhost  # comment`
    const [address = '', ...names] = (line.split('#')[0] ?? '').trim().split(/[ \t]+/u);
    return isHostsAddress(address) && names.length > 0 ? [{ address, names }] : [];
  });
  return entries.length === 0 ? null : { kind: 'hosts-file', entries };
}

/** Four parts for IPv4: ipaddr.js would also take `1` and `10.1`. */
function isHostsAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

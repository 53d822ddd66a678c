import ipaddr from 'ipaddr.js';
import type { Tokens } from './tokens.ts';

/**
 * A token for an IP address that says what kind of address it is; null for text that is no address, and for addresses that everybody has:
 * loopback, unspecified, broadcast and netmasks.
 */
export function addressToken(text: string, tokens: Tokens): string | null {
  if (!ipaddr.isValid(text) || (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text))) return null;
  const address = ipaddr.process(text);
  const kind = kindOf(address);
  if (kind === null || (address instanceof ipaddr.IPv4 && address.prefixLengthFromSubnetMask() !== null)) return null;
  return tokens.of(address.kind() === 'ipv4' ? `${kind}-address` : `${kind}-ipv6-address`, address.toString());
}

function kindOf(address: ipaddr.IPv4 | ipaddr.IPv6): 'private' | 'public' | 'link-local' | 'shared' | 'multicast' | null {
  switch (address.range()) {
    case 'unspecified':
    case 'broadcast':
    case 'loopback':
      return null;
    case 'private':
    case 'uniqueLocal':
      return 'private';
    case 'linkLocal':
      return 'link-local';
    case 'carrierGradeNat':
      return 'shared';
    case 'multicast':
      return 'multicast';
    default:
      return 'public';
  }
}

/** `0800F40A`: an address as /proc/net writes it, each 32 bits in the machine's order, which is little-endian wherever we run (proc(5)). */
export function fromProcHex(hex: string): string {
  const bytes = (hex.match(/.{8}/gu) ?? []).flatMap((part) => (part.match(/../gu) ?? []).reverse()).map((byte) => parseInt(byte, 16));
  return ipaddr.fromByteArray(bytes).toString();
}

/** `fe800000000000000000000000000001`: as /proc/net/if_inet6 and ipv6_route write them, in network order. */
export function fromPlainHex(hex: string): string {
  return ipaddr.fromByteArray((hex.match(/../gu) ?? []).map((byte) => parseInt(byte, 16))).toString();
}

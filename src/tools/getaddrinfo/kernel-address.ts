import ipaddr from 'ipaddr.js';

/**
 * An address as /proc/net/udp and /proc/net/udp6 print it (net/ipv4/udp.c, net/ipv6/datagram.c): 32-bit words in the machine's byte
 * order, here little-endian as on x86 and Arm. An IPv4 address in IPv6 form comes back as IPv4. null for other texts.
 */
export function kernelAddress(hex: string): string | null {
  if (!/^(?:[0-9A-F]{8}|[0-9A-F]{32})$/u.test(hex)) return null;
  const words = hex.match(/.{8}/gu) ?? [];
  const octets = words.flatMap((word) => (word.match(/../gu) ?? []).reverse().map((octet) => Number.parseInt(octet, 16)));
  const address = ipaddr.fromByteArray(octets);
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toString();
}

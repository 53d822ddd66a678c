import ipaddr from 'ipaddr.js';

export type ByteOrder = 'little' | 'big';

/**
 * An IPv4 address of /proc/net/route or /proc/net/tcp: eight hex digits of the network-order word as the machine's processor
 * reads it, so on little-endian machines (amd64, arm64, ppc64le, riscv64) the bytes stand backwards: 0100007F is 127.0.0.1.
 */
export function ipv4OfHex(hex: string, order: ByteOrder): string | null {
  if (!/^[\da-fA-F]{8}$/u.test(hex)) return null;
  const bytes = bytesOf(hex);
  return (order === 'little' ? bytes.toReversed() : bytes).join('.');
}

/** An address of /proc/net/tcp6: four such words. IPv4-mapped ones are given as IPv4: a Java or Go socket for both families has them. */
export function ipv6OfHexWords(hex: string, order: ByteOrder): string | null {
  if (!/^[\da-fA-F]{32}$/u.test(hex)) return null;
  const words = [0, 8, 16, 24].map((at) => bytesOf(hex.slice(at, at + 8)));
  return shortest(words.flatMap((word) => (order === 'little' ? word.toReversed() : word)));
}

/** An address of if_inet6 or ipv6_route: sixteen bytes in network order on every machine. */
export function ipv6OfHex(hex: string): string | null {
  return /^[\da-fA-F]{32}$/u.test(hex) ? ipaddr.fromByteArray(bytesOf(hex)).toString() : null;
}

/**
 * The byte order, from netmasks: 255.255.255.0 is 00FFFFFF on little-endian machines and FFFFFF00 on the others (s390x).
 * Little when the masks do not tell.
 */
export function byteOrderOfMasks(masks: readonly string[]): ByteOrder {
  return masks.some((mask) => /^FF[\dA-F]{4}00$/iu.test(mask)) ? 'big' : 'little';
}

/** The byte order, from loopback addresses among the sockets; little when there is none. */
export function byteOrderOfSockets(addresses: readonly string[]): ByteOrder {
  const has = (hex: string): boolean => addresses.some((address) => address.endsWith(hex));
  return has('7F000001') && !has('0100007F') ? 'big' : 'little';
}

function bytesOf(hex: string): number[] {
  return Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

function shortest(bytes: number[]): string {
  return ipaddr.process(ipaddr.fromByteArray(bytes).toString()).toString();
}

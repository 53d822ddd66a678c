import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Parsing costs more than comparing, and policies name the same few networks again and again. */
const networks = new Map<string, readonly [Address, number] | null>();
const addresses = new Map<string, Address | null>();
const MANY = 100_000;

/** null for a text that is no address. `::ffff:10.0.0.9` is 10.0.0.9 (RFC 4291, 2.5.5.2). */
function parseAddress(text: string): Address | null {
  return remembered(addresses, text, () => (ipaddr.isValid(text) ? ipaddr.process(text) : null));
}

function remembered<T>(known: Map<string, T>, text: string, parse: () => T): T {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size > MANY) known.clear();
  const parsed = parse();
  known.set(text, parsed);
  return parsed;
}

/** Whether the address lies in the network; false for another family or malformed text. */
export function isWithin(address: string, network: string): boolean {
  const one = parseAddress(address);
  const parsed = remembered(networks, network, () => (ipaddr.isValidCIDR(network) ? ipaddr.parseCIDR(network) : null));
  if (one === null || parsed === null) return false;
  const [base, bits] = parsed;
  return one.kind() === base.kind() && one.match(base, bits);
}

/** One text for one address: IPv6 has many spellings. Text that is no address is left as it is. */
export function canonical(address: string): string {
  return parseAddress(address)?.toString() ?? address;
}

export function isLoopback(address: string): boolean {
  return parseAddress(address)?.range() === 'loopback';
}

/** `10.0.0.9/32`, `2001:db8::9/128`. */
export function hostNetwork(address: string): string {
  const one = canonical(address);
  return `${one}/${one.includes(':') ? '128' : '32'}`;
}

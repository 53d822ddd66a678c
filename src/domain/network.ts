import ipaddr from 'ipaddr.js';

/** Whether the address lies in the network (`10.0.0.0/8`); false for a name, another family, or malformed text. */
export function isWithinNetwork(address: string, network: string): boolean {
  if (!ipaddr.isValid(address) || !ipaddr.isValidCIDR(network)) return false;
  const [base, bits] = ipaddr.parseCIDR(network);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === base.kind() && parsed.match(base, bits);
}

/** An address that the Internet does not route: of a private network, or of this very host or link (RFC 1918, RFC 4193, RFC 6598, RFC 3927). */
export function isPrivateAddress(address: string): boolean {
  return ipaddr.isValid(address) && PRIVATE_RANGES.has(ipaddr.process(address).range());
}

const PRIVATE_RANGES: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'carrierGradeNat', 'loopback', 'linkLocal', 'unspecified']);

/** Top-level labels that are never delegated to the public (RFC 6762, RFC 8375, ICANN's .internal), and Kubernetes' own. */
const INTERNAL_SUFFIX = /\.(?:local|internal|home\.arpa|lan|intranet|corp|svc|svc\..+)$/iu;

/** Whether a host is meant to be reached without leaving the organisation: by its name, or by a private address (RFC 1918, RFC 4193, ...). */
export function isInternalHost(host: string): boolean {
  if (ipaddr.isValid(host)) return ipaddr.parse(host).range() !== 'unicast';
  const name = host.replace(/\.$/u, '');
  return !name.includes('.') || INTERNAL_SUFFIX.test(name);
}

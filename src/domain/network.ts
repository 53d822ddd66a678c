import ipaddr from 'ipaddr.js';

/** Whether the address lies in the network (`10.0.0.0/8`); false for a name, another family, or malformed text. */
export function isWithinNetwork(address: string, network: string): boolean {
  if (!ipaddr.isValid(address) || !ipaddr.isValidCIDR(network)) return false;
  const [base, bits] = ipaddr.parseCIDR(network);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === base.kind() && parsed.match(base, bits);
}

import ipaddr from 'ipaddr.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a request to `server` by HTTPS_PROXY, HTTP_PROXY and NO_PROXY (either case), or null. As kubectl does it, which
 * is golang.org/x/net/http/httpproxy: NO_PROXY takes `*`, names with their subdomains, `.subdomains`, addresses, CIDR ranges, each
 * with an optional port; localhost and loopback addresses never go through a proxy.
 */
export function proxyFor(server: URL, environment: Environment): string | null {
  const value = (name: string): string => environment[name] ?? environment[name.toLowerCase()] ?? '';
  const proxy = value(server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY').trim();
  if (proxy === '') return null;
  const host = server.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port;
  if (host === 'localhost' || isLoopback(host)) return null;
  const isExcluded = value('NO_PROXY').split(',').some((entry) => matches(entry.trim().toLowerCase(), host, port));
  if (isExcluded) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isLoopback(host: string): boolean {
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return isInRange(host, entry);
  const [, entryHost = entry, entryPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/u.exec(entry) ?? [];
  if (entryPort !== undefined && entryPort !== port) return false;
  const name = entryHost.replace(/^\[|\]$/gu, '').replace(/^\*\./u, '.');
  if (ipaddr.isValid(name)) return ipaddr.isValid(host) && ipaddr.process(name).toString() === ipaddr.process(host).toString();
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function isInRange(host: string, range: string): boolean {
  if (!ipaddr.isValid(host) || !ipaddr.isValidCIDR(range)) return false;
  const address = ipaddr.process(host);
  const [network, bits] = ipaddr.parseCIDR(range);
  return address.kind() === network.kind() && address.match(network, bits);
}

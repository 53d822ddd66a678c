import { isWithinNetwork } from './network.ts';

export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** The variable names a user. Only the clients of the place itself can say the password: it is removed from what is read. */
  readonly hasUser: boolean;
}

/**
 * The proxy variable that an HTTP client would follow for a destination, as it stands; null when none applies. The names are in
 * lower case, as EnvironmentFact keeps them. Order and no_proxy as curl(1) documents them.
 */
export function proxyVariable(
  destination: { readonly host: string; readonly tls: boolean },
  proxies: Readonly<Record<string, string>>,
): string | null {
  const proxy = (destination.tls ? proxies['https_proxy'] : proxies['http_proxy']) ?? proxies['all_proxy'] ?? '';
  return proxy === '' || bypasses(destination.host, proxies['no_proxy'] ?? '') ? null : proxy;
}

/** The same, taken apart; null also when the variable cannot be read as a URL. */
export function proxyOf(
  destination: { readonly host: string; readonly tls: boolean },
  proxies: Readonly<Record<string, string>>,
): Proxy | null {
  const variable = proxyVariable(destination, proxies);
  if (variable === null) return null;
  const text = variable.includes('://') ? variable : `http://${variable}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const defaultPort = url.protocol === 'https:' ? 443 : url.protocol.startsWith('socks') ? 1080 : 80;
  return { host: url.hostname.replace(/^\[|\]$/gu, ''), port: Number(url.port) || defaultPort, hasUser: url.username !== '' };
}

/** no_proxy: `*`, names that match themselves and what is below them, and networks (curl ≥ 7.86, Go's httpproxy). */
function bypasses(host: string, noProxy: string): boolean {
  return noProxy
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const name = entry.replace(/^\*?\./u, '').toLowerCase();
      return host.toLowerCase() === name || host.toLowerCase().endsWith(`.${name}`) || isWithinNetwork(host, entry);
    });
}

import { isPrivateAddress } from '../domain/network.ts';
import type { Look } from './look.ts';
import { connections, httpAnswer, isIpv6, proxyFor } from './reading.ts';
import { distanceByHops, type Distance } from './refusal-distance.ts';

/**
 * Is it the dependency that answered in plain HTTP, or somebody on the way who answers for everybody: a captive portal, a filter? Whoever does
 * so stands nearer than the address that was asked for. Only asked of addresses outside: a balancer or a Service inside may well be nearer than
 * what it stands for. null: inside TLS, or through a proxy, there is nothing to ask.
 */
export function answeredNearer(look: Look): Distance | null | 'wait' {
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  if (open === undefined || look.dependency.tls || proxyFor(look) !== null || isIpv6(open.address) || isPrivateAddress(open.address)) return null;
  return distanceByHops(look, open.address);
}

/** For a redirect to another host, where whoever says it stands: a captive portal answers everybody so. null where nothing is redirected, or as above. */
export function portalDistance(look: Look): Distance | null | 'wait' {
  return sentElsewhere(look) ? answeredNearer(look) : null;
}

function sentElsewhere(look: Look): boolean {
  const http = httpAnswer(look)?.fact('http') ?? null;
  const location = http?.headers['location'] ?? '';
  const { host, url } = look.dependency;
  const target = URL.canParse(location, url) ? new URL(location, url).hostname : host;
  return (http?.status ?? 0) >= 300 && (http?.status ?? 0) < 400 && target.toLowerCase() !== host.toLowerCase() && target.toLowerCase() !== `www.${host.toLowerCase()}`;
}

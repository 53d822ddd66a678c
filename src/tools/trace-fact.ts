import ipaddr from 'ipaddr.js';
import type { HopReply, TraceFact } from '../domain/facts.ts';

export type Hop = TraceFact['hops'][number];

/** Puts hops in order of their TTL, merges those of the same TTL, and says whether the destination itself answered. */
export function traceFact(parts: Omit<TraceFact, 'kind' | 'reached'>): TraceFact {
  const byTtl = new Map<number, readonly HopReply[]>();
  for (const { ttl, replies } of parts.hops) byTtl.set(ttl, [...(byTtl.get(ttl) ?? []), ...replies]);
  const hops = [...byTtl].sort(([a], [b]) => a - b).map(([ttl, replies]) => ({ ttl, replies }));
  const reached = hops.some(({ replies }) => replies.some(({ address }) => sameAddress(address, parts.address)));
  return { kind: 'trace', host: parts.host, address: parts.address, method: parts.method, hops, reached, pathMtuBytes: parts.pathMtuBytes };
}

function sameAddress(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  if (one === other) return true;
  return ipaddr.isValid(one) && ipaddr.isValid(other) && ipaddr.parse(one).toString() === ipaddr.parse(other).toString();
}

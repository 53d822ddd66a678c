/** What a trace says about the path: pure readings for the tree. */
import type { IcmpError, TraceFact } from './facts.ts';

export interface AnsweringHop {
  readonly ttl: number;
  readonly address: string;
}

/** The last hop that anybody answered from, errors included; null when the whole path was silent or nothing could be sent. */
export function lastAnsweringHop(trace: TraceFact): AnsweringHop | null {
  for (const { ttl, replies } of trace.hops.toReversed()) {
    const address = replies.find((reply) => reply.address !== null)?.address ?? null;
    if (address !== null) return { ttl, address };
  }
  return null;
}

/** TTL of the first packet that the destination itself answered; null when it answered none. */
export function arrivalTtl(trace: TraceFact): number | null {
  if (!trace.reached) return null;
  return trace.hops.find(({ replies }) => replies.some(({ address }) => address === trace.address))?.ttl ?? null;
}

export interface PathError {
  readonly ttl: number;
  /** The router that said it; null when it was our own kernel, which could not send. */
  readonly from: string | null;
  readonly error: IcmpError;
}

/**
 * Errors that end the path, in order of TTL, each once for a sender. "Fragmentation needed" is how a tool learns the path's MTU, and
 * "port unreachable" from the destination is how a UDP trace arrives: neither is an error of the path.
 */
export function pathErrors(trace: TraceFact): readonly PathError[] {
  const errors = new Map<string, PathError>();
  for (const { ttl, replies } of trace.hops) {
    for (const { address, error } of replies) {
      if (error === null || error === 'ttl-exceeded' || error === 'fragmentation-needed') continue;
      if (error === 'port-unreachable' && address === trace.address) continue;
      const key = `${address ?? ''} ${error}`;
      if (!errors.has(key)) errors.set(key, { ttl, from: address, error });
    }
  }
  return [...errors.values()];
}

export interface RoutingLoop {
  /** TTL of the first hop that the packet came back to. */
  readonly firstTtl: number;
  /** The routers of one turn, in order; a router of it that never answered is left out. */
  readonly addresses: readonly string[];
}

/** Longest turn looked for: a longer one does not repeat three times within the TTLs that are probed. */
const LONGEST_TURN = 6;
const LEAST_VISITS = 3;

/**
 * A loop: from some hop on, routers repeat with a period of two or more, one of them at least three times, and the destination never
 * answers. Silent hops fit anywhere, since a router in a loop soon reaches its limit of ICMP errors. The same address at successive
 * TTLs is none (a last router says "host unreachable" for each probe), nor is one coming twice (load-balanced paths of unequal length).
 */
export function routingLoop(trace: TraceFact): RoutingLoop | null {
  if (trace.reached) return null;
  const addressAt = new Map<number, string>();
  for (const { ttl, replies } of trace.hops) {
    const answers = new Set(replies.flatMap((reply) => (reply.address !== null && reply.error === null ? [reply.address] : [])));
    const [only] = answers;
    // Several routers at one TTL are load-balanced paths: they fit no turn.
    if (only !== undefined && answers.size === 1) addressAt.set(ttl, only);
  }
  for (let period = 2; period <= LONGEST_TURN; period += 1) {
    const loop = loopOfPeriod(addressAt, period);
    if (loop !== null) return loop;
  }
  return null;
}

function loopOfPeriod(addressAt: ReadonlyMap<number, string>, period: number): RoutingLoop | null {
  const ttls = [...addressAt.keys()].sort((a, b) => a - b);
  const comesBack = (ttl: number): boolean => ttls.some((later) => later > ttl && addressAt.get(later) === addressAt.get(ttl));
  for (const firstTtl of ttls.filter(comesBack)) {
    const inLoop = ttls.filter((ttl) => ttl >= firstTtl);
    const turn = new Map<number, string>();
    const fits = inLoop.every((ttl) => {
      const place = (ttl - firstTtl) % period;
      const known = turn.get(place);
      turn.set(place, known ?? addressAt.get(ttl) ?? '');
      return known === undefined || known === addressAt.get(ttl);
    });
    const addresses = [...turn].sort(([a], [b]) => a - b).map(([, address]) => address);
    const visits = Math.max(...addresses.map((address) => inLoop.filter((ttl) => addressAt.get(ttl) === address).length));
    if (fits && visits >= LEAST_VISITS && new Set(addresses).size === addresses.length && !isStandstill(inLoop, addresses)) return { firstTtl, addresses };
  }
  return null;
}

/** One router at neighbouring TTLs alone is no loop, whatever period it would fit. */
function isStandstill(ttls: readonly number[], addresses: readonly string[]): boolean {
  return addresses.length === 1 && ttls.some((ttl, at) => at > 0 && ttl - (ttls[at - 1] ?? 0) === 1);
}

/** Fewer would be two routers' worth of coincidence. */
const LEAST_SAME_TTLS = 3;

/**
 * The one router that packets of every TTL end at: something on the way gives them all the same, too low one. null when another router answered
 * as well, when it said anything else than "time exceeded", or when the destination answered.
 */
export function lowTtlRouter(trace: TraceFact): string | null {
  if (trace.reached) return null;
  const answers = trace.hops.flatMap(({ ttl, replies }) => replies.flatMap(({ address, error }) => (address === null ? [] : [{ ttl, address, error }])));
  const [first] = answers;
  const same = first !== undefined && answers.every(({ address, error }) => address === first.address && error === null);
  return same && new Set(answers.map(({ ttl }) => ttl)).size >= LEAST_SAME_TTLS ? first.address : null;
}

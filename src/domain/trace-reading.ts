import type { IcmpError, TraceFact } from './facts.ts';

export interface AnsweringHop {
  readonly ttl: number;
  readonly address: string;
}

/** The farthest hop that answered, the destination itself included; null when none did. */
export function lastAnsweringHop(fact: TraceFact): AnsweringHop | null {
  const answering = fact.hops.flatMap(({ ttl, replies }) => replies.flatMap(({ address }) => (address === null ? [] : [{ ttl, address }])));
  return answering.at(-1) ?? null;
}

/** Rounds of a circle that a path has to show: a last router may stand twice in a row, and paths may be balanced over two. */
const ROUNDS = 3;

/**
 * The routers that hand a packet round in a circle, or null. A circle shows as the same sequence of two to four different
 * addresses, repeated without a gap at the end of a path that does not reach its destination.
 */
export function routingLoop(fact: TraceFact): readonly string[] | null {
  if (fact.reached) return null;
  const path = fact.hops.map(({ replies }) => replies.find(({ address }) => address !== null)?.address ?? null);
  const end = path.findLastIndex((address) => address !== null) + 1;
  for (let length = 2; length <= 4; length += 1) {
    const tail = path.slice(Math.max(0, end - length * ROUNDS), end);
    const circle = tail.slice(0, length);
    const different = new Set(circle).size === length && !circle.includes(null);
    if (tail.length === length * ROUNDS && different && tail.every((address, index) => address === circle[index % length])) {
      return circle.filter((address) => address !== null);
    }
  }
  return null;
}

/** What routers on the path said instead of forwarding, nearest first. `ttl-exceeded` is how a trace works, and no error. */
export function pathErrors(fact: TraceFact): readonly { readonly from: string | null; readonly error: IcmpError }[] {
  return fact.hops.flatMap(({ replies }) =>
    replies.flatMap(({ address, error }) => (error === null || error === 'ttl-exceeded' ? [] : [{ from: address, error }])),
  );
}

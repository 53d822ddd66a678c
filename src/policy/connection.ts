import type { Crossing } from './crossing.ts';
import { addressLike, destinationOf, endOfPod, type Asked, type Backend, type Destination } from './destination.ts';
import { evaluateSide, judge, unique, type DirectionAnswer, type Judgement, type Side } from './evaluate.ts';
import type { Pod, Protocol } from './model.ts';
import type { World } from './world.ts';

/** A question: may this connection be made? `from` is a pod of the world, or an address outside it. */
export interface Connection {
  readonly from: { readonly kind: 'pod'; readonly pod: Pod } | { readonly kind: 'address'; readonly address: string };
  readonly to: Asked;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface ConnectionAnswer {
  /** Of the NetworkPolicies and AdminNetworkPolicies, both ends together. */
  readonly verdict: DirectionAnswer['verdict'];
  readonly usual: DirectionAnswer['usual'];
  readonly doubts: DirectionAnswer['doubts'];
  /** At the source; null when the source is not a pod. */
  readonly egress: DirectionAnswer | null;
  /** At the destination; null when it is not a pod. */
  readonly ingress: DirectionAnswer | null;
  readonly destination: Destination;
}

/** Egress at the source and ingress at the destination; behind a Service, for every endpoint. */
export function evaluateConnection(connection: Connection, world: World): ConnectionAnswer {
  const destination = destinationOf(connection.to, connection.port, connection.protocol, world);
  const ways = destination.backends.map((backend) => {
    const egress = egressTo(connection, backend, destination, world);
    const ingress = ingressAt(connection, backend, world);
    return { egress, ingress, both: together([egress, ingress]) };
  });
  const verdict = combined(ways.map(({ both }) => both));
  return {
    ...verdict,
    egress: merged(ways.map(({ egress }) => egress?.answer ?? null)),
    ingress: merged(ways.map(({ ingress }) => ingress?.answer ?? null)),
    destination,
  };
}

function egressTo(connection: Connection, backend: Backend, { frontend }: Destination, world: World): Side | null {
  if (connection.from.kind !== 'pod') return null;
  const crossing: Crossing = {
    direction: 'egress',
    own: connection.from.pod,
    other: backend.end,
    port: backend.port,
    protocol: connection.protocol,
    frontend,
  };
  return evaluateSide(crossing, world);
}

function ingressAt(connection: Connection, { end, port }: Backend, world: World): Side | null {
  if (end.pod === null) return null;
  const { from, protocol } = connection;
  const other =
    from.kind === 'pod'
      ? endOfPod(from.pod, addressLike(from.pod, end.address))
      : { pod: world.podAt(from.address, 0), address: from.address, name: null, isKnown: world.knowsEveryAddress };
  return evaluateSide({ direction: 'ingress', own: end.pod, other, port, protocol, frontend: null }, world);
}

/** Both ends must let it pass, and one plugin reads for both. */
function together(sides: readonly (Side | null)[]): Judgement {
  const given = sides.filter((side) => side !== null);
  // A side that denies for certain decides, whatever is not known of the other.
  if (given.some(({ answer }) => answer.verdict === 'denied')) return { verdict: 'denied', usual: 'denied', doubts: [] };
  const isComplete = !given.some(({ answer }) => answer.doubts.includes('unreadable-policies'));
  return judge(unique(given.flatMap(({ doubts }) => doubts)), (reading) => given.every(({ isAllowed }) => isAllowed(reading)), isComplete);
}

/** What holds for every endpoint, or that it depends on which one is chosen. */
function combined(judgements: readonly Judgement[]): Judgement {
  const [first] = judgements;
  const doubts = unique(judgements.flatMap((judgement) => judgement.doubts));
  const agree = <K extends 'verdict' | 'usual'>(key: K): boolean => judgements.every((judgement) => judgement[key] === first?.[key]);
  const usual = agree('usual') ? (first?.usual ?? null) : null;
  if (first !== undefined && agree('verdict')) return { verdict: first.verdict, usual, doubts };
  return { verdict: 'depends-on-cni', usual, doubts: [...doubts, 'backends-differ'] };
}

function merged(answers: readonly (DirectionAnswer | null)[]): DirectionAnswer | null {
  const given = answers.filter((answer) => answer !== null);
  const [first] = given;
  if (first === undefined) return null;
  if (given.length === 1) return first;
  // An endpoint that is no pod has no policies of its own.
  const judgement = combined(given);
  return {
    ...first,
    ...judgement,
    pod: unique(given.map(({ pod }) => pod)).join(', '),
    selectedBy: unique(given.flatMap(({ selectedBy }) => selectedBy)),
    deciding: unique(given.flatMap(({ deciding }) => deciding)),
    exempt: given.every(({ exempt }) => exempt === first.exempt) ? first.exempt : null,
    custom: unique(given.flatMap(({ custom }) => custom)),
  };
}

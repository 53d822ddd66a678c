import type { CauseId, Confidence } from '../domain/cause.ts';
import type { SocketsFact } from '../domain/facts.ts';
import type { Look } from './look.ts';
import { addressesOf } from './reading.ts';

/** Sockets that their owner forgot to close: more than a few are a leak. */
const FORGOTTEN = 20;
/** More connections to one place than pools have by default. */
const CROWD = 256;

export interface SocketFault {
  readonly cause: Extract<CauseId, 'app.connections-exhausted' | 'app.stale-address'>;
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  readonly detail: string;
}

/** What the application's own sockets show while our probes pass; null for nothing remarkable, or when they cannot be read. */
export function socketFault(look: Look): SocketFault | null | 'wait' {
  const answer = look.need({ kind: 'sockets' });
  if (answer === null) return 'wait';
  const sockets = answer.fact('sockets')?.sockets ?? [];
  const addresses = addressesOf(look) ?? [];
  const evidence = answer.ids('sockets');
  const there = sockets.filter((socket) => addresses.includes(socket.remoteAddress));
  const count = (state: string): number => there.filter((socket) => isState(socket.state, state)).length;
  const forgotten = count('CLOSE_WAIT');
  if (forgotten >= FORGOTTEN) return { cause: 'app.connections-exhausted', confidence: 'likely', evidence, detail: `${String(forgotten)} CLOSE_WAIT` };
  const held = count('ESTABLISHED');
  if (held >= CROWD) return { cause: 'app.connections-exhausted', confidence: 'possible', evidence, detail: `${String(held)} ESTABLISHED` };
  const stale = staleAddress(look, sockets);
  return stale === null ? null : { cause: 'app.stale-address', confidence: 'possible', evidence, detail: stale };
}

/** One hanging connect may be a probe of ours to an address that the name gave somebody else a moment ago; two at one address are not. */
const HANGING = 2;

/** An address that connects hang at and that the name gives nobody. On a port that many dependencies share it may be another one's. */
function staleAddress(look: Look, sockets: SocketsFact['sockets']): string | null {
  const known = new Set(addressesSeen(look));
  const hanging = sockets
    .filter((socket) => isState(socket.state, 'SYN_SENT') && socket.remotePort === look.dependency.port && !known.has(socket.remoteAddress))
    .map((socket) => socket.remoteAddress);
  return hanging.find((address) => hanging.filter((one) => one === address).length >= HANGING) ?? null;
}

/** Every address that any look-up gave or any probe of ours tried. */
function addressesSeen(look: Look): readonly string[] {
  const own = addressesOf(look) ?? [];
  return [...own, ...(['resolve', 'query', 'request', 'connect'] as const).flatMap((kind) =>
    look.all(kind).flatMap((answer) =>
      answer.observations.flatMap(({ fact }) => (fact.kind === 'resolve' ? fact.addresses : fact.kind === 'connect' && fact.address !== null ? [fact.address] : [])),
    ),
  )];
}

/** /proc/net/tcp and netstat say CLOSE_WAIT, ss says CLOSE-WAIT, and ESTAB. */
function isState(found: string, wanted: string): boolean {
  const name = found.toUpperCase().replace('-', '_');
  return name === wanted || (wanted === 'ESTABLISHED' && name === 'ESTAB');
}

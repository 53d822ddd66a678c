import type { CauseId, Confidence } from '../domain/cause.ts';
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
  // A connect that hangs at an address which the name no longer has. On a port that many dependencies share it may be another one's.
  const stale = sockets.find(
    (socket) => isState(socket.state, 'SYN_SENT') && socket.remotePort === look.dependency.port && !addresses.includes(socket.remoteAddress),
  );
  return stale === undefined ? null : { cause: 'app.stale-address', confidence: 'possible', evidence, detail: stale.remoteAddress };
}

/** /proc/net/tcp and netstat say CLOSE_WAIT, ss says CLOSE-WAIT, and ESTAB. */
function isState(found: string, wanted: string): boolean {
  const name = found.toUpperCase().replace('-', '_');
  return name === wanted || (wanted === 'ESTABLISHED' && name === 'ESTAB');
}

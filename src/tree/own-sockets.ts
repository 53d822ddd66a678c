import type { CauseId, Confidence } from '../domain/cause.ts';
import type { SocketsFact } from '../domain/facts.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { addressesOf, connections, isIpv6, tlsQuestion } from './reading.ts';

/** Sockets that their owner forgot to close: pools that look through theirs now and then keep fewer. */
const FORGOTTEN = 32;
/** More connections to one place than pools have by default. */
const CROWD = 256;
/** A connection that got data within this is in use, or was a moment ago. */
const IN_USE_MS = 60_000;
/** Of the connections of a busy pool at least as many are in use. */
const BUSY_SHARE = 0.1;
/** A process this near to its limit fails with EMFILE again and again. */
const FILES_SHARE = 0.95;
/** Ports that so many dependencies share that an address says nothing of which one it is. */
const SHARED_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** One hanging connect may be a probe of ours to an address that the name gave somebody else a moment ago; two at one address are not. */
const HANGING = 2;

export interface SocketFault {
  readonly cause: Extract<CauseId, 'app.connections-exhausted' | 'app.stale-address'>;
  /** null: it looks like it, and a healthy application can look the same. */
  readonly confidence: Confidence | null;
  readonly evidence: readonly string[];
  readonly detail: string;
}

/** What the application's own sockets and files show while our probes pass; null for nothing remarkable, or when they cannot be read. */
export function socketFault(look: Look): SocketFault | null | 'wait' {
  const answer = look.need({ kind: 'sockets' });
  const processes = look.need({ kind: 'processes' });
  if (answer === null || processes === null) return 'wait';
  return filesExhausted(processes) ?? crowded(look, answer) ?? stale(look, answer);
}

function filesExhausted(answer: Answer): SocketFault | null {
  const full = answer.fact('processes')?.processes.find(({ openFiles, openFilesLimit }) => openFilesLimit !== null && openFiles >= openFilesLimit * FILES_SHARE);
  if (full === undefined) return null;
  const detail = `${full.name} (${String(full.pid)}): ${String(full.openFiles)} / ${String(full.openFilesLimit)}`;
  return { cause: 'app.connections-exhausted', confidence: 'likely', evidence: answer.ids('processes'), detail };
}

function crowded(look: Look, answer: Answer): SocketFault | null {
  const addresses = addressesOf(look) ?? [];
  const there = (answer.fact('sockets')?.sockets ?? []).filter((socket) => addresses.includes(socket.remoteAddress));
  const evidence = answer.ids('sockets');
  const forgotten = there.filter((socket) => isState(socket.state, 'CLOSE_WAIT')).length;
  if (forgotten >= FORGOTTEN) return { cause: 'app.connections-exhausted', confidence: 'likely', evidence, detail: `${String(forgotten)} CLOSE_WAIT` };
  const held = there.filter((socket) => isState(socket.state, 'ESTABLISHED'));
  const inUse = held.filter(({ lastDataMs }) => typeof lastDataMs === 'number' && lastDataMs <= IN_USE_MS).length;
  if (held.length < CROWD || inUse >= held.length * BUSY_SHARE) return null;
  return { cause: 'app.connections-exhausted', confidence: null, evidence, detail: `${String(held.length)} ESTABLISHED` };
}

/** Connections to the dependency's port at an address that the name gives nobody. */
function stale(look: Look, answer: Answer): SocketFault | null | 'wait' {
  const { port } = look.dependency;
  const known = new Set(addressesSeen(look));
  if (answersRotate(look)) return null;
  const sockets = answer.fact('sockets')?.sockets ?? [];
  const foreign = sockets.filter((socket) => socket.remotePort === port && !known.has(socket.remoteAddress));
  const evidence = answer.ids('sockets');
  const hanging = hangingAt(foreign);
  if (hanging !== null) return { cause: 'app.stale-address', confidence: SHARED_PORTS.has(port) ? null : 'possible', evidence, detail: hanging };
  const held = foreign.find((socket) => isState(socket.state, 'ESTABLISHED'));
  if (held === undefined) return null;
  const current = holdsCurrent(look, sockets, known);
  if (current !== false) return current === 'wait' ? 'wait' : null;
  if (!look.dependency.tls) return SHARED_PORTS.has(port) ? null : { cause: 'app.stale-address', confidence: null, evidence, detail: held.remoteAddress };
  // Whoever shows a certificate for the name there was the dependency, or still is one of its servers.
  const handshake = look.need(tlsQuestion(look, held.remoteAddress));
  if (handshake === null) return 'wait';
  const fact = handshake.fact('tls');
  if (fact?.established !== true || !fact.verified || fact.failure !== null) return null;
  return { cause: 'app.stale-address', confidence: 'possible', evidence: [...evidence, ...handshake.ids('tls')], detail: held.remoteAddress };
}

/** The application has connections to where the name leads now, too. Probes of ours that were under way look the same, so it is looked at twice. */
function holdsCurrent(look: Look, sockets: SocketsFact['sockets'], known: ReadonlySet<string>): boolean | 'wait' {
  const holds = (seen: SocketsFact['sockets']): boolean =>
    seen.some((socket) => socket.remotePort === look.dependency.port && known.has(socket.remoteAddress) && isState(socket.state, 'ESTABLISHED') && !isOurs(look, socket));
  if (!holds(sockets)) return false;
  const again = look.need({ kind: 'sockets', again: true });
  return again === null ? 'wait' : holds(again.fact('sockets')?.sockets ?? sockets);
}

/** A connection of a probe: it had its answer before the sockets were listed, or was made for the same purpose at the same time. */
function isOurs(look: Look, socket: SocketsFact['sockets'][number]): boolean {
  return connections(look).some(({ address }) => address === socket.remoteAddress) && socket.lastDataMs === undefined;
}

function hangingAt(foreign: SocketsFact['sockets']): string | null {
  const addresses = foreign.filter((socket) => isState(socket.state, 'SYN_SENT')).map((socket) => socket.remoteAddress);
  return addresses.find((address) => addresses.filter((one) => one === address).length >= HANGING) ?? null;
}

/** Two look-ups of the name here got answers that have nothing in common: an address of yesterday means nothing. */
function answersRotate(look: Look): boolean {
  const sets = (['resolve', 'query', 'request'] as const).flatMap((kind) =>
    look.all(kind, TARGET).flatMap((answer) => answer.observations.flatMap(({ fact }) => (fact.kind === 'resolve' && fact.outcome === 'answered' ? byFamily(fact.addresses) : []))),
  );
  return sets.some((one) => sets.some((other) => isIpv6(one[0] ?? '') === isIpv6(other[0] ?? '') && !one.some((address) => other.includes(address))));
}

/** One question is about one family, another about both: only answers of the same one can differ. None of the sets is empty. */
function byFamily(addresses: readonly string[]): readonly (readonly string[])[] {
  return [addresses.filter(isIpv6), addresses.filter((address) => !isIpv6(address))].filter((set) => set.length > 0);
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

import ipaddr from 'ipaddr.js';
import type { CommandOutput, OutputLine } from '../../domain/command.ts';
import type { ConnectFact, Fact, UnavailableFact } from '../../domain/facts.ts';
import { connectOutcomeOf } from '../errno/strerror.ts';

export interface Peer {
  /** Name or address as the tool printed it; null when it printed none. */
  readonly host: string | null;
  readonly address: string | null;
  readonly port: number | null;
}

export const UNNAMED_PEER: Peer = { host: null, address: null, port: null };

/** Host and address from what a tool printed: a literal is both. `printedAddress` is the one in brackets beside a name. */
export function peerOf(host: string | null, port: string | null, printedAddress: string | null = null): Peer {
  const plain = plainHost(host);
  const address = printedAddress ?? plain;
  return {
    host: plain ?? printedAddress,
    address: address !== null && ipaddr.isValid(address) ? address : null,
    port: port !== null && /^\d{1,5}$/u.test(port) ? Number(port) : null,
  };
}

/** Without brackets, and an IPv6 address in its short form: socat prints all eight groups. */
function plainHost(host: string | null): string | null {
  const plain = host?.replace(/^\[(.*)\]$/u, '$1') ?? null;
  return plain !== null && ipaddr.IPv6.isValid(plain) ? ipaddr.parse(plain).toString() : plain;
}

export function connected(peer: Peer, elapsedMs: number | null): ConnectFact {
  return { kind: 'connect', ...peer, transport: 'tcp', outcome: 'connected', elapsedMs, detail: null };
}

/** A connect that failed for the reason that `message` words. */
export function failed(peer: Peer, message: string, elapsedMs: number | null, transport: 'tcp' | 'udp' = 'tcp'): ConnectFact {
  return { kind: 'connect', ...peer, transport, outcome: connectOutcomeOf(message), elapsedMs, detail: message.trim() };
}

/** Our own limit ended the attempt. */
export function timedOut(peer: Peer, detail: string, elapsedMs: number | null): ConnectFact {
  return { kind: 'connect', ...peer, transport: 'tcp', outcome: 'timeout', elapsedMs, detail };
}

/** For output that proves nothing: the first words that were printed, or the exit status. */
export function notUnderstood(output: CommandOutput): UnavailableFact {
  const words = output.lines
    .map((line) => line.text.trim())
    .filter((text) => text !== '' && text !== START_MARKER)
    .join('; ')
    .slice(0, 200);
  return { kind: 'unavailable', reason: 'not-understood', detail: words === '' ? `no output, exit status ${String(output.exitCode)}` : words };
}

/** What is written on standard error just before a tool is started: its arrival is the start of the clock. */
export const START_MARKER = 'netdiag-start';

/** From the start marker's arrival to this line's; null where there is no marker. */
export function elapsedAt(output: CommandOutput, line: OutputLine): number | null {
  return elapsedBetween(output.lines.find((candidate) => candidate.text === START_MARKER), line);
}

/**
 * Between the arrivals of two lines, or null when that says nothing: lines that were written apart may travel in one packet, and a
 * difference below a millisecond is then the reading program's and not the network's.
 */
export function elapsedBetween(start: OutputLine | undefined, end: OutputLine): number | null {
  if (start === undefined || end.atMs - start.atMs < 1) return null;
  return Math.round((end.atMs - start.atMs) * 100) / 100;
}

/** The facts that single lines prove, in order; one `unavailable` when no line proves any. */
export function factsOfLines(output: CommandOutput, factOf: (line: OutputLine) => Fact | null): readonly Fact[] {
  const facts = output.lines.map(factOf).filter((fact) => fact !== null);
  return facts.length > 0 ? facts : [notUnderstood(output)];
}

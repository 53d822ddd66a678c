/** How far away an answer was made: at the other end, or by something on the way. */
import type { ConnectFact, TraceFact } from '../domain/facts.ts';
import { arrivalTtl } from '../domain/trace-reading.ts';
import type { Look } from './look.ts';
import { helpful, traceQuestion } from './silence.ts';
import type { Timed } from './timed.ts';

export type Distance =
  | { readonly kind: 'near'; readonly detail: string; readonly evidence: readonly string[] }
  | { readonly kind: 'far' | 'unknown'; readonly evidence: readonly string[] };

/** A refusal that comes in less than this share of the path's own round trip did not come from the other end. */
const FAR_TOO_FAST = 0.5;
/** Below this round trip the comparison says nothing. */
const MEASURABLE_RTT_MS = 4;

/**
 * When Linux sends the SYN again, in ms after the first: at each second for the first four (net.ipv4.tcp_syn_linear_timeouts), or at 1, 3 and
 * 7 s before Linux 6.5 (tcp(7), tcp_syn_retries). A RST is always taken at once. An ICMP error that comes
 * back while connect(2) still holds the socket is only noted, and believed when the next SYN meets it (tcp_v4_err in
 * net/ipv4/tcp_ipv4.c): a refusal at just these times is ICMP, from very near.
 */
const RETRANSMITTED_AT_MS = [1000, 2000, 3000, 4000, 7000] as const;
const RETRANSMISSION_SLACK_MS = { before: 15, after: 120 } as const;
/** One refusal may have been held up by loss. */
const TRIES_THAT_AGREE = 3;

/**
 * `tries` and `handshakes` (with other ports of the address) come with who timed them; `echoMs`: the fastest echo, null when there was none.
 * Asks for two traces where times cannot tell.
 */
export function refusalDistance(look: Look, address: string, tries: readonly Timed[], handshakes: readonly Timed[], echoMs: number | null): Distance | 'wait' {
  const own = [...(echoMs === null ? [] : [echoMs]), ...timesOf(handshakes.filter(({ ownClock }) => ownClock))];
  const roundTripMs = own.length === 0 ? null : Math.min(...own);
  const facts = tries.map(({ fact }) => fact);
  if (facts.length >= TRIES_THAT_AGREE && facts.every(isRationed) && facts.some(heardAtRetransmission) && (roundTripMs === null || roundTripMs < RETRANSMITTED_AT_MS[0] / 2)) {
    return { kind: 'near', detail: facts.map((one) => (one.outcome === 'timeout' ? '-' : `${(one.elapsedMs ?? 0).toFixed(0)} ms`)).join(', '), evidence: [] };
  }
  if (roundTripMs === null || roundTripMs < MEASURABLE_RTT_MS) return distanceByHops(look, address);
  const limitMs = roundTripMs * FAR_TOO_FAST;
  const isTimedByTools = tries.every(({ ownClock }) => ownClock);
  const times = timesOf(tries);
  const distance = isTimedByTools ? byTimes(times, limitMs) : byArrivals(times, timesOf(handshakes.filter(({ ownClock }) => !ownClock)), limitMs);
  if (distance === 'mixed') return distanceByHops(look, address);
  if (distance === 'far') return { kind: 'far', evidence: [] };
  return { kind: 'near', detail: `${(isTimedByTools ? middle(times) : Math.max(...times)).toFixed(1)} ms / ${roundTripMs.toFixed(1)} ms`, evidence: [] };
}

/** The known ones, the shortest first. */
function timesOf(timed: readonly Timed[]): readonly number[] {
  return timed.flatMap(({ fact }) => (fact.elapsedMs === null ? [] : [fact.elapsedMs])).toSorted((a, b) => a - b);
}

/** What refuses nearby is fast nearly always; one fast try among slow ones says that the round trip was measured on a busier path than the try. */
function byTimes(times: readonly number[], limitMs: number): 'near' | 'far' | 'mixed' {
  if (times.length === 0) return 'mixed';
  if (middle(times) < limitMs) return 'near';
  return (times[0] ?? 0) >= limitMs ? 'far' : 'mixed';
}

/**
 * A busy machine, or a busy way to the pod, makes the time between two lines too short as well as too long. So most tries must have
 * one, all must agree, and handshakes timed in the same way must take as long as the path does.
 */
function byArrivals(times: readonly number[], handshakes: readonly number[], limitMs: number): 'near' | 'far' | 'mixed' {
  const [fastest, slowest] = [times[0] ?? 0, times.at(-1) ?? 0];
  if (times.length < TRIES_THAT_AGREE || (fastest < limitMs && slowest >= limitMs)) return 'mixed';
  if (fastest >= limitMs) return 'far';
  return handshakes.length > 0 && handshakes.every((ms) => ms >= limitMs) ? 'near' : 'mixed';
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The hop that answers on the dependency's port against the hop that the address itself is at. */
export function distanceByHops(look: Look, address: string): Distance | 'wait' {
  const toPort = helpful(look, traceQuestion(look, address));
  const toHost = helpful(look, { kind: 'trace', address, port: null });
  if (toPort === null || toHost === null) return 'wait';
  if (toPort === 'late' || toHost === 'late') return { kind: 'unknown', evidence: [] };
  const portTtl = ttlBy('tcp', toPort.fact('trace'));
  const hostTtl = ttlBy('udp', toHost.fact('trace'));
  const evidence = [...toPort.ids('trace'), ...toHost.ids('trace')];
  if (portTtl === null || hostTtl === null) return { kind: 'unknown', evidence: [] };
  if (portTtl < hostTtl) return { kind: 'near', detail: `TTL ${String(portTtl)} < ${String(hostTtl)}`, evidence };
  return { kind: 'far', evidence };
}

function ttlBy(method: 'tcp' | 'udp', trace: TraceFact | null): number | null {
  return trace === null || (trace.method === 'tcp') !== (method === 'tcp') ? null : arrivalTtl(trace);
}

/** Errors by ICMP are rationed (icmp_ratelimit in icmp(7)): some tries hear theirs late, and some never. A RST is not. */
function isRationed(one: ConnectFact): boolean {
  return one.outcome === 'timeout' || heardAtRetransmission(one);
}

function heardAtRetransmission({ outcome, elapsedMs }: ConnectFact): boolean {
  if (outcome !== 'refused' || elapsedMs === null) return false;
  return RETRANSMITTED_AT_MS.some((ms) => elapsedMs >= ms - RETRANSMISSION_SLACK_MS.before && elapsedMs <= ms + RETRANSMISSION_SLACK_MS.after);
}

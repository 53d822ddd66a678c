/** What is asked when a connection gets no answer: all of it at once, as soon as the silence is suspicious. */
import ipaddr from 'ipaddr.js';
import type { Question } from '../domain/question.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { conntrackQuestion, nodeOf } from './node-table.ts';
import { askEarlyForOthersProxies } from './others-proxy.ts';
import { pacedMs, paceMs } from './pace.ts';
import { canAskPolicies, policyQuestion } from './policy-answer.ts';
import { addressesOf, connectQuestion, connections, isIpv6, isName, isUnreachable, resolveQuestion } from './reading.ts';

/**
 * A connection that is still waiting after this long is probably lost: at a slow place, which each further command makes slower, twice a slow
 * intercontinental round trip; at a quick one, where a command in vain costs little, the time that any command takes there.
 */
const SUSPICIOUS_MS = { least: 150, most: 400 } as const;

/**
 * Once the last try has been waiting for this long, what is read anew after a silence has changed: nobody on the link was found in three tries of a
 * second (arp(7)), since the first connect, and each try has been sent a second time.
 */
const LAST_LOOK_MS = 2500;

/** Tries besides the first: a fault that comes and goes shows in one of them. */
export const REPEATED_TRIES = [1, 2, 3, 4] as const;

/** Ports that many hosts answer on, one way or the other. Any answer, a refusal too, shows that the host is there. */
const COMMON_PORTS = [443, 80, 22] as const;

export function otherPorts(port: number): readonly number[] {
  return COMMON_PORTS.filter((one) => one !== port);
}

/**
 * The address whose silence is examined: the first that timed out, else the first that failed. IPv6 that has no way out comes last,
 * as when the walk decides which connection it goes on with.
 */
export function silentAddress(look: Look): string | null {
  const failed = connections(look).filter((one) => one.fact.outcome !== 'connected');
  const silent =
    failed.find((one) => one.fact.outcome === 'timeout') ??
    failed.find((one) => !(isIpv6(one.address) && isUnreachable(one.fact.outcome))) ??
    failed[0];
  return silent?.address ?? (addressesOf(look) ?? [])[0] ?? null;
}

export function pingQuestion(address: string): Question {
  return { kind: 'ping', address };
}

export function traceQuestion(look: Look, address: string): Question {
  return { kind: 'trace', address, port: look.dependency.transport === 'tcp' ? look.dependency.port : null };
}

function sparingTraceQuestion(look: Look, address: string): Question {
  return { kind: 'trace', address, port: look.dependency.transport === 'tcp' ? look.dependency.port : null, sparing: true };
}

/**
 * Somebody on the path has said "unreachable", and nobody was seen to say so, nor will be by the trace that goes on. A router sends few such
 * errors (RFC 1812, 4.3.2.8): a trace shall get the next ones, before further tries use them up.
 */
export function wantsSparingTrace(look: Look, address: string): boolean {
  if (!connections(look).some((one) => one.address === address && isUnreachable(one.fact.outcome))) return false;
  const trace = look.peek(traceQuestion(look, address));
  const waitingMs = look.waitingMs(traceQuestion(look, address));
  if (trace === null) return waitingMs === 0 || waitingMs >= IN_VAIN_MS;
  return (trace.fact('trace')?.hops ?? []).every(({ replies }) => replies.every(({ error }) => error === null));
}

/** A router that has sent what it may says nothing for a while: this long are its next errors waited for, three in all. */
const SPARING_PATIENCE_MS = 7000;

/** After so long, what a trace that sends all at once has not heard it will not hear. */
const IN_VAIN_MS = 1000;

/** The trace for a router that sends few errors; nothing else tells who said "unreachable", and why. `late` and null as for what is helpful. */
export function sparingTrace(look: Look, address: string): Answer | 'late' | null {
  const question = sparingTraceQuestion(look, address);
  return look.need(question) ?? (look.waitingMs(question) >= SPARING_PATIENCE_MS ? 'late' : null);
}

/** Puts everything that a timeout's explanation may need, once a connect has been waiting for suspiciously long. */
export function askEarlyForSilence(look: Look): void {
  const { port } = look.dependency;
  const addresses = addressesOf(look) ?? [];
  // An address needs no look-up: that its connect waits for the survey as well is no silence.
  const lateMs = pacedMs(look, SUSPICIOUS_MS) + (isName(look) ? 0 : paceMs(look));
  const late = addresses.some((address) => look.waitingMs(connectQuestion(address, port)) >= lateMs);
  const address = addresses.find((one) => look.peek(connectQuestion(one, port)) === null) ?? addresses[0];
  if (!late || address === undefined) return;
  askAboutPath(look, address);
  if (isName(look)) for (const { id } of look.situation.contrasts) look.need(resolveQuestion(look), id);
}

/** A router sends one receiver a handful of ICMP errors, and then one a second (icmp_ratelimit in icmp(7)): a trace shall hear them before other tries use them up. */
const TRACE_FIRST_MS = { least: 120, most: 250 } as const;

export function askAboutPath(look: Look, address: string): void {
  for (const kind of ['interfaces', 'routes', 'neighbours'] as const) look.need({ kind });
  if (wantsSparingTrace(look, address) && sparingTrace(look, address) === null) return;
  const trace = look.need(traceQuestion(look, address));
  if (trace === null && look.waitingMs(traceQuestion(look, address)) < pacedMs(look, TRACE_FIRST_MS)) return;
  // Nothing here can trace: the places to compare with may.
  if (look.peek(traceQuestion(look, address))?.unavailable === true) for (const { id } of look.situation.contrasts) look.need(traceQuestion(look, address), id);
  // First what waits the longest and is always needed: commands start one after the other.
  askFurtherConnects(look, address);
  for (const { id } of look.situation.contrasts) look.need(connectQuestion(address, look.dependency.port), id);
  look.need(pingQuestion(address));
  for (const other of otherPorts(look.dependency.port)) look.need(connectQuestion(address, other));
  const node = nodeOf(look);
  if (node !== null) {
    look.need(conntrackQuestion(address, 0), node.id);
    // Nothing waits for these: they show the node beside the pod.
    for (const kind of ['interfaces', 'routes'] as const) look.need({ kind }, node.id);
  }
  if (canAskPolicies(look)) look.need(policyQuestion(address, look.dependency.port, look.dependency.transport));
  if (REPEATED_TRIES.every((attempt) => look.waitingMs(connectQuestion(address, look.dependency.port, attempt)) >= LAST_LOOK_MS)) askLastLook(look, address);
}

/** What the walk will want when the last tries are over, read while they still wait: what a silence leaves behind, and whether others have a proxy. */
function askLastLook(look: Look, address: string): void {
  askEarlyForOthersProxies(look);
  look.need({ kind: 'neighbours', again: true });
  const node = nodeOf(look);
  if (node !== null) look.need(conntrackQuestion(address, 1), node.id);
}

export function askFurtherConnects(look: Look, address: string): void {
  for (const attempt of REPEATED_TRIES) look.need(connectQuestion(address, look.dependency.port, attempt));
}

/**
 * A ping or a trace that helps, and that is not worth more patience than a connect: the answer, `late` once it has kept us
 * waiting for that long, or null while there is still hope.
 */
export function helpful(look: Look, question: Question, vantage: string = TARGET): Answer | 'late' | null {
  const answer = look.need(question, vantage);
  return answer ?? (look.waitingMs(question, vantage) >= look.situation.connectTimeoutMs ? 'late' : null);
}

/** A SYN that got lost is sent again after a second (RFC 6298 2.1). */
const SIGN_OF_LIFE_MS = 1300;

/** The same for a sign of life: who is there at all answers soon, and a second try has had its time. */
export function hopeful(look: Look, question: Question): Answer | 'late' | null {
  const answer = look.need(question);
  return answer ?? (look.waitingMs(question) >= Math.min(SIGN_OF_LIFE_MS + paceMs(look), look.situation.connectTimeoutMs) ? 'late' : null);
}

export interface Elsewhere {
  readonly vantage: VantageIdentity;
  readonly answer: Answer;
}

/** What the contrasts' own connects to this address came to. `waiting` while one is outstanding. */
export function elsewhere(look: Look, address: string): { connected: readonly Elsewhere[]; failed: readonly Elsewhere[]; waiting: boolean } {
  // Every place has a loopback of its own, and 0.0.0.0 leads to it (Linux): what listens there says nothing of ours.
  if (isEverybodysOwn(address)) return { connected: [], failed: [], waiting: false };
  const connected: Elsewhere[] = [];
  const failed: Elsewhere[] = [];
  let waiting = false;
  for (const vantage of look.situation.contrasts) {
    const answer = look.need(connectQuestion(address, look.dependency.port), vantage.id);
    if (answer === null) waiting = true;
    const outcome = answer?.fact('connect')?.outcome;
    if (answer === null || outcome === undefined) continue;
    (outcome === 'connected' ? connected : failed).push({ vantage, answer });
  }
  return { connected, failed, waiting };
}

function isEverybodysOwn(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const range = ipaddr.process(address).range();
  return range === 'loopback' || range === 'unspecified';
}

/** How near a place stands to the target: what it sees of the path is worth more, the nearer it is. */
function nearness(look: Look, { relation, node }: VantageIdentity): number {
  const { target } = look.situation;
  const sameNode = target.kind === 'pod' && target.node !== null && target.node === node;
  const isPod = relation === 'sibling' || relation === 'pod';
  return (sameNode ? 4 : 0) + (isPod ? 2 : 0) + (relation === 'node' ? 1 : 0);
}

/** The nearest place from which the same connect fails too; null when there is none. */
export function failingElsewhere(look: Look, address: string): Elsewhere | null | 'wait' {
  const { failed, waiting } = elsewhere(look, address);
  if (waiting) return 'wait';
  return [...failed].sort((a, b) => nearness(look, b.vantage) - nearness(look, a.vantage))[0] ?? null;
}

/** Anything that the address itself sent back: an echo reply, another port's answer, the end of a trace; null when nothing is known. */
export function signOfLife(look: Look, address: string): Answer | null {
  const ping = look.peek(pingQuestion(address));
  if ((ping?.fact('ping')?.received ?? 0) > 0) return ping;
  const trace = look.peek(traceQuestion(look, address));
  if (trace?.fact('trace')?.reached === true) return trace;
  const ports = otherPorts(look.dependency.port).map((port) => look.peek(connectQuestion(address, port)));
  const answering = ports.find((answer) => {
    const outcome = answer?.fact('connect')?.outcome;
    return outcome === 'connected' || outcome === 'refused';
  });
  return answering ?? null;
}

/** What is asked when a connection gets no answer: all of it at once, as soon as the silence is suspicious. */
import type { Question } from '../domain/question.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { canAskPolicies, policyQuestion } from './policy-answer.ts';
import { addressesOf, connectQuestion, connections, isIpv6, isName, isUnreachable, resolveQuestion } from './reading.ts';

/** A connection that is still waiting after this long is probably lost: three times a slow intercontinental round trip. */
const SUSPICIOUS_MS = 600;

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

/** Puts everything that a timeout's explanation may need, once a connect has been waiting for suspiciously long. */
export function askEarlyForSilence(look: Look): void {
  const { port } = look.dependency;
  const addresses = addressesOf(look) ?? [];
  const late = addresses.some((address) => look.waitingMs(connectQuestion(address, port)) >= SUSPICIOUS_MS);
  const address = addresses.find((one) => look.peek(connectQuestion(one, port)) === null) ?? addresses[0];
  if (!late || address === undefined) return;
  askAboutPath(look, address);
  if (isName(look)) for (const { id } of look.situation.contrasts) look.need(resolveQuestion(look), id);
}

export function askAboutPath(look: Look, address: string): void {
  look.need(pingQuestion(address));
  look.need(traceQuestion(look, address));
  for (const other of otherPorts(look.dependency.port)) look.need(connectQuestion(address, other));
  for (const attempt of REPEATED_TRIES) look.need(connectQuestion(address, look.dependency.port, attempt));
  for (const kind of ['interfaces', 'routes', 'neighbours'] as const) look.need({ kind });
  for (const { id } of look.situation.contrasts) look.need(connectQuestion(address, look.dependency.port), id);
  if (canAskPolicies(look)) look.need(policyQuestion(address, look.dependency.port, look.dependency.transport));
}

/**
 * A ping or a trace that helps, and that is not worth more patience than a connect: the answer, `late` once it has kept us
 * waiting for that long, or null while there is still hope.
 */
export function helpful(look: Look, question: Question, vantage: string = TARGET): Answer | 'late' | null {
  const answer = look.need(question, vantage);
  return answer ?? (look.waitingMs(question, vantage) >= look.situation.connectTimeoutMs ? 'late' : null);
}

export interface Elsewhere {
  readonly vantage: VantageIdentity;
  readonly answer: Answer;
}

/** What the contrasts' own connects to this address came to. `waiting` while one is outstanding. */
export function elsewhere(look: Look, address: string): { connected: readonly Elsewhere[]; failed: readonly Elsewhere[]; waiting: boolean } {
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

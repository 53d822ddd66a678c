/** The dependency's words, asked for again: behind one address there may be several servers, and one of them may be dead. */
import type { Question } from '../domain/question.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { connections, exchangeQuestion, proxyFor, requestQuestion, tlsQuestion } from './reading.ts';

/**
 * Tries besides the first, and besides the one that is made when a handshake and a request differ. Six in all find one dead server of two
 * that take turns, and 63 times in 64 one of two between which chance decides.
 */
const FIRST_TRIES = 1;
const TRIES = [2, 3, 4, 5, 6] as const;

/** Whoever takes longer, besides what the way takes, is not asked again: it would cost more than it tells. */
const QUICK_MS = 900;
/** Name, connection, handshake and answer: what the way takes, in times of a round trip. */
const ROUND_TRIPS = 4;

/** Outcomes of a connection that was taken and gave no answer. */
const UNANSWERED: ReadonlySet<string> = new Set(['closed', 'reset', 'partial', 'no-answer', 'silent', 'timeout']);

/** What came of one more try; `status`: of HTTP, null when there was none. */
export interface Again {
  readonly outcome: 'answered' | 'failed';
  readonly status: number | null;
  readonly ids: readonly string[];
}

/** The tries that tell something, 'wait' while one is under way. Empty where there is nothing to repeat. */
export function askAgain(look: Look, address: string): readonly Again[] | 'wait' {
  const answers = TRIES.map((attempt) => look.need(wordsQuestion(look, address, attempt)));
  if (answers.includes(null)) return 'wait';
  return answers.flatMap((answer) => (answer === null ? [] : (readAgain(answer) ?? [])));
}

/** Evidence that others were answered where this one was not, and how many of all were not; null when none was. */
export function answersOthers(look: Look, address: string): { readonly evidence: readonly string[]; readonly detail: string } | null | 'wait' {
  if (!isQuick(look, address)) return null;
  const again = askAgain(look, address);
  if (again === 'wait') return 'wait';
  const answered = again.filter((one) => one.outcome === 'answered');
  if (answered.length === 0) return null;
  return { evidence: again.flatMap((one) => one.ids), detail: `${String(again.length - answered.length + 1)}/${String(again.length + 1)}` };
}

/** True when the first words came to an end so soon that they can be said again. How long the same took then is no matter. */
export function isQuick(look: Look, address: string): boolean {
  if (look.dependency.transport === 'udp' || proxyFor(look) !== null) return false;
  const { kind } = wordsQuestion(look, address, 0);
  const first = look.all(kind, TARGET).filter(({ asked }) => !('attempt' in asked.question) || asked.question.attempt <= FIRST_TRIES);
  const roundTripMs = connections(look).find((one) => one.address === address && one.fact.outcome === 'connected')?.fact.elapsedMs ?? 0;
  const limitMs = QUICK_MS + ROUND_TRIPS * roundTripMs;
  // A name that is slow to look up is looked up again for each try.
  if (first.some((answer) => (answer.fact('resolve')?.elapsedMs ?? 0) > limitMs)) return false;
  const facts = first.flatMap((answer) => answer.fact('http') ?? answer.fact('exchange') ?? answer.fact('tls') ?? []);
  // How long it took is not always known of what was broken off.
  return facts.length > 0 && facts.every((fact) => ((fact.kind === 'http' ? fact.totalMs : fact.elapsedMs) ?? 0) <= limitMs);
}

function wordsQuestion(look: Look, address: string, attempt: number): Question {
  const { application, tls } = look.dependency;
  if (application === 'http') return requestQuestion(look, attempt);
  return tls && application === null ? tlsQuestion(look, address, attempt) : exchangeQuestion(look, address, attempt);
}

/** Failed: taken, and then broken off or left without an answer. Null: anything else, which says nothing about who takes turns. */
function readAgain(answer: Answer): Again | null {
  const http = answer.fact('http');
  const tls = answer.fact('tls');
  const exchange = answer.fact('exchange');
  if (http?.outcome === 'response') return { outcome: 'answered', status: http.status, ids: answer.ids('http') };
  if (exchange?.outcome === 'answered' || exchange?.outcome === 'rejected' || exchange?.outcome === 'open') return { outcome: 'answered', status: null, ids: answer.ids('exchange') };
  if ([http?.outcome, exchange?.outcome, tls?.failure].some((one) => UNANSWERED.has(one ?? ''))) return { outcome: 'failed', status: null, ids: answer.ids() };
  // A member of a balancer where nothing listens. A client that gave up over the name has connected to nobody.
  const connect = answer.fact('connect');
  const isOver = connect !== null && connect.address !== null && ['refused', 'reset', 'timeout'].includes(connect.outcome);
  if (http === null && exchange === null && tls === null && isOver && (answer.fact('resolve')?.outcome ?? 'answered') === 'answered') return { outcome: 'failed', status: null, ids: answer.ids() };
  return http === null && exchange === null && tls?.established === true && tls.failure === null ? { outcome: 'answered', status: null, ids: answer.ids('tls') } : null;
}

/** A balancer whose member is dead says so. 503 and 429 may be for us alone, who ask so often. */
export function isServersOwnTrouble(status: number | null): boolean {
  return status === 500 || status === 502 || status === 504;
}

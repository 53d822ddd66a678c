import type { Question } from '../domain/question.ts';
import type { Answer, Look } from './look.ts';
import { isAlive, nameserversOf, outcomeOf, ownNames, queryQuestion } from './nameservers.ts';
import { isName } from './reading.ts';
import { nameToQuery } from './service-name.ts';

/** Where half of all questions are lost, five of one name and none of five of another are lost once in a thousand times. */
const QUERIES = [0, 1, 2, 3, 4] as const;

function queriesOf(name: string, nameserver: string): readonly Question[] {
  return QUERIES.map((attempt) => queryQuestion(name, nameserver, 'A', 'udp', attempt));
}

/** The same questions again and again, put while the first still waits. */
export function askEarlyForLostAnswers(look: Look, nameserver: string): void {
  for (const name of [nameToQuery(look), ...ownNames(look)]) for (const question of queriesOf(name, nameserver)) look.need(question);
}

export interface LostAnswers {
  readonly silent: number;
  /** `3/10`: questions without an answer, of those that were put. */
  readonly share: string;
  readonly evidence: readonly string[];
}

/**
 * A nameserver that answers for its own name and keeps silent for another may have nobody to ask; or some questions are lost, whatever they
 * are about. The latter when either name is answered now and not then. null: silence has to do with the name.
 */
export function lostAnswers(look: Look, nameserver: string): LostAnswers | null | 'wait' {
  const [own = ''] = ownNames(look);
  const names = [nameToQuery(look), own].map((name) => queriesOf(name, nameserver).map((question) => look.need(question)));
  if (names.some((answers) => answers.includes(null))) return 'wait';
  const differ = names.some((answers) => answers.some(answersNow) && answers.some(isSilent));
  // One that waits for others says so now and then: SERVFAIL each time that it answers.
  const ofTheName = (names[0] ?? []).filter(answersNow);
  const waitsForOthers = ofTheName.length > 0 && ofTheName.every((answer) => outcomeOf(answer) === 'servfail') && (names[1] ?? []).every((answer) => !isSilent(answer));
  if (waitsForOthers) return null;
  if (!differ) return null;
  const all = names.flat();
  const silent = all.filter(isSilent);
  const put = silent.length + all.filter(answersNow).length;
  return { silent: silent.length, share: `${String(silent.length)}/${String(put)}`, evidence: all.flatMap((answer) => answer?.ids('resolve') ?? []) };
}

/** A packet is lost now and then everywhere. */
const MORE_THAN_CHANCE = 3;
/** Nameservers answer sooner, unless they have to ask far away. */
const LATE_ANSWER_MS = 2500;

/** The name was found, but a question of ours about it was not answered: are many lost? null where it was, or few others are. */
export function manyLostAnswers(look: Look): LostAnswers | null | 'wait' {
  const [nameserver] = nameserversOf(look) ?? [];
  if (nameserver === undefined || !isName(look)) return null;
  const question = queryQuestion(nameToQuery(look), nameserver);
  const answer = look.need(question);
  if (answer === null && look.waitingMs(question) < LATE_ANSWER_MS) return 'wait';
  if (answer !== null && !isSilent(answer)) return null;
  const lost = lostAnswers(look, nameserver);
  return lost === null || lost === 'wait' || lost.silent >= MORE_THAN_CHANCE ? lost : null;
}

/** The first nameserver answers nothing, and another one does: whoever asks waits for the first. Evidence ids, null when it is not so. */
export function deadFirstNameserver(look: Look): readonly string[] | null {
  const [first, ...others] = nameserversOf(look) ?? [];
  if (first === undefined) return null;
  const [own = ''] = ownNames(look);
  const silent = [nameToQuery(look), own].map((name) => look.peek(queryQuestion(name, first)));
  const answering = others.map((nameserver) => look.peek(queryQuestion(nameToQuery(look), nameserver))).find(answersNow) ?? null;
  return answering !== null && silent.every(isSilent) ? [...silent.flatMap((answer) => answer?.ids('resolve') ?? []), ...answering.ids('resolve')] : null;
}

function answersNow(answer: Answer | null): boolean {
  return isAlive(outcomeOf(answer));
}

function isSilent(answer: Answer | null): boolean {
  return outcomeOf(answer) === 'timeout';
}

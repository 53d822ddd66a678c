/** Is it the name that takes seconds, or does this place take seconds for everything? */
import type { Question } from '../domain/question.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { resolveQuestion } from './reading.ts';

/** A look-up that takes longer ran into a retry of the resolver (resolv.conf(5): 5 s by default, 3 s in some images; musl asks again after 2.5 s), or into its limits. */
const SLOW_LOOKUP_MS = 2400;
/** Clocks of tools and of the resolver differ by that. */
const TIMER_SLACK_MS = 50;
/** A packet is lost everywhere now and then, and costs one look-up a retry: what is slow once more is slow. */
const FURTHER_LOOKUPS = [1, 2, 3] as const;
const LEAST_SLOW = 2;
/** Every hosts file has it: the same command as for the name, and nobody is asked. */
const OWN_NAME = 'localhost';
/** Where that takes so long, no time tells anything. */
const BUSY_MS = 2000;

/** How long a look-up takes that ran into a retry: less where resolv.conf(5) says `options timeout:N`. */
function slowLookupMs(look: Look): number {
  const options = look.peek({ kind: 'files' })?.fact('resolv-conf')?.options ?? [];
  const seconds = options.flatMap((option) => /^timeout:([1-9]\d*)$/u.exec(option)?.[1] ?? []).at(-1);
  return seconds === undefined ? SLOW_LOOKUP_MS : Math.min(SLOW_LOOKUP_MS, Number(seconds) * 1000 - TIMER_SLACK_MS);
}

function ownNameQuestion(): Question {
  return { kind: 'resolve', name: OWN_NAME };
}

function furtherLookups(look: Look): readonly Question[] {
  return FURTHER_LOOKUPS.map((attempt) => resolveQuestion(look, attempt));
}

/** The same again, and the look-up that needs nobody, put while the first still waits. */
export function askEarlyForSlowName(look: Look): void {
  for (const question of [...furtherLookups(look), ownNameQuestion()]) look.need(question);
}

/** This place takes seconds to look up what it knows by itself; false when that could not be tried. */
export function isBusyPlace(look: Look): boolean | 'wait' {
  const answer = look.need(ownNameQuestion());
  if (answer === null) return look.waitingMs(ownNameQuestion()) >= BUSY_MS ? true : 'wait';
  return tookMs(answer) >= BUSY_MS;
}

export interface SlowName {
  readonly evidence: readonly string[];
  /** The slowest look-up; null when none had an answer. */
  readonly slowestMs: number | null;
}

/** The name takes seconds in more than one look-up, counted without what this place needs for any; null when it does not. */
export function slowName(look: Look): SlowName | null | 'wait' {
  const first = look.peek(resolveQuestion(look));
  if (tookMs(first) < slowLookupMs(look) && slowClients(look, 0).length === 0) return null;
  const own = look.need(ownNameQuestion());
  const again = furtherLookups(look).map((question) => look.need(question));
  if (own === null) return 'wait';
  const found = slowLookups(look);
  // One that still waits is slow already, whenever its answer may come, unless the place takes as long to ask itself.
  const ownMs = own.observations[0]?.durationMs ?? 0;
  const late = furtherLookups(look).filter((question) => look.waitingMs(question) - ownMs >= slowLookupMs(look)).length;
  if (found.length > 0 && found.length + late >= LEAST_SLOW) return { evidence: found.flatMap(({ ids }) => ids), slowestMs: slowestOf(found) };
  return again.includes(null) ? 'wait' : null;
}

/** One look-up of several was slow: evidence ids for a note; null when none was, or when it is the rule. */
export function onceSlow(look: Look): readonly string[] | null {
  const found = slowLookups(look);
  return found.length === 0 || found.length >= LEAST_SLOW ? null : found.flatMap(({ ids }) => ids);
}

/** The same look-up had an answer another time: its evidence ids, none when it never had. Whoever is asked is there, then. */
export function answeredLookups(look: Look): readonly string[] {
  return answersToLookups(look).flatMap((answer) => (answer?.fact('resolve')?.outcome === 'answered' ? answer.ids('resolve') : []));
}

function answersToLookups(look: Look): readonly (Answer | null)[] {
  return [resolveQuestion(look), ...furtherLookups(look)].map((question) => look.peek(question));
}

interface SlowLookup {
  readonly ids: readonly string[];
  readonly ms: number | null;
}

function slowLookups(look: Look): readonly SlowLookup[] {
  const overheadMs = tookMs(look.peek(ownNameQuestion()));
  const slow = answersToLookups(look).flatMap((answer): readonly SlowLookup[] => {
    const fact = answer?.fact('resolve') ?? null;
    if (answer === null) return [];
    // Ended by us: it had been waiting for the name for as long as a command may, where the same command needs no time for its own.
    if (answer.fact('unavailable')?.reason === 'timed-out' && overheadMs < BUSY_MS) return [{ ids: answer.ids('unavailable'), ms: null }];
    if (fact === null) return [];
    if (fact.outcome === 'timeout' || fact.outcome === 'try-again') return [{ ids: answer.ids('resolve'), ms: null }];
    const ms = tookMs(answer) - overheadMs;
    return ms >= slowLookupMs(look) ? [{ ids: answer.ids('resolve'), ms }] : [];
  });
  return overheadMs >= BUSY_MS ? slow : [...slow, ...slowClients(look, overheadMs)];
}

function slowestOf(found: readonly SlowLookup[]): number | null {
  const times = found.flatMap(({ ms }) => (ms === null ? [] : [ms]));
  return times.length === 0 ? null : Math.max(...times);
}

function tookMs(answer: Answer | null): number {
  return answer?.fact('resolve')?.elapsedMs ?? 0;
}

/** Clients that waited for the name through a retry, or until their patience ended where another look-up had its answer. */
function slowClients(look: Look, overheadMs: number): readonly SlowLookup[] {
  return look.all('request', TARGET).flatMap((answer): readonly SlowLookup[] => {
    const { question } = answer.asked;
    const fact = answer.fact('resolve');
    if (fact === null || question.kind !== 'request' || question.url !== look.dependency.url) return [];
    if (fact.outcome === 'timeout' || fact.outcome === 'try-again') return [{ ids: answer.ids('resolve'), ms: null }];
    const ms = tookMs(answer) - overheadMs;
    return fact.outcome === 'answered' && ms >= slowLookupMs(look) ? [{ ids: answer.ids('resolve'), ms }] : [];
  });
}

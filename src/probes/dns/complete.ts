/** What the text of a tool could not say, filled in by who asked: the name, the nameserver, the time. */
import type { ClockFact, Fact, ResolveFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';

export interface CommandTimes {
  /** Our clock, in milliseconds since 1970, when the command was started. */
  readonly startedEpochMs: number;
  readonly durationMs: number;
}

/** Completes the facts of the questions `resolve`, `query` and `files`; all others come back as they are. */
export function completeNameFacts(facts: readonly Fact[], question: Question, times: CommandTimes): readonly Fact[] {
  return facts.map((fact) => {
    if (fact.kind === 'clock') return question.kind === 'files' ? settleClock(fact, times) : fact;
    if (fact.kind !== 'resolve') return fact;
    if (question.kind === 'resolve') return completeResolve(fact, question);
    return question.kind === 'query' ? completeQuery(fact, question, times) : fact;
  });
}

/**
 * The canonical name of a libc resolver is the name with a search domain when it begins with the name that was asked, and the end
 * of an alias otherwise.
 */
function completeResolve(fact: ResolveFact, { name }: Extract<Question, { kind: 'resolve' }>): ResolveFact {
  const [canonical] = fact.canonicalNames;
  const searched = canonical !== undefined && !name.endsWith('.') && plain(canonical).startsWith(`${plain(name)}.`);
  const same = canonical !== undefined && plain(canonical) === plain(name);
  return {
    ...fact,
    name,
    canonicalNames: searched || same ? [] : fact.canonicalNames,
    answeredName: searched ? canonical : null,
  };
}

function completeQuery(fact: ResolveFact, question: Extract<Question, { kind: 'query' }>, times: CommandTimes): ResolveFact {
  return {
    ...fact,
    name: question.name,
    nameserver: question.nameserver,
    recordType: question.recordType,
    // A tool that went on over TCP by itself says so in its output.
    transport: fact.transport ?? question.transport,
    elapsedMs: fact.elapsedMs ?? times.durationMs,
  };
}

/** The vantage's time was printed at an unknown moment between start and end of the command: half of that is uncertain. */
function settleClock(fact: ClockFact, times: CommandTimes): ClockFact {
  if (fact.ourMs !== undefined) return fact;
  const half = times.durationMs / 2;
  return {
    kind: 'clock',
    offsetMs: Math.round(fact.offsetMs - (times.startedEpochMs + half)),
    uncertaintyMs: Math.ceil(fact.uncertaintyMs + half),
    ourMs: Math.round(times.startedEpochMs + half),
  };
}

function plain(name: string): string {
  return name.replace(/\.$/u, '').toLowerCase();
}

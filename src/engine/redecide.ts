import type { Observation } from '../domain/observation.ts';
import { askedKey, type Asked } from '../domain/question.ts';
import { isOfPeople, type RunEvent, type RunEventOf } from '../domain/run-event.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import type { Conclusion } from '../domain/verdict.ts';
import { TARGET, type Situation } from '../tree/look.ts';
import { walk } from '../tree/walk.ts';
import { hasOtherFiles } from './other-files.ts';
import { conclude } from './conclude.ts';

/**
 * What today's tree makes of a recorded run's observations. `undecided`: today's tree asks something that was not asked then;
 * `not-started`: the recording ends before the run did anything.
 */
export type Redecision =
  | { readonly kind: 'decided'; readonly conclusion: Conclusion }
  | { readonly kind: 'undecided'; readonly node: string; readonly needs: readonly Asked[] }
  | { readonly kind: 'not-started' };

/** Pure: the same recording and the same tree always give the same answer. */
export function redecide(events: readonly RunEvent[]): Redecision {
  const started = events.find((event): event is RunEventOf<'run-started'> => event.kind === 'run-started');
  if (started === undefined) return { kind: 'not-started' };
  const vantages = events.flatMap((event) => (event.kind === 'vantage-joined' ? [event.vantage] : []));
  const observations = countingObservations(events);
  const current = walk(situationOf(started, vantages, events, observations));
  if (current.ending === null) return { kind: 'undecided', node: current.path.at(-1)?.node ?? '', needs: current.needs };
  return { kind: 'decided', conclusion: conclude(current, observations, started.dependency, vantages) };
}

/** All but those of questions that were put again later. */
function countingObservations(events: readonly RunEvent[]): readonly Observation[] {
  let counting: readonly Observation[] = [];
  for (const event of events) {
    if (event.kind === 'observed') counting = [...counting, event.observation];
    else if (event.kind === 'wished') counting = counting.filter((observation) => !event.forgotten.includes(askedKey(observation)));
  }
  return counting;
}

function situationOf(
  { target, dependency, connectTimeoutMs, hasCluster }: RunEventOf<'run-started'>,
  vantages: readonly VantageIdentity[],
  events: readonly RunEvent[],
  observations: readonly Observation[],
): Situation {
  const answers = new Map<string, Observation[]>();
  for (const observation of observations) {
    const key = askedKey(observation);
    answers.set(key, [...(answers.get(key) ?? []), observation]);
  }
  return {
    target,
    dependency,
    contrasts: vantages.filter(({ id }) => id !== TARGET),
    cluster: hasCluster,
    hasOtherFiles: vantages.some((one) => one.id === TARGET && hasOtherFiles(target, one)),
    connectTimeoutMs,
    answers,
    waitingMs: waitingAtTheEnd(events, answers),
  };
}

/** How long each unanswered question had been waiting when the run came to its verdict, or to its end. */
function waitingAtTheEnd(events: readonly RunEvent[], answers: ReadonlyMap<string, unknown>): ReadonlyMap<string, number> {
  const endedAtMs = (events.findLast(({ kind }) => kind === 'concluded') ?? events.findLast((event) => !isOfPeople(event)))?.atMs ?? 0;
  return new Map(
    events.flatMap((event) => {
      if (event.kind !== 'question-asked') return [];
      const key = askedKey(event.asked);
      return answers.has(key) ? [] : [[key, endedAtMs - event.atMs] as const];
    }),
  );
}

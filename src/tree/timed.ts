/** Who timed a connect. */
import type { ConnectFact } from '../domain/facts.ts';
import type { Observation } from '../domain/observation.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import type { Connection } from './reading.ts';

/** A connect, and whether the tool itself measured how long it took: else the arrival of its lines is timed. */
export interface Timed {
  readonly fact: ConnectFact;
  readonly ownClock: boolean;
}

/** The connects among these answers, each by its last word. */
export function timed(answers: readonly (Answer | null)[]): readonly Timed[] {
  return answers.flatMap((answer) => {
    const fact = answer?.fact('connect') ?? null;
    return answer === null || fact === null ? [] : [{ fact, ownClock: hasOwnClocks(answer) }];
  });
}

/** True when the tools that answered measured for themselves. */
export function hasOwnClocks({ observations }: Answer): boolean {
  return observations.every((one) => hasOwnClock(one));
}

export function timedConnection(look: Look, { fact, ids }: Connection): Timed {
  const observations = [...look.all('connect', TARGET), ...look.all('request', TARGET)].flatMap((answer) => answer.observations);
  return { fact, ownClock: observations.every((one) => !ids.includes(one.id) || hasOwnClock(one)) };
}

/** Netcats, socat and telnet print lines, and it is these that are timed; what runs a script of ours measures for itself. */
function hasOwnClock({ dialect }: Observation): boolean {
  return !/(?:nc|ncat|socat|telnet)/u.test(dialect);
}

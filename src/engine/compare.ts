import type { Observation } from '../domain/observation.ts';
import { askedKey, type Asked, type QuestionKind } from '../domain/question.ts';
import type { Walk } from '../tree/walk.ts';
import { TARGET } from '../tree/look.ts';

/** What tells one place on the network from another. */
const TELLING: ReadonlySet<QuestionKind> = new Set(['resolve', 'connect', 'tls', 'request', 'exchange']);

/** What the walk asked of the target on its way so far, to be asked of another place. */
export function sameQuestionsAt(vantage: string, { path }: Walk, observations: readonly Observation[]): readonly Asked[] {
  const onTheWay = new Set(path.flatMap((step) => step.observations));
  const questions = observations.filter(({ id, question, vantage: at }) => at === TARGET && onTheWay.has(id) && TELLING.has(question.kind));
  const asked = questions.map(({ question }): Asked => ({ vantage, question }));
  return [...new Map(asked.map((one) => [askedKey(one), one])).values()];
}

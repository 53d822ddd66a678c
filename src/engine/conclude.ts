import { layerOfCause } from '../domain/cause.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { Observation } from '../domain/observation.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import type { Conclusion, Untestable } from '../domain/verdict.ts';
import type { Walk } from '../tree/walk.ts';
import { proofCommands } from './commands.ts';
import { layerStates } from './layers.ts';
import { ruledOut } from './ruled-out.ts';

/** The end of a walk as the conclusion of a run: with its proof, its limits and the way to see it again. */
export function conclude(
  current: Walk,
  observations: readonly Observation[],
  dependency: Dependency,
  vantages: readonly VantageIdentity[],
): Conclusion {
  const { ending } = current;
  if (ending === null) throw new Error('the walk has not ended');
  return {
    verdict: {
      status: ending.status,
      cause: ending.cause,
      layer: ending.cause === null ? null : layerOfCause(ending.cause),
      confidence: ending.confidence,
      parameters: ending.parameters,
      evidence: ending.evidence,
      ruledOut: ruledOut(observations, dependency, ending.cause),
      untestable: untestable(observations),
      commands: proofCommands(ending.evidence, observations, vantages).map(({ argv }) => argv),
    },
    notes: ending.notes,
    layers: layerStates(current, observations),
    path: current.path,
  };
}

/** Questions that have no answer for a reason that somebody could mend. What was merely cancelled is not among them. */
function untestable(observations: readonly Observation[]): readonly Untestable[] {
  const closed = new Set(observations.filter(({ fact, question }) => question.kind === 'tools' && fact.kind === 'unavailable').map(({ vantage }) => vantage));
  return observations.flatMap(({ fact, question, vantage, dialect }) =>
    // Where nothing can be run at all, that is said once.
    fact.kind === 'unavailable' && fact.reason !== 'cancelled' && (question.kind === 'tools' || dialect === 'kubernetes' || !closed.has(vantage))
      ? [{ question, vantage, reason: fact.detail === '' ? fact.reason : `${fact.reason}: ${fact.detail}` }]
      : [],
  );
}

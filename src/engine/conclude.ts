import { layerOfCause } from '../domain/cause.ts';
import type { Observation } from '../domain/observation.ts';
import type { Conclusion, Untestable } from '../domain/verdict.ts';
import type { Walk } from '../tree/walk.ts';
import { repeatArgv } from '../probes/repeat.ts';
import { layerStates } from './layers.ts';
import type { Prober } from './prober.ts';
import type { DiagnosisRequest } from './request.ts';
import { ruledOut } from './ruled-out.ts';
import type { RunState } from './run-state.ts';

/** More commands than this nobody types. */
const COMMANDS_SHOWN = 6;

/** The end of a walk as the conclusion of a run: with its proof, its limits and the way to see it again. */
export function conclude(current: Walk, state: RunState, request: DiagnosisRequest, probers: ReadonlyMap<string, Prober>): Conclusion {
  const { ending } = current;
  if (ending === null) throw new Error('the walk has not ended');
  const { observations } = state;
  return {
    verdict: {
      status: ending.status,
      cause: ending.cause,
      layer: ending.cause === null ? null : layerOfCause(ending.cause),
      confidence: ending.confidence,
      parameters: ending.parameters,
      evidence: ending.evidence,
      ruledOut: ruledOut(observations, request.dependency, ending.cause),
      untestable: untestable(observations),
      commands: commandsFor(ending.evidence, observations, probers),
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

function commandsFor(
  evidence: readonly string[],
  observations: readonly Observation[],
  probers: ReadonlyMap<string, Prober>,
): readonly (readonly string[])[] {
  const commands = new Map<string, readonly string[]>();
  for (const id of evidence) {
    const observation = observations.find((one) => one.id === id);
    if (observation === undefined || observation.command.length === 0) continue;
    const prober = observation.dialect === 'kubernetes' ? undefined : probers.get(observation.vantage);
    const tools = prober?.tools ?? null;
    const command = (tools === null ? null : repeatArgv(observation.question, tools)) ?? observation.command;
    const argv = [...(prober?.vantage.identity.prefix ?? []), ...command];
    commands.set(JSON.stringify(argv), argv);
  }
  return [...commands.values()].slice(0, COMMANDS_SHOWN);
}

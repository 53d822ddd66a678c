import type { CauseId } from '../../src/domain/cause.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Scenario } from './scenario.ts';

/**
 * exact: the expected cause, or reachable; tolerable: a cause that the scenario accepts, without claiming certainty;
 * inconclusive: no claim; wrong: a false claim; false-reachable: the worst of them.
 */
export type Score = 'exact' | 'tolerable' | 'inconclusive' | 'wrong' | 'false-reachable';

export interface Claim {
  readonly status: Verdict['status'];
  readonly cause: CauseId | null;
  readonly confidence: Verdict['confidence'];
}

export function scoreOf(scenario: Pick<Scenario, 'expected' | 'tolerable'>, claim: Claim): Score {
  if (claim.status === 'reachable') return scenario.expected === 'reachable' ? 'exact' : 'false-reachable';
  if (claim.cause === scenario.expected && claim.status === 'fault') return 'exact';
  if (claim.status === 'inconclusive') return 'inconclusive';
  const tolerated = claim.cause !== null && scenario.tolerable?.includes(claim.cause) === true;
  return tolerated && claim.confidence !== 'certain' ? 'tolerable' : 'wrong';
}

export function passes(scenario: Scenario, score: Score): boolean {
  return score === 'exact' || (scenario.limited === true && (score === 'tolerable' || score === 'inconclusive'));
}

import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Layer } from '../domain/layer.ts';
import type { CauseParameters, Note, VerdictStatus } from '../domain/verdict.ts';
import type { Look } from './look.ts';

/** One answer that a node can give: where the walk goes then, or which causes it may end with. */
export interface Branch {
  readonly id: string;
  /** Node that the walk goes to; null when this branch ends it. */
  readonly goto: string | null;
  /** Causes that this branch can end with; empty when it goes on or ends healthy. */
  readonly causes: readonly CauseId[];
}

/** The end of a walk. */
export interface Ending {
  readonly status: VerdictStatus;
  readonly cause: CauseId | null;
  readonly confidence: Confidence;
  readonly parameters: CauseParameters;
  /** Ids of observations that decide it, the weightiest first. */
  readonly evidence: readonly string[];
  readonly notes: readonly Note[];
}

export type Decision =
  | { readonly kind: 'wait' }
  | { readonly kind: 'branch'; readonly branch: string; readonly observations: readonly string[]; readonly ending: Ending | null };

/** A step of the guide. `decide` is pure; what it needs and has not got yet it asks of `look`, and waits. */
export interface TreeNode {
  readonly id: string;
  readonly layer: Layer;
  readonly branches: readonly Branch[];
  decide(look: Look): Decision;
}

export const WAIT: Decision = { kind: 'wait' };

/** Go on along a branch that has a `goto`. */
export function follow(branch: string, observations: readonly string[] = []): Decision {
  return { kind: 'branch', branch, observations, ending: null };
}

export interface FaultDetails {
  readonly address?: string | undefined;
  readonly detail?: string | undefined;
  readonly contrast?: string | undefined;
  readonly trustStore?: 'other' | undefined;
  readonly notes?: readonly Note[];
}

/** End with a fault. */
export function fault(
  look: Look,
  branch: string,
  cause: CauseId,
  confidence: Confidence,
  evidence: readonly string[],
  details: FaultDetails = {},
): Decision {
  return end(look, branch, 'fault', cause, confidence, evidence, details);
}

/** End without a cause that can be named, or with the nearest parent that the evidence allows. */
export function inconclusive(
  look: Look,
  branch: string,
  cause: CauseId | null,
  evidence: readonly string[],
  details: FaultDetails = {},
): Decision {
  return end(look, branch, 'inconclusive', cause, 'possible', evidence, details);
}

export function reachable(
  look: Look,
  branch: string,
  confidence: Confidence,
  evidence: readonly string[],
  details: FaultDetails = {},
): Decision {
  return end(look, branch, 'reachable', null, confidence, evidence, details);
}

function end(
  look: Look,
  branch: string,
  status: VerdictStatus,
  cause: CauseId | null,
  confidence: Confidence,
  evidence: readonly string[],
  details: FaultDetails,
): Decision {
  const cited = [...new Set(evidence)];
  const silent = idsOfUnavailable(look);
  const ending: Ending = {
    status,
    cause,
    confidence,
    parameters: parametersOf(look, details),
    evidence: cited.filter((id) => !silent.has(id)),
    notes: details.notes ?? [],
  };
  return { kind: 'branch', branch, observations: cited, ending };
}

/** What could not be asked is evidence of nothing: the step that met it names it, the verdict does not. */
function idsOfUnavailable({ situation }: Look): ReadonlySet<string> {
  return new Set([...situation.answers.values()].flat().flatMap(({ id, fact }) => (fact.kind === 'unavailable' ? [id] : [])));
}

export function parametersOf(look: Look, details: FaultDetails): CauseParameters {
  return {
    host: look.dependency.host,
    port: look.dependency.port,
    ...(details.address === undefined ? {} : { address: details.address }),
    ...(details.detail === undefined ? {} : { detail: details.detail }),
    ...(details.contrast === undefined ? {} : { contrast: details.contrast }),
    ...(details.trustStore === undefined ? {} : { trustStore: details.trustStore }),
  };
}

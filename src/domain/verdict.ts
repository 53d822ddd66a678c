import type { CauseId, Confidence } from './cause.ts';
import type { Layer, LayerState } from './layer.ts';
import type { Question } from './question.ts';

export type VerdictStatus = 'reachable' | 'fault' | 'inconclusive';

/** Values that a cause's texts may name. Absent ones are left out of the sentence, never shown as `undefined`. */
export interface CauseParameters {
  readonly host: string;
  readonly port: number;
  readonly address?: string;
  /** Detail in the tool's or server's words: a date, a status, an issuer, a hop. */
  readonly detail?: string;
  /** When something was last seen that is over now; RFC 3339. */
  readonly since?: string;
  /** Name of a contrast vantage that decided. */
  readonly contrast?: string;
  /** Certificates were judged by the trust store of another image than the application's. */
  readonly trustStore?: 'other';
}

export interface RuledOut {
  readonly cause: CauseId;
  readonly because: readonly string[];
}

/** A question that would have helped and could not be asked, and why, in the vantage's or tool's words. */
export interface Untestable {
  readonly question: Question;
  readonly vantage: string;
  readonly reason: string;
}

export interface Note {
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly parameters: CauseParameters;
  readonly evidence: readonly string[];
}

export interface Verdict {
  readonly status: VerdictStatus;
  /** null when reachable, and when inconclusive without a nearest parent. */
  readonly cause: CauseId | null;
  readonly layer: Layer | null;
  readonly confidence: Confidence;
  readonly parameters: CauseParameters;
  /** Ids of observations. Never empty for `reachable` and `fault`. */
  readonly evidence: readonly string[];
  readonly ruledOut: readonly RuledOut[];
  readonly untestable: readonly Untestable[];
  /** Commands to see it again, each a whole argv with the vantage's own prefix. */
  readonly commands: readonly (readonly string[])[];
}

/** A step of the walk: a node of the tree, the branch that was taken and the observations that decided it. */
export interface PathStep {
  readonly node: string;
  readonly layer: Layer;
  /** Branch id of that node; null while it waits for answers. */
  readonly answer: string | null;
  readonly observations: readonly string[];
}

export interface Conclusion {
  readonly verdict: Verdict;
  readonly notes: readonly Note[];
  readonly layers: readonly LayerState[];
  readonly path: readonly PathStep[];
}

import type { Fact } from './facts.ts';
import type { Question } from './question.ts';

/** One typed fact, who saw it, how, and the lines it was read from. */
export interface Observation {
  /** `o1`, `o2`, ... in order of arrival; unique in a run. */
  readonly id: string;
  readonly vantage: string;
  readonly question: Question;
  readonly fact: Fact;
  /** Tool dialect that asked: `curl`, `nc-openbsd`, `bash`, `kubernetes`, ... */
  readonly dialect: string;
  /** What ran, as argv inside the vantage; for API reads, the equivalent kubectl command. */
  readonly command: readonly string[];
  /** Output lines that the fact was read from, cleaned; at most 40. */
  readonly lines: readonly string[];
  /** Milliseconds since the run began. */
  readonly startedAtMs: number;
  readonly durationMs: number;
}

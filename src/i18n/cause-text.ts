import type { CauseId } from '../domain/cause.ts';
import type { CauseParameters } from '../domain/verdict.ts';

/** All that is said about one cause in one language. */
export interface CauseText {
  /** A few words: `Certificate expired`. */
  readonly title: string;
  /** What is wrong, one sentence, without the case at hand. */
  readonly wrong: string;
  /** The evidence that tells it from its neighbours. */
  readonly evidence: string;
  /** What to do, most useful first; concrete, imperative. `<host>`, `<pod>` and the like are filled in by next-steps.ts. */
  readonly next: readonly string[];
  /** Limits that a pod's means set to telling this cause apart; absent when there are none worth saying. */
  readonly limits?: string;
  /** The verdict's sentence about the case at hand. */
  readonly summary: (parameters: CauseParameters) => string;
}

/** The texts of one family of causes: `CauseTexts<'tls'>` has every `tls.*` id, and no other. */
export type CauseTexts<Family extends string> = Readonly<Record<Extract<CauseId, `${Family}.${string}`>, CauseText>>;

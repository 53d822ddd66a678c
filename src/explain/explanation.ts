import type { ExplainText } from '../i18n/explain-text.ts';
import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Fact } from '../domain/facts.ts';
import type { Layer } from '../domain/layer.ts';
import { MEANINGS, type Meaning } from '../domain/meaning.ts';

/** What to run or look at next; the sentences are in i18n under `explain.next`. */
export type NextStepId = keyof ExplainText['next'];

export interface LikelyCause {
  readonly id: CauseId;
  readonly likelihood: Confidence;
}

/** Host and port that the text names, for the commands that are suggested. */
export interface Subject {
  readonly host: string | null;
  readonly port: number | null;
}

export interface Explanation {
  readonly meaning: Meaning;
  /** Layer to look at first; null when the text does not say. */
  readonly layer: Layer | null;
  /** How far the words settle the meaning: certain leaves no doubt, possible is a guess. */
  readonly confidence: Confidence;
  /** Most likely first; empty for `ok` and for texts that were not understood. */
  readonly causes: readonly LikelyCause[];
  /** Tool that printed the text; null when that cannot be told. */
  readonly tool: string | null;
  /** What the parser of that tool read in a pasted output; empty for a single message. */
  readonly observations: readonly Fact[];
  readonly next: readonly NextStepId[];
  readonly subject: Subject;
}

export { MEANINGS, type Meaning };

export function isMeaning(word: string): word is Meaning {
  return (MEANINGS as readonly string[]).includes(word);
}

import type { Confidence } from '../domain/cause.ts';
import type { Fact } from '../domain/facts.ts';
import type { Layer } from '../domain/layer.ts';
import type { Messages } from '../i18n/index.ts';
import type { Explanation, LikelyCause, Meaning } from './explanation.ts';
import { nextSentences } from './render.ts';

/** The object that `explain -o json` prints; with --each-line, one on each line. */
export interface ExplanationJson {
  readonly schema: 'netdiag-explain/v1';
  readonly meaning: Meaning;
  readonly layer: Layer | null;
  readonly confidence: Confidence;
  readonly causes: readonly LikelyCause[];
  readonly tool: string | null;
  readonly observations: readonly Fact[];
  readonly next: readonly string[];
}

/** Plain JSON, with the suggestions in the language of `messages`. */
export function explanationToJson(explanation: Explanation, messages: Messages): ExplanationJson {
  return {
    schema: 'netdiag-explain/v1',
    meaning: explanation.meaning,
    layer: explanation.layer,
    confidence: explanation.confidence,
    causes: explanation.causes,
    tool: explanation.tool,
    observations: explanation.observations,
    next: nextSentences(explanation, messages),
  };
}

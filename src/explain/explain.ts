import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Explanation, LikelyCause, NextStepId } from './explanation.ts';
import { MEANING_DEFAULTS } from './meanings.ts';
import { explainOutput } from './output.ts';
import { subjectOf } from './subject.ts';
import { plainText, withoutLogging } from './text.ts';
import { toolOfMessage } from './tool.ts';
import { weigh, type Reading } from './weigh.ts';

const LIKELIHOOD_ORDER: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

export function causesInOrder(causes: Partial<Readonly<Record<CauseId, Confidence>>>): readonly LikelyCause[] {
  return (Object.entries(causes) as [CauseId, Confidence][])
    .map(([id, likelihood]) => ({ id, likelihood }))
    .sort((a, b) => LIKELIHOOD_ORDER[a.likelihood] - LIKELIHOOD_ORDER[b.likelihood]);
}

function nextSteps(reading: Reading, causes: readonly LikelyCause[]): readonly NextStepId[] {
  const steps = MEANING_DEFAULTS[reading.meaning].next;
  const extra: NextStepId[] = causes.some(({ id }) => id === 'app.auth-rejected') ? ['credentials'] : [];
  return [...extra, ...steps];
}

/** What one message, or several lines of log, say by their words alone. Plain text in. */
function explainWords(plain: string): Explanation {
  const text = withoutLogging(plain);
  const reading = weigh(text);
  if (reading === null) {
    const { layer, next } = MEANING_DEFAULTS.other;
    return { meaning: 'other', layer, confidence: 'possible', causes: [], tool: toolOfMessage(plain), observations: [], next, subject: subjectOf(text) };
  }
  const defaults = MEANING_DEFAULTS[reading.meaning];
  const causes = causesInOrder(reading.causes ?? defaults.causes);
  return {
    meaning: reading.meaning,
    layer: reading.layer ?? defaults.layer,
    confidence: reading.confidence,
    causes,
    tool: toolOfMessage(text) ?? toolOfMessage(plain),
    observations: [],
    next: nextSteps(reading, causes),
    subject: subjectOf(text),
  };
}

/**
 * Explains an error line, a stretch of log or a tool's whole output. Pure; takes any text, however long or hostile, and never
 * throws. A whole output that its tool's parser understands is judged by the facts in it, anything else by its words. Text that
 * says nothing known is `other`, `possible`.
 */
export function explainText(text: string): Explanation {
  const plain = plainText(text);
  return explainOutput(plain) ?? explainWords(plain);
}

import { LAYER_NUMBER } from '../domain/layer.ts';
import type { Messages } from '../i18n/index.ts';
import type { Explanation } from './explanation.ts';

/** The suggestions of an explanation as sentences, with host and port filled in where the text named them. */
export function nextSentences(explanation: Explanation, messages: Messages): readonly string[] {
  const { next, placeholders } = messages.explain;
  const host = explanation.subject.host ?? placeholders.host;
  const port = explanation.subject.port === null ? placeholders.port : String(explanation.subject.port);
  return explanation.next.map((id) => next[id](host, port));
}

/** An explanation for people: what it means, the layer with the guide's number, likely causes, what to run next. No trailing newline. */
export function renderExplanation(explanation: Explanation, messages: Messages): string {
  const { meanings, layers, confidences, headings } = messages.explain;
  const { meaning, layer, confidence, causes, tool, observations } = explanation;
  const lines = [
    `${meaning}: ${meanings[meaning]}`,
    layer === null ? headings.anyLayer : headings.layer(layers[layer], LAYER_NUMBER[layer]),
    headings.confidence(confidences[confidence]),
  ];
  if (tool !== null) lines.push(headings.printedBy(tool));
  if (observations.length > 0) lines.push(headings.read(observations.length));
  if (causes.length > 0) {
    lines.push('', `${headings.causes}:`);
    for (const { id, likelihood } of causes) lines.push(`  - ${messages.causes[id].title} [${id}] (${confidences[likelihood]})`);
  }
  lines.push('', `${headings.next}:`, ...nextSentences(explanation, messages).map((sentence) => `  - ${sentence}`));
  return lines.join('\n');
}

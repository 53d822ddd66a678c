import type { Layer } from '../../../domain/layer.ts';
import { QUESTION_LAYER } from '../../../domain/question.ts';
import type { ConsoleState } from '../../../store/console-state.ts';
import { commandLine } from '../../components/command-line.ts';
import { duration } from '../../components/duration.ts';
import { span, type Line } from '../../components/line.ts';
import type { ConsoleContext } from '../../context.ts';
import { factWords } from '../../../domain/fact-words.ts';

/** What was read from a layer's output: each observation with its question, its words, its command and the lines it stands on. */
export function observationLines({ messages, theme }: ConsoleContext, state: ConsoleState, layer: Layer): readonly Line[] {
  const observations = Object.values(state.run.observations).filter(({ question }) => QUESTION_LAYER[question.kind] === layer);
  return observations.flatMap(({ id, vantage, question, fact, dialect, command, lines, durationMs }): readonly Line[] => {
    const place = state.run.vantages.find((known) => known.id === vantage);
    const where = place === undefined || place.role === 'target' ? '' : `[${place.name}] `;
    const isUnavailable = fact.kind === 'unavailable';
    return [
      [span(`${id} `, 'dim'), span(`${where}${messages.ui.question(question)}`, 'strong')],
      [span(`  ${theme.glyphs.arrow} `, 'dim'), span(factWords(fact) || fact.kind, isUnavailable ? 'unknown' : 'accent'), span(`  ${dialect} ${duration(durationMs)}`, 'dim')],
      ...(command.length === 0 ? [] : [[span(`  $ ${commandLine(command)}`, 'dim')]]),
      ...lines.map((line): Line => [span(`  ${theme.glyphs.gap} ${line}`, 'dim')]),
    ];
  });
}

import { LAYER_NUMBER } from '../../../domain/layer.ts';
import type { PathStep } from '../../../domain/verdict.ts';
import type { ConsoleState } from '../../../store/console-state.ts';
import { cursorStep, waitingQuestions } from '../../../store/select.ts';
import { linesOf, span, type Line } from '../../components/line.ts';
import type { ConsoleContext } from '../../context.ts';
import type { Panel, PanelContent } from '../panel.ts';
import { nodeAnswer, nodeQuestion } from './tree-text.ts';

/** The tree cursor: what was asked, what was answered, and what is being asked now. */
export const pathPanel: Panel = (context, state): PanelContent => {
  const { run } = state;
  const cursor = cursorStep(run);
  const lines = [...run.path.map((step) => stepLine(context, step)), ...nowLines(context, state), ...unusableLines(context, state)];
  return {
    title: [span(context.messages.ui.panels.path, 'strong')],
    status: [],
    lines: lines.length > 0 ? linesOf(lines) : linesOf([[span(context.messages.ui.run.notYet, 'dim')]]),
    brief: cursor === null ? [] : stepLine(context, cursor),
    rests: 'end',
  };
};

function stepLine({ messages, theme }: ConsoleContext, step: PathStep): Line {
  const isOpen = step.answer === null;
  return [
    span(`${isOpen ? theme.glyphs.status.running : theme.glyphs.bullet} `, isOpen ? 'accent' : 'dim'),
    span(`${LAYER_NUMBER[step.layer].toString()} `, 'dim'),
    span(nodeQuestion(messages, step.node), isOpen ? 'strong' : 'plain'),
    ...(step.answer === null
      ? []
      : [span(` ${theme.glyphs.arrow} `, 'dim'), span(nodeAnswer(messages, step.node, step.answer), 'accent')]),
  ];
}

function nowLines({ messages, theme }: ConsoleContext, state: ConsoleState): readonly Line[] {
  return waitingQuestions(state.run).map((question) => {
    const vantage = state.run.vantages.find((known) => known.id === question.asked.vantage);
    const where = vantage === undefined || vantage.role === 'target' ? '' : ` [${vantage.name}]`;
    return [
      span(`    ${messages.ui.run.asking} ${theme.glyphs.arrow} `, 'accent'),
      span(messages.ui.question(question.asked.question)),
      span(where, 'dim'),
    ];
  });
}

function unusableLines({ messages, theme }: ConsoleContext, state: ConsoleState): readonly Line[] {
  return state.run.unusable.map(({ vantage, reason }) => [
    span(`${theme.glyphs.status.warn} ${messages.ui.run.unusable(vantage, reason)}`, 'warn'),
  ]);
}

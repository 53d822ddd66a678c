import { LAYER_NUMBER } from '../../../domain/layer.ts';
import type { PathStep } from '../../../domain/verdict.ts';
import type { ConsoleState } from '../../../store/console-state.ts';
import { cursorStep, waitingQuestions } from '../../../store/select.ts';
import { linesOf, lineWidth, span, type Line } from '../../components/line.ts';
import { wrap } from '../../components/text-width.ts';
import type { ConsoleContext } from '../../context.ts';
import type { Panel, PanelContent } from '../panel.ts';
import { nodeAnswer, nodeQuestion } from './tree-text.ts';

/** The tree cursor: what was asked, what was answered, and what is being asked now. */
export const pathPanel: Panel = (context, state, width): PanelContent => {
  const { run } = state;
  const cursor = cursorStep(run);
  const steps = run.path.flatMap((step) => (state.runView.zoomed ? wholeStep(context, step, width) : [stepLine(context, step)]));
  const lines = [...steps, ...nowLines(context, state), ...unusableLines(context, state)];
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

/** With room for it, an answer that does not fit beside its question stands below it, in full. */
function wholeStep(context: ConsoleContext, step: PathStep, width: number): readonly Line[] {
  const line = stepLine(context, step);
  if (step.answer === null || lineWidth(line) <= width) return [line];
  const answer = nodeAnswer(context.messages, step.node, step.answer);
  const indent = '    ';
  return [
    line.slice(0, 3),
    ...wrap(`${context.theme.glyphs.arrow} ${answer}`, width - indent.length).map((text) => [span(indent), span(text, 'accent')]),
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

import { LAYER_NUMBER } from '../../../domain/layer.ts';
import type { PathStep } from '../../../domain/verdict.ts';
import type { ConsoleState } from '../../../store/console-state.ts';
import { cursorStep, observationsOf, waitingQuestions } from '../../../store/select.ts';
import { linesOf, lineWidth, span, type Line } from '../../components/line.ts';
import { widthOf, wrap } from '../../components/text-width.ts';
import type { ConsoleContext } from '../../context.ts';
import type { Panel, PanelContent } from '../panel.ts';
import { factWords } from '../../../domain/fact-words.ts';
import { nodeAnswer, nodeQuestion } from './tree-text.ts';

/** The tree cursor: what was asked, what was answered, and what is being asked now. */
export const pathPanel: Panel = (context, state, width): PanelContent => {
  const { run } = state;
  const cursor = cursorStep(run);
  const steps = run.path.flatMap((step) => (state.runView.zoomed ? wholeStep(context, state, step, width) : [stepLine(context, step)]));
  const lines = [...steps, ...besidesLines(context, state), ...nowLines(context, state), ...ruledOutLines(context, state), ...unusableLines(context, state), ...remarkLines(context, state, width)];
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
function wholeStep(context: ConsoleContext, state: ConsoleState, step: PathStep, width: number): readonly Line[] {
  const because = observationsOf(state.run, step.observations).map((observation): Line => {
    const { fact, id, dialect, lines } = observation;
    // What tools there are is a long list, and its first line says nothing.
    const said = factWords(fact) || (fact.kind === 'tools' ? '' : (lines.find((line) => line.trim() !== '')?.trim() ?? ''));
    return [span(`      ${context.messages.console.run.because} `, 'dim'), span([`${id} ${dialect}`, said].filter((text) => text !== '').join(': '), 'dim')];
  });
  return [...questionAndAnswer(context, step, width), ...because];
}

function questionAndAnswer(context: ConsoleContext, step: PathStep, width: number): readonly Line[] {
  const line = stepLine(context, step);
  if (step.answer === null || lineWidth(line) <= width) return [line];
  const answer = nodeAnswer(context.messages, step.node, step.answer);
  const indent = '    ';
  return [
    line.slice(0, 3),
    ...wrap(`${context.theme.glyphs.arrow} ${answer}`, width - indent.length).map((text) => [span(indent), span(text, 'accent')]),
  ];
}

/** What somebody asked out of order. */
function besidesLines(context: ConsoleContext, { run }: ConsoleState): readonly Line[] {
  if (run.besides.length === 0) return [];
  return [[span(context.messages.wishes.besides, 'accent')], ...run.besides.map((step) => stepLine(context, step))];
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

/** With the verdict, what is no longer possible: in the zoom, where there is room. */
function ruledOutLines({ messages, theme }: ConsoleContext, state: ConsoleState): readonly Line[] {
  const ruledOut = state.runView.zoomed ? (state.run.conclusion?.verdict.ruledOut ?? []) : [];
  if (ruledOut.length === 0) return [];
  return [
    [span(messages.ui.verdict.ruledOut, 'accent')],
    ...ruledOut.map(({ cause, because }): Line => [span(`${theme.glyphs.status.skipped} ${messages.causes[cause].title} (${cause})`), span(`  ${because.join(' ')}`, 'dim')]),
  ];
}

/** What people wrote, in their own time. */
function remarkLines({ theme }: ConsoleContext, { run }: ConsoleState, width: number): readonly Line[] {
  return run.remarks.flatMap(({ by, writtenAt, text }) => {
    const head = `${theme.glyphs.note} ${new Date(writtenAt).toTimeString().slice(0, 8)} ${by}: `;
    const [first = '', ...rest] = wrap(text, Math.max(16, width - widthOf(head)));
    return [[span(head, 'accent'), span(first)], ...rest.map((more): Line => [span(' '.repeat(widthOf(head))), span(more)])];
  });
}

function unusableLines({ messages, theme }: ConsoleContext, state: ConsoleState): readonly Line[] {
  return state.run.unusable.map(({ vantage, reason }) => [
    span(`${theme.glyphs.status.warn} ${messages.ui.run.unusable(vantage, reason)}`, 'warn'),
  ]);
}

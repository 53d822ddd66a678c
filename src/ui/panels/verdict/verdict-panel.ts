import type { Conclusion } from '../../../domain/verdict.ts';
import type { ConsoleState } from '../../../store/console-state.ts';
import type { RunState } from '../../../store/run-state.ts';
import { commandLine } from '../../components/command-line.ts';
import { linesOf, span, wrapLine, type Line } from '../../components/line.ts';
import { wrap } from '../../components/text-width.ts';
import type { ConsoleContext } from '../../context.ts';
import type { Tone } from '../../theme.ts';
import type { Panel, PanelContent } from '../panel.ts';
import { evidenceTexts, verdictSentence, verdictSteps, verdictTitle } from './verdict-text.ts';

const TONE: Readonly<Record<Conclusion['verdict']['status'], Tone>> = { reachable: 'pass', fault: 'fail', inconclusive: 'unknown' };
const LAYER_STATUS = { reachable: 'pass', fault: 'fail', inconclusive: 'unknown' } as const;

/** What was found, on what evidence, and what to do. */
export const verdictPanel: Panel = (context, state, width): PanelContent => {
  const { messages, theme } = context;
  const { conclusion } = state.run;
  const title: Line = [span(messages.ui.panels.verdict, 'strong')];
  if (conclusion === null) {
    const lines = [[span(noVerdict(context, state), state.runError === null ? 'dim' : 'fail')]];
    return { title, status: [], lines: linesOf(lines), brief: lines[0] ?? [], rests: 'start' };
  }
  const { verdict } = conclusion;
  const heading: Line = [span(`${theme.glyphs.status[LAYER_STATUS[verdict.status]]} ${verdictTitle(verdict, messages)}`, TONE[verdict.status])];
  return {
    title,
    status: [span(messages.ui.verdict.confidence[verdict.confidence], 'strong')],
    lines: linesOf([...wrapLine(heading, width), ...wrapped(verdictSentence(verdict, messages), width, ''), ...detailLines(context, state.run, conclusion, width)]),
    brief: heading,
    rests: 'start',
  };
};

function noVerdict({ messages }: ConsoleContext, state: ConsoleState): string {
  if (state.runError !== null) return messages.ui.run.broken(state.runError);
  return state.run.phase === 'ended' ? messages.ui.verdict.noVerdict : messages.ui.run.notYet;
}

function detailLines(context: ConsoleContext, run: RunState, conclusion: Conclusion, width: number): readonly Line[] {
  const { messages, theme } = context;
  const { verdict } = conclusion;
  const text = messages.ui.verdict;
  const bullet = `${theme.glyphs.bullet} `;
  return [
    // What to do comes first: it is what there is no room for otherwise.
    ...section(text.next, verdictSteps(run, verdict, messages), width, bullet),
    ...section(text.evidence, evidenceTexts(run, verdict, messages), width, bullet),
    ...section(text.commands, verdict.commands.map(commandLine), width, '$ '),
    ...section(text.notes, conclusion.notes.map((note) => messages.causes[note.cause].summary(note.parameters)), width, bullet),
    ...section(text.ruledOut, verdict.ruledOut.map(({ cause }) => `${messages.causes[cause].title} (${cause})`), width, bullet),
    ...section(
      text.untestable,
      verdict.untestable.map((missing) => `${messages.ui.question(missing.question)} ${missing.reason}`),
      width,
      bullet,
    ),
  ];
}

function section(heading: string, texts: readonly string[], width: number, mark: string): readonly Line[] {
  if (texts.length === 0) return [];
  return [[span(heading, 'accent')], ...texts.flatMap((text) => wrapped(text, width, mark))];
}

function wrapped(text: string, width: number, mark: string): readonly Line[] {
  return wrap(text, Math.max(10, width - mark.length)).map((line, index) => [
    span((index === 0 ? mark : ' '.repeat(mark.length)) + line),
  ]);
}

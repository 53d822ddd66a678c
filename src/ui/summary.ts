import type { Messages } from '../i18n/index.ts';
import type { RunState } from '../store/run-state.ts';
import { commandLine } from './components/command-line.ts';
import { evidenceTexts, verdictSentence, verdictSteps, verdictTitle } from './panels/verdict/verdict-text.ts';

const EVIDENCE_LINES = 3;
const STEP_LINES = 2;

/** What stays on the terminal after leaving: the verdict in five to ten plain lines. Empty when no verdict was reached. */
export function verdictSummary(run: RunState, messages: Messages): readonly string[] {
  if (run.conclusion === null) return [];
  const { verdict } = run.conclusion;
  const { ui } = messages;
  const [command] = verdict.commands;
  return [
    `${startOf(run, messages)} -> ${run.dependency?.url ?? ''}`,
    `${verdictTitle(verdict, messages)} [${ui.verdict.confidence[verdict.confidence]}]`,
    verdictSentence(verdict, messages),
    ...evidenceTexts(run, verdict, messages).slice(0, EVIDENCE_LINES).map((text) => `  - ${text}`),
    ...verdictSteps(run, verdict, messages).slice(0, STEP_LINES).map((text, index) => `  ${(index + 1).toString()}. ${text}`),
    ...(command === undefined ? [] : [`  $ ${commandLine(command)}`]),
  ];
}

function startOf(run: RunState, { ui }: Messages): string {
  const { target } = run;
  if (target === null || target.kind === 'local') return ui.local.name;
  return target.kind === 'via' ? commandLine(target.argv) : `${target.namespace}/${target.pod}/${target.container}`;
}

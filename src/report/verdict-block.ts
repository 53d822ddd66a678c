import type { Messages } from '../i18n/index.ts';
import { reportContent, type ReportContent, type ShownObservation } from './content.ts';
import type { StartedRun } from './run-summary.ts';

/** The end of a text report: verdict, evidence in the tools' own lines, what was excluded, what could not be asked, what to do. */
export function conclusionLines(run: StartedRun, messages: Messages): readonly string[] {
  const { report } = messages;
  const content = reportContent(run, messages);
  return [
    `== ${content.heading}`,
    content.summary,
    ...section(report.layersTitle, content.layers.map(({ name, word, summary }) => `${name}: ${word}. ${summary}`)),
    ...section(report.evidence, content.evidence.flatMap(evidenceLines)),
    ...section(report.ruledOut, content.ruledOut.map(({ cause, title, because }) => `${cause} (${title}) [${because.join(', ')}]`)),
    ...section(report.untestable, content.untestable),
    ...section(report.notes, content.notes),
    ...section(report.changes, content.changes),
    ...section(report.nextSteps, content.nextSteps.map((step, index) => `${String(index + 1)}. ${step}`)),
    ...section(report.commands, content.commands.map((command) => commandToCopy(command, messages))),
  ];
}

/** A script of ours is too long to stand here: its place is shown, and where to find it whole. */
export function commandToCopy({ line, gist, hasScript }: ReportContent['commands'][number], { report }: Messages): string {
  return hasScript ? `$ ${gist}   (${report.script})` : `$ ${line}`;
}

/** A titled block, or nothing when it would be empty. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function evidenceLines({ id, place, question, command, lines, more }: ShownObservation): readonly string[] {
  return [
    `${id} · ${place} · ${question}`,
    ...(command === '' ? [] : [`  $ ${command}`]),
    ...lines.map((line) => `  | ${line}`),
    ...(more > 0 ? [`  | … (+${String(more)})`] : []),
  ];
}

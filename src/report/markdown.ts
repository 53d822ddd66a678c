import { drawPicture, PICTURE_UNICODE } from '../domain/path-picture/index.ts';
import type { LayerStatus } from '../domain/layer.ts';
import type { Messages } from '../i18n/index.ts';
import { reportContent, type ReportContent, type ShownObservation } from './content.ts';
import { codeBlock, codeSpan, markdownSentence, markdownText, tableCell } from './markdown-text.ts';
import type { StartedRun } from './run-summary.ts';
import { commandToCopy } from './verdict-block.ts';

const MARKS: Readonly<Record<LayerStatus, string>> = { pass: '✓', fail: '✗', warn: '!', unknown: '?', skipped: '–' };

/** A run for a ticket: GitHub's Markdown without HTML, so that others show it too. */
export function markdownLines(run: StartedRun, messages: Messages): readonly string[] {
  const { report, document, picture } = messages;
  const content = reportContent(run, messages);
  return [
    `## ${markdownText(content.heading)}`,
    '',
    `**${markdownText(content.summary)}**`,
    '',
    ...headLines(content, messages),
    ...section(document.path, codeBlock(drawPicture(content.picture, picture, PICTURE_UNICODE).map(({ text }) => text))),
    ...section(report.layersTitle, layerTable(content, messages)),
    ...section(report.nextSteps, content.nextSteps.map((step, index) => `${String(index + 1)}. ${markdownSentence(step)}`)),
    ...section(report.commands, content.commands.length === 0 ? [] : codeBlock(content.commands.map((command) => commandToCopy(command, messages)))),
    ...section(report.evidence, content.evidence.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...evidenceLines(one, messages)])),
    ...section(report.notes, content.notes.map(bullet)),
    ...section(report.changes, content.changes.map((line) => `- ${codeSpan(line)}`)),
    ...section(report.ruledOut, content.ruledOut.map(({ cause, title, because }) => `- ${markdownText(title)} (${codeSpan(cause)}): ${because.join(', ')}`)),
    ...section(report.untestable, content.untestable.map(bullet)),
    ...section(document.remarks, content.remarks.map(({ by, writtenAt, text }) => `- ${codeSpan(by)}, ${markdownText(writtenAt)}: ${markdownText(text)}`)),
    '',
    '---',
    `${document.madeBy(run.started.tool.name, run.started.tool.version)} ${document.run} ${codeSpan(run.started.runId)}`,
  ];
}

function headLines({ from, to, startedAt, durationSeconds, contrasts }: ReportContent, { document, report }: Messages): readonly string[] {
  return [
    `- ${document.from}: ${codeSpan(from)}`,
    `- ${document.to}: ${codeSpan(to)}`,
    `- ${document.when}: ${startedAt}, ${document.took(durationSeconds)}`,
    ...(contrasts.length === 0 ? [] : [`- ${report.contrast}: ${contrasts.map(codeSpan).join(', ')}`]),
  ];
}

function layerTable({ layers }: ReportContent, { document }: Messages): readonly string[] {
  if (layers.length === 0) return [];
  return [
    `| ${document.layer} | ${document.state} | ${document.finding} |`,
    '| --- | --- | --- |',
    ...layers.map(({ name, status, word, summary }) => `| ${markdownText(name)} | ${MARKS[status]} ${word} | ${tableCell(markdownText(summary))} |`),
  ];
}

function evidenceLines({ id, place, question, outcome, command, lines, more }: ShownObservation, { document }: Messages): readonly string[] {
  const said = [...(command === '' ? [] : [`$ ${command}`]), ...lines, ...(more > 0 ? [`… ${document.more(more)}`] : [])];
  return [
    `**${id}** · ${codeSpan(place)} · ${markdownText(question)}${outcome === '' ? '' : ` → ${codeSpan(outcome)}`}`,
    ...(said.length === 0 ? [] : ['', ...codeBlock(said)]),
  ];
}

function bullet(text: string): string {
  return `- ${markdownText(text)}`;
}

/** A titled block, or nothing when it would be empty. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];
}

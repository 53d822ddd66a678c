import { concludeFanOut, type FanOutMember } from '../domain/fan-out.ts';
import { LAYERS, LAYER_NUMBER } from '../domain/layer.ts';
import { cleanLine } from '../domain/sanitise.ts';
import { conclusionWords, memberWords } from '../i18n/fan-out-words.ts';
import type { Messages } from '../i18n/index.ts';
import { nextSteps } from '../i18n/next-steps.ts';
import type { FanOutEnd, FanOutQuestion, FanOutSummary } from './fan-out-json.ts';
import { shellLine } from './shell-quote.ts';

/** Who is asked, as soon as that is known. */
export function fanOutStartLines({ workload, namespace, scope, dependency }: FanOutQuestion, { members, uncovered }: FanOutSummary, messages: Messages): readonly string[] {
  const { report, fanOut } = messages;
  const nodes = new Set(members.flatMap(({ place }) => place.node ?? [])).size;
  return [
    `${report.from}: ${namespace}/${fanOut.heading(workload, scope, members.length, nodes)}`,
    `${report.to}: ${dependency.url} (${dependency.host}:${String(dependency.port)})`,
    ...(uncovered.length === 0 ? [] : [fanOut.uncovered(uncovered.join(', '))]),
    '',
  ].map(cleanLine);
}

/** One pod has its verdict, or cannot be asked. */
export function memberLine(member: FanOutMember, messages: Messages): string {
  return cleanLine(`${member.place.pod} (${member.place.node ?? messages.fanOut.noNode}): ${memberWords(member, messages)}`);
}

/** The matrix of pods and layers, what they say together, and what to do next. */
export function fanOutEndLines(question: FanOutQuestion, summary: FanOutSummary, end: FanOutEnd, messages: Messages): readonly string[] {
  const { report } = messages;
  const conclusion = concludeFanOut(summary.members);
  const { heading, sentences } = conclusionWords(conclusion, summary.members, messages);
  const steps = stepsOf(question, summary, conclusion, messages);
  return [
    '',
    ...matrix(summary.members, messages),
    '',
    `== ${heading}`,
    ...sentences,
    ...section(report.nextSteps, steps.map((step, index) => `${String(index + 1)}. ${step}`)),
    ...section(messages.fanOut.one, [`$ ${shellLine(['netdiag-tui', 'run', '-n', question.namespace, `pod/${interesting(summary.members, conclusion.pods)}`, '--to', question.dependency.url])}`]),
    '',
    report.ended[end.ended]((end.durationMs / 1000).toFixed(1)),
  ].map(cleanLine);
}

function stepsOf({ namespace, context }: FanOutQuestion, { members }: FanOutSummary, { cause, parameters, pods }: ReturnType<typeof concludeFanOut>, messages: Messages): readonly string[] {
  const place = members.find((member) => member.place.pod === pods[0])?.place;
  if (cause === null || parameters === null || place === undefined) return [];
  return nextSteps(messages.causes[cause], parameters, { kind: 'pod', context, namespace, pod: place.pod, container: place.container, node: place.node, pickedFrom: null });
}

function interesting(members: readonly FanOutMember[], pods: readonly string[]): string {
  return pods[0] ?? members[0]?.place.pod ?? 'NAME';
}

function matrix(members: readonly FanOutMember[], messages: Messages): readonly string[] {
  const { fanOut, report } = messages;
  const head = [fanOut.columns.pod, fanOut.columns.node, ...LAYERS.map((layer) => `${String(LAYER_NUMBER[layer])} ${messages.ui.layers[layer]}`), fanOut.columns.verdict];
  const rows = members.map((member) => [
    member.place.pod,
    member.place.node ?? fanOut.noNode,
    ...LAYERS.map((layer) => report.layerStatus[member.layers[layer]]),
    memberWords(member, messages),
  ]);
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length));
  return [head, ...rows].map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '));
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

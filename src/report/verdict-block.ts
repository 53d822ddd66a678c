import { tellingLines } from '../domain/telling-lines.ts';
import type { Observation } from '../domain/observation.ts';
import type { RuledOut } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';
import type { StartedRun } from './run-summary.ts';
import { shellGist, shellLine } from './shell-quote.ts';
import { layerSummary, untestableReason, vantageName, verdictNextSteps, verdictOf, verdictSummary } from './verdict-text.ts';

/** Raw lines quoted for one observation; the JSON report has all of them. */
const QUOTED_LINES = 6;

/** The end of a text report: verdict, evidence in the tools' own lines, what was excluded, what could not be asked, what to do. */
export function conclusionLines(run: StartedRun, messages: Messages): readonly string[] {
  const { report } = messages;
  const verdict = verdictOf(run);
  return [
    heading(run, messages),
    verdictSummary(run, messages),
    ...section(report.layersTitle, layerLines(run, messages)),
    ...section(report.evidence, verdict.evidence.flatMap((id) => evidenceLines(run, id, messages))),
    ...section(report.ruledOut, verdict.ruledOut.map((one) => ruledOutLine(one, messages))),
    ...section(report.untestable, untestableLines(run, messages)),
    ...section(report.notes, noteLines(run, messages)),
    ...section(report.nextSteps, verdictNextSteps(run, messages).map((step, index) => `${String(index + 1)}. ${step}`)),
    ...section(report.commands, verdict.commands.map((argv) => commandToCopy(argv, messages))),
  ];
}

/** A script of ours is too long to stand here: its place is shown, and where to find it whole. */
function commandToCopy(argv: readonly string[], { report }: Messages): string {
  const isScript = argv.some((argument) => argument.includes('\n'));
  return isScript ? `$ ${shellGist(argv)}   (${report.script})` : `$ ${shellLine(argv)}`;
}

function heading(run: StartedRun, messages: Messages): string {
  const { report, causes } = messages;
  const { status, cause, layer, confidence } = verdictOf(run);
  const words = [report.status[status]];
  if (cause !== null) words.push(`${causes[cause].title} [${cause}]`);
  if (layer !== null) words.push(report.layers[layer]);
  if (run.conclusion !== null) words.push(report.confidence[confidence]);
  return `== ${words.join(' · ')}`;
}

/** A titled block, or nothing when it would be empty. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function layerLines(run: StartedRun, messages: Messages): readonly string[] {
  const { report } = messages;
  return run.layers.map((state) => `${report.layers[state.layer]}: ${report.layerStatus[state.status]}. ${layerSummary(run, state, messages)}`);
}

function evidenceLines(run: StartedRun, id: string, messages: Messages): readonly string[] {
  const observation = run.observations.find((one) => one.id === id);
  if (observation === undefined) return [id];
  const { vantage, question, lines } = observation;
  const more = lines.length - QUOTED_LINES;
  return [
    `${id} · ${vantageName(run, vantage, messages)} · ${messages.ui.question(question)}`,
    ...commandLine(observation),
    ...tellingLines(lines, QUOTED_LINES).map((line) => `  | ${line}`),
    ...(more > 0 ? [`  | … (+${String(more)})`] : []),
  ];
}

function commandLine({ command }: Observation): readonly string[] {
  return command.length === 0 ? [] : [`  $ ${shellGist(command)}`];
}

function ruledOutLine({ cause, because }: RuledOut, messages: Messages): string {
  return `${cause} (${messages.causes[cause].title}) [${because.join(', ')}]`;
}

function untestableLines(run: StartedRun, messages: Messages): readonly string[] {
  return verdictOf(run).untestable.map(
    (one) => `${messages.ui.question(one.question)} (${vantageName(run, one.vantage, messages)}): ${untestableReason(one, messages)}`,
  );
}

function noteLines(run: StartedRun, messages: Messages): readonly string[] {
  return (run.conclusion?.notes ?? []).map(({ cause, parameters, evidence }) => {
    const seen = evidence.length === 0 ? '' : ` [${evidence.join(', ')}]`;
    return `${messages.causes[cause].summary(parameters)} [${cause}]${seen}`;
  });
}

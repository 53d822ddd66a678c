import type { RunEvent } from '../../domain/run-event.ts';
import type { Conclusion } from '../../domain/verdict.ts';
import { redecide, type Redecision } from '../../engine/redecide.ts';
import type { Messages } from '../../i18n/index.ts';
import type { RecordedFormat } from '../../report/format-names.ts';
import { hasStarted } from '../../report/run-summary.ts';
import { nodeQuestion } from '../../report/tree-text.ts';
import { verdictOf } from '../../report/verdict-text.ts';
import type { Recording } from '../../run-file/index.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfStatus } from '../exit-code.ts';
import { problem, ProblemError } from '../problem.ts';
import { gapsOf, openRecording } from '../recordings/open.ts';
import { RunOutput } from '../run-output.ts';
import { writeJson, writeLines } from '../streams.ts';

export const REDECISION_SCHEMA = 'netdiag-redecision/v1';

export interface Printing {
  readonly format: RecordedFormat;
  /** Tokens stand for names and addresses. */
  readonly isWithoutNames: boolean;
}

/** Prints a recorded run; the exit code is that of the run. */
export async function printRecording(name: string | undefined, { format, isWithoutNames }: Printing, context: CommandContext): Promise<number> {
  const opened = await openRecording(name, context);
  if (!opened.ok) throw new ProblemError(opened.problem);
  const { recording } = opened.value;
  const events = isWithoutNames ? (await import('../../privacy/index.ts')).withoutNames(recording.events) : recording.events;
  tellGaps(recording, context);
  if (format === 'recording') return printItself(recording, events, isWithoutNames, context);
  const output = new RunOutput(format, context);
  for (const event of events) output.take(event);
  await output.finish();
  return hasStarted(output.run) ? exitCodeOfStatus(verdictOf(output.run).status) : EXIT.inconclusive;
}

async function printItself({ header }: Recording, events: readonly RunEvent[], isWithoutNames: boolean, { streams, messages }: CommandContext): Promise<number> {
  const { wholeReport } = await import('../recordings/whole-report.ts');
  writeLines(streams.stdout, [wholeReport('recording', events, isWithoutNames || header.withoutNames === true, messages).trimEnd()]);
  return EXIT.ok;
}

/** The recording's path, once it was read: what is wrong with it is told before the console opens. */
export async function checkedPath(name: string | undefined, context: CommandContext): Promise<string> {
  const opened = await openRecording(name, context);
  if (!opened.ok) throw new ProblemError(opened.problem);
  return opened.value.path;
}

function tellGaps(recording: Recording, { streams, messages }: CommandContext): void {
  writeLines(streams.stderr, gapsOf(recording, messages));
}

/** Shows what today's tree makes of a recording's observations. */
export async function printRedecision(name: string | undefined, format: 'text' | 'json', context: CommandContext): Promise<number> {
  const opened = await openRecording(name, context);
  if (!opened.ok) throw new ProblemError(opened.problem);
  const { events, header } = opened.value.recording;
  if (header.withoutNames === true) throw new ProblemError(problem('recording-without-names'));
  const then = events.findLast((event) => event.kind === 'concluded')?.conclusion ?? null;
  const now = redecide(events);
  const isSame = now.kind === 'decided' && then !== null && sameVerdict(then, now.conclusion);
  if (format === 'json') writeJson(context.streams.stdout, redecisionJson(then, now, isSame));
  else writeLines(context.streams.stdout, redecisionLines(then, now, isSame, context.messages));
  if (now.kind === 'undecided') return EXIT.inconclusive;
  return isSame ? EXIT.ok : EXIT.fault;
}

export function sameVerdict(then: Conclusion, now: Conclusion): boolean {
  const keys = ['status', 'cause', 'confidence'] as const;
  return keys.every((key) => then.verdict[key] === now.verdict[key]);
}

function redecisionJson(then: Conclusion | null, now: Redecision, same: boolean): unknown {
  return {
    schema: REDECISION_SCHEMA,
    same,
    then: then === null ? null : verdictJson(then),
    now: now.kind === 'decided' ? verdictJson(now.conclusion) : null,
    asks: now.kind === 'undecided' ? now.needs : [],
  };
}

function verdictJson({ verdict: { status, cause, confidence, evidence }, path }: Conclusion): unknown {
  return { status, cause, confidence, evidence, path: path.map(({ node, answer }) => ({ node, branch: answer })) };
}

function redecisionLines(then: Conclusion | null, now: Redecision, isSame: boolean, messages: Messages): readonly string[] {
  const { redecision } = messages.recordings;
  const thenWords = then === null ? redecision.nothingThen : verdictWords(then, messages);
  switch (now.kind) {
    case 'not-started':
      return [redecision.notStarted];
    case 'undecided':
      return [
        `${redecision.then}: ${thenWords}`,
        `${redecision.now}: ${redecision.undecided(nodeQuestion(messages, now.node))}`,
        ...now.needs.map(({ vantage, question }) => `  ${redecision.asks}: ${messages.ui.question(question)} (${vantage})`),
      ];
    case 'decided':
      return [
        `${redecision.then}: ${thenWords}`,
        `${redecision.now}: ${verdictWords(now.conclusion, messages)}`,
        ...(then === null || isSame ? [] : differingSteps(then, now.conclusion, messages)),
        isSame ? redecision.same : redecision.changed,
      ];
  }
}

function verdictWords({ verdict: { status, cause, confidence } }: Conclusion, { report, causes }: Messages): string {
  return [report.status[status], ...(cause === null ? [] : [`${causes[cause].title} [${cause}]`]), report.confidence[confidence]].join(' · ');
}

/** From the first step at which the two walks part. */
function differingSteps(then: Conclusion, now: Conclusion, messages: Messages): readonly string[] {
  const same = then.path.findIndex((step, index) => step.node !== now.path[index]?.node || step.answer !== now.path[index].answer);
  const from = same === -1 ? then.path.length : same;
  const shown = (mark: string, { path }: Conclusion): readonly string[] =>
    path.slice(from).map((step) => `  ${mark} ${nodeQuestion(messages, step.node)} → ${step.answer ?? ''} [${step.observations.join(', ')}]`);
  return [...shown('-', then), ...shown('+', now)];
}

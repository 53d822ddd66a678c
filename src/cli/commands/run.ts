import { errorText } from '../../domain/error-text.ts';
import { redactData } from '../../domain/redact.ts';
import { problemJson, problemLines } from '../problem.ts';
import { RUN_SCHEMA } from '../../report/json.ts';
import { EMPTY_RUN, hasStarted, type RunSummary } from '../../report/run-summary.ts';
import { verdictOf } from '../../report/verdict-text.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { askOnTerminal } from '../access/consent.ts';
import { ProgressLines } from '../access/progress-lines.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal, exitCodeOfStatus } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { failed, type Outcome, type Problem } from '../problem.ts';
import { Company } from '../recordings/company.ts';
import { createRecorder } from '../recordings/recorder.ts';
import { RunOutput } from '../run-output.ts';
import type { RunRequest, StartSession } from '../run-request.ts';
import { shortId } from '../../run-file/folder.ts';
import type { Recorder } from '../../run-file/recorder.ts';
import { onClosedReader, writeJson, writeLines } from '../streams.ts';

/** Runs one diagnosis, prints it as it goes (text) or at its end (JSON), and gives the exit code. */
export async function execute(request: RunRequest, context: CommandContext, startSession: StartSession): Promise<number> {
  const interruption = new Interruption(context.signals);
  onClosedReader(context.streams, () => {
    interruption.stop();
  });
  const progress = new ProgressLines(context);
  try {
    const recorder = createRecorder({ ...request.record, isWithoutNames: request.withoutNames }, context, (detail) => {
      writeLines(context.streams.stderr, [context.messages.recordings.notRecorded(detail)]);
    });
    if (!recorder.ok) return report(recorder.problem, request, context);
    const session = await started(request, context, startSession, { interruption, progress });
    if (session === 'insisted') return exitCodeOf(EMPTY_RUN, interruption);
    if (!session.ok) return interruption.received === null ? report(session.problem, request, context) : exitCodeOf(EMPTY_RUN, interruption);
    return await follow(session.value, request, context, { interruption, recorder: recorder.value });
  } finally {
    progress.tellWhatRemains();
    interruption.dispose();
  }
}

async function started(
  request: RunRequest,
  context: CommandContext,
  startSession: StartSession,
  { interruption, progress }: { readonly interruption: Interruption; readonly progress: ProgressLines },
): Promise<Outcome<AsyncIterable<RunEvent>> | 'insisted'> {
  const { env } = context;
  const { streams, messages } = context;
  const { signal } = interruption;
  const options = { signal, env, consent: askOnTerminal(request.access, { streams, messages, signal }), progress: progress.take, leftEarlier: progress.takeLeftEarlier };
  const session = startSession(request, options).catch((error: unknown) => failed('internal', messageOf(error)));
  return Promise.race([session, interruption.insisted]);
}

function report(problem: Problem, request: RunRequest, { streams, messages }: CommandContext): number {
  if (request.output === 'json') writeJson(streams.stdout, problemJson(problem, RUN_SCHEMA, messages));
  else writeLines(streams.stderr, problemLines(problem, messages));
  return EXIT.couldNotRun;
}

interface Following {
  readonly interruption: Interruption;
  readonly recorder: Recorder | null;
}

/** Records and prints the events as they come. What is known is printed however the run ends. */
async function follow(events: AsyncIterable<RunEvent>, request: RunRequest, context: CommandContext, { interruption, recorder }: Following): Promise<number> {
  const { streams, messages } = context;
  const output = new RunOutput(request.output, context);
  const take = (event: RunEvent): void => {
    recorder?.record(event);
    output.take(redactData(event));
  };
  const held: RunEvent[] = [];
  if (request.withoutNames) writeLines(streams.stderr, [messages.recordings.waitsForNames]);
  const keep = request.withoutNames ? (event: RunEvent): void => { held.push(event); } : take;
  const company = new Company(keep, context.env);
  company.join(() => recorder?.path ?? null);
  const keepOwn = (event: RunEvent): void => {
    company.saw(event);
    keep(event);
  };
  const broken = await drain(events, keepOwn, interruption.insisted);
  await company.leave(recorder?.path ?? null);
  if (request.withoutNames) for (const event of (await import('../../privacy/index.ts')).withoutNames(held)) take(event);
  if (broken !== null && !hasStarted(output.run)) return report(broken, request, context);
  if (broken !== null) writeLines(streams.stderr, problemLines(broken, messages));
  if (output.run.ended === null) take({ kind: 'run-ended', atMs: output.run.durationMs, reason: 'interrupted' });
  recorder?.close();
  await output.finish();
  if (request.output === 'text') tellRecorded(request, output.run, recorder, context);
  return broken === null ? exitCodeOf(output.run, interruption) : EXIT.couldNotRun;
}

function tellRecorded({ record, withoutNames }: RunRequest, { started }: RunSummary, recorder: Recorder | null, { streams, messages }: CommandContext): void {
  if (started === null || recorder === null || recorder.path === null) return;
  // The path may name the user.
  const stream = withoutNames ? streams.stderr : streams.stdout;
  writeLines(stream, [messages.recordings.recorded(recorder.path, record.to.kind === 'file' ? recorder.path : shortId(started.runId))]);
}

/** Takes events to their end, or until waiting is pointless. Gives the problem when the run broke off, else null. */
async function drain(events: AsyncIterable<RunEvent>, take: (event: RunEvent) => void, insisted: Promise<'insisted'>): Promise<Problem | null> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), insisted]);
      if (next === 'insisted' || next.done === true) return null;
      take(next.value);
    }
  } catch (error) {
    return failed('internal', messageOf(error)).problem;
  }
}

function exitCodeOf(run: RunSummary, { received }: Interruption): number {
  if (received !== null) return exitCodeOfSignal(received);
  return hasStarted(run) ? exitCodeOfStatus(verdictOf(run).status) : EXIT.inconclusive;
}

/** The first line: a stack is never shown. */
function messageOf(error: unknown): string {
  const text = errorText(error);
  return text.split('\n')[0] ?? '';
}

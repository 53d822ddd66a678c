import type { Messages } from '../../i18n/index.ts';
import { problemJson, problemLines } from '../problem.ts';
import { runJson, RUN_SCHEMA } from '../../report/json.ts';
import { EMPTY_RUN, hasStarted, withEvent, type RunSummary } from '../../report/run-summary.ts';
import { textLines } from '../../report/text.ts';
import { verdictOf } from '../../report/verdict-text.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal, exitCodeOfStatus } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { failed, type Outcome, type Problem } from '../problem.ts';
import type { RunRequest, StartSession } from '../run-request.ts';
import { onClosedReader, writeJson, writeLines } from '../streams.ts';

/** Runs one diagnosis, prints it as it goes (text) or at its end (JSON), and gives the exit code. */
export async function execute(request: RunRequest, context: CommandContext, startSession: StartSession): Promise<number> {
  const interruption = new Interruption(context.signals);
  onClosedReader(context.streams, () => {
    interruption.stop();
  });
  try {
    const session = await started(request, context, startSession, interruption);
    if (session === 'insisted') return exitCodeOf(EMPTY_RUN, interruption);
    if (!session.ok) return interruption.received === null ? report(session.problem, request, context) : exitCodeOf(EMPTY_RUN, interruption);
    return await follow(session.value, request, context, interruption);
  } finally {
    interruption.dispose();
  }
}

async function started(
  request: RunRequest,
  { env }: CommandContext,
  startSession: StartSession,
  interruption: Interruption,
): Promise<Outcome<AsyncIterable<RunEvent>> | 'insisted'> {
  const session = startSession(request, { signal: interruption.signal, env }).catch((error: unknown) => failed('internal', messageOf(error)));
  return Promise.race([session, interruption.insisted]);
}

function report(problem: Problem, request: RunRequest, { streams, messages }: CommandContext): number {
  if (request.output === 'json') writeJson(streams.stdout, problemJson(problem, RUN_SCHEMA, messages));
  else writeLines(streams.stderr, problemLines(problem, messages));
  return EXIT.couldNotRun;
}

/** Folds the events; in text mode each is printed as it comes. What is known is printed however the run ends. */
async function follow(events: AsyncIterable<RunEvent>, request: RunRequest, context: CommandContext, interruption: Interruption): Promise<number> {
  const { streams, messages } = context;
  let run = EMPTY_RUN;
  const take = (event: RunEvent): void => {
    if (request.output === 'text') writeLines(streams.stdout, textLines(event, run, messages));
    run = withEvent(run, event);
  };
  const broken = await drain(events, take, interruption.insisted);
  if (broken !== null && !hasStarted(run)) return report(broken, request, context);
  if (broken !== null) writeLines(streams.stderr, problemLines(broken, messages));
  if (run.ended === null) take({ kind: 'run-ended', atMs: run.durationMs, reason: 'interrupted' });
  if (request.output === 'json') writeRun(run, streams.stdout, messages);
  return broken === null ? exitCodeOf(run, interruption) : EXIT.couldNotRun;
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

function writeRun(run: RunSummary, stdout: NodeJS.WritableStream & Parameters<typeof writeJson>[0], messages: Messages): void {
  const json = runJson(run, messages);
  if (json !== null) writeJson(stdout, json);
}

function exitCodeOf(run: RunSummary, { received }: Interruption): number {
  if (received !== null) return exitCodeOfSignal(received);
  return hasStarted(run) ? exitCodeOfStatus(verdictOf(run).status) : EXIT.inconclusive;
}

/** The first line: a stack is never shown. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}

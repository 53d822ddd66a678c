import { concludeFanOut, type FanOutEvent } from '../../domain/fan-out.ts';
import { redactData } from '../../domain/redact.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { EMPTY_FAN_OUT, FAN_OUT_SCHEMA, fanOutAfter, fanOutJson, type FanOutEnd, type FanOutSummary } from '../../report/fan-out-json.ts';
import { fanOutEndLines, fanOutStartLines, memberLine } from '../../report/fan-out-text.ts';
import type { Recorder } from '../../run-file/recorder.ts';
import { askOnTerminal } from '../access/consent.ts';
import { ProgressLines } from '../access/progress-lines.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal, exitCodeOfStatus } from '../exit-code.ts';
import { startFanOut, type FanOutSession } from '../fan-out/session.ts';
import { Interruption } from '../interruption.ts';
import { problemJson, problemLines, type Problem } from '../problem.ts';
import { createRecorder } from '../recordings/recorder.ts';
import type { RunRequest } from '../run-request.ts';
import { onClosedReader, writeJson, writeLines } from '../streams.ts';
import { TOOL } from '../version.ts';

/** `run --all` and `run --per-node`: the same question from many pods. The exit code is the worst of theirs; 3 when none could be asked. */
export async function execute(request: RunRequest, context: CommandContext): Promise<number> {
  const { streams, messages, env } = context;
  const interruption = new Interruption(context.signals);
  onClosedReader(streams, () => { interruption.stop(); });
  const progress = new ProgressLines(context);
  try {
    const session = await startFanOut(request, {
      signal: interruption.signal,
      env,
      consent: askOnTerminal(request.access, { streams, messages, signal: interruption.signal }),
      progress: progress.take,
      inWords: ({ code, detail, suggestion }) => messages.cli.problems[code](detail, suggestion).message,
    });
    if (!session.ok) return report(session.problem, request, context, interruption);
    return await follow(session.value, request, context, interruption);
  } finally {
    progress.tellWhatRemains();
    interruption.dispose();
  }
}

function report(problem: Problem, { output }: RunRequest, { streams, messages }: CommandContext, { received }: Interruption): number {
  if (received !== null) return exitCodeOfSignal(received);
  if (output === 'json') writeJson(streams.stdout, problemJson(problem, FAN_OUT_SCHEMA, messages));
  else writeLines(streams.stderr, problemLines(problem, messages));
  return EXIT.couldNotRun;
}

async function follow({ question, events }: FanOutSession, request: RunRequest, context: CommandContext, interruption: Interruption): Promise<number> {
  const { streams, messages } = context;
  const recorders = new Recorders(request, context);
  const startedAt = performance.now();
  let summary = EMPTY_FAN_OUT;
  for await (const event of events) {
    recorders.take(event);
    const before = summary;
    summary = fanOutAfter(before, redactData(event));
    if (request.output === 'text') writeLines(streams.stdout, event.kind === 'planned' ? fanOutStartLines(question, summary, messages) : newlyKnown(before, summary).map((one) => memberLine(one, messages)));
  }
  recorders.close();
  const end: FanOutEnd = { durationMs: performance.now() - startedAt, ended: interruption.received === null ? 'completed' : 'interrupted', tool: TOOL };
  if (request.output === 'json') writeJson(streams.stdout, fanOutJson(question, summary, end, messages));
  else writeLines(streams.stdout, fanOutEndLines(question, summary, end, messages));
  return exitCodeOf(summary, interruption);
}

/** Members that have come to their end with the last event. */
function newlyKnown(before: FanOutSummary, now: FanOutSummary): FanOutSummary['members'] {
  const isOver = (state: string): boolean => state === 'ended' || state === 'not-run';
  return now.members.filter(({ state }, index) => isOver(state) && !isOver(before.members[index]?.state ?? 'waiting'));
}

function exitCodeOf({ members }: FanOutSummary, { received }: Interruption): number {
  if (received !== null) return exitCodeOfSignal(received);
  if (members.every(({ state }) => state === 'not-run')) return EXIT.couldNotRun;
  return exitCodeOfStatus(concludeFanOut(members).status);
}

/** Each pod's run is a recording of its own, as if it had been run alone. */
class Recorders {
  readonly #make: () => Recorder | null;
  readonly #byPod = new Map<string, Recorder | null>();

  constructor({ record }: RunRequest, context: CommandContext) {
    const { streams, messages } = context;
    let isTold = false;
    this.#make = () => {
      const made = createRecorder(record, context, (detail) => {
        if (!isTold) writeLines(streams.stderr, [messages.recordings.notRecorded(detail)]);
        isTold = true;
      });
      return made.ok ? made.value : null;
    };
  }

  take(event: FanOutEvent): void {
    if (event.kind === 'member') this.#of(event.pod)?.record(event.event satisfies RunEvent);
  }

  close(): void {
    for (const recorder of this.#byPod.values()) recorder?.close();
  }

  #of(pod: string): Recorder | null {
    const known = this.#byPod.get(pod);
    if (known !== undefined) return known;
    const made = this.#make();
    this.#byPod.set(pod, made);
    return made;
  }
}


import { setTimeout } from 'node:timers/promises';
import type { Messages } from '../../i18n/index.ts';
import { verdictOf, verdictSummary } from '../../report/verdict-text.ts';
import type { Recorder } from '../../run-file/recorder.ts';
import { askOnTerminal } from '../access/consent.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal, exitCodeOfStatus } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { problemJson, problemLines, ProblemError } from '../problem.ts';
import { createRecorder } from '../recordings/recorder.ts';
import type { RunRequest, StartSession, WatchPlan } from '../run-request.ts';
import { onClosedReader, writeJson, writeLines } from '../streams.ts';
import { changeTo, type Change } from '../watch/change.ts';
import { runOnce, type OneRun } from '../watch/one-run.ts';

export const WATCH_SCHEMA = 'netdiag-watch/v1';

/**
 * `run --every`: the same run again and again, one line each, never two at once, until a signal, or with --until-change until the
 * connection breaks or heals. The exit code is that of the last verdict; 3 when the first run could not start.
 */
export async function execute(request: RunRequest, plan: WatchPlan, context: CommandContext, startSession: StartSession): Promise<number> {
  const interruption = new Interruption(context.signals);
  onClosedReader(context.streams, () => { interruption.stop(); });
  try {
    return await new Watch(request, plan, context, interruption).run(startSession);
  } finally {
    interruption.dispose();
  }
}

class Watch {
  readonly #request: RunRequest;
  readonly #plan: WatchPlan;
  readonly #context: CommandContext;
  readonly #interruption: Interruption;
  #known: 'reachable' | 'fault' | null = null;
  #exitCode: number = EXIT.inconclusive;

  constructor(request: RunRequest, plan: WatchPlan, context: CommandContext, interruption: Interruption) {
    this.#request = request;
    this.#plan = plan;
    this.#context = context;
    this.#interruption = interruption;
  }

  async run(startSession: StartSession): Promise<number> {
    const { signal } = this.#interruption;
    for (let count = 1; ; count += 1) {
      const startedAtMs = performance.now();
      const startedAt = new Date();
      const recorder = this.#recorder();
      const result = await Promise.race([this.#once(startSession, recorder), this.#interruption.insisted]);
      if (result === 'insisted' || result.kind === 'interrupted') return this.#interrupted(recorder);
      if (result.kind === 'not-run' && count === 1) throw new ProblemError(result.problem);
      const change = this.#take(result);
      if (change === 'none') recorder?.discard();
      this.#tell(result, change, startedAt, change === 'none' ? null : (recorder?.path ?? null));
      if (this.#plan.untilChange && (change === 'broke' || change === 'healed')) return this.#exitCode;
      await setTimeout(Math.max(0, this.#plan.everyMs - (performance.now() - startedAtMs)), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return this.#interrupted(null);
    }
  }

  #once(startSession: StartSession, recorder: Recorder | null): Promise<OneRun> {
    const { signal } = this.#interruption;
    const { streams, messages, env } = this.#context;
    return runOnce(this.#request, { signal, env, consent: askOnTerminal(this.#request.access, { streams, messages, signal }) }, startSession, recorder);
  }

  /** A run is kept when something changed with it: one of each minute would drive all others out of the folder. */
  #recorder(): Recorder | null {
    const { streams, messages } = this.#context;
    const created = createRecorder(this.#request.record, this.#context, (detail) => { writeLines(streams.stderr, [messages.recordings.notRecorded(detail)]); });
    if (!created.ok) throw new ProblemError(created.problem);
    return created.value;
  }

  #take(result: Exclude<OneRun, { kind: 'interrupted' }>): Change {
    const seen = result.kind === 'ran' ? result.seen : null;
    const change = changeTo(this.#known, seen);
    if (seen === 'reachable' || seen === 'fault') this.#known = seen;
    if (seen !== null && (seen !== 'inconclusive' || this.#known === null)) this.#exitCode = exitCodeOfStatus(seen);
    return change;
  }

  #interrupted(recorder: Recorder | null): number {
    recorder?.discard();
    const { received } = this.#interruption;
    return received === null ? this.#exitCode : exitCodeOfSignal(received);
  }

  #tell(result: Exclude<OneRun, { kind: 'interrupted' }>, change: Change, at: Date, recording: string | null): void {
    const { streams, messages } = this.#context;
    if (this.#request.output === 'json') writeJson(streams.stdout, watchJson(result, change, at, recording, messages), 0);
    else writeLines(streams.stdout, watchLines(result, change, at, recording, messages));
  }
}

function watchJson(result: Exclude<OneRun, { kind: 'interrupted' }>, change: Change, at: Date, recording: string | null, messages: Messages): unknown {
  const base = { schema: WATCH_SCHEMA, startedAt: at.toISOString(), change, recording };
  if (result.kind === 'not-run') return { ...base, status: null, ...(problemJson(result.problem, WATCH_SCHEMA, messages)) };
  const { status, cause, confidence } = verdictOf(result.run);
  return { ...base, status, cause, confidence, durationMs: result.run.durationMs, summary: verdictSummary(result.run, messages) };
}

function watchLines(result: Exclude<OneRun, { kind: 'interrupted' }>, change: Change, at: Date, recording: string | null, messages: Messages): readonly string[] {
  const { report, watch } = messages;
  const time = `${at.toISOString().slice(0, 19)}Z`;
  if (result.kind === 'not-run') return [`${time}  ${watch.notRun}  ${problemLines(result.problem, messages)[0] ?? ''}`];
  const { status, cause } = verdictOf(result.run);
  const said = cause === null ? verdictSummary(result.run, messages) : `${messages.causes[cause].title} [${cause}]`;
  const line = `${time}  ${report.status[status]}  ${(result.run.durationMs / 1000).toFixed(1)} s  ${said}`;
  if (change !== 'broke' && change !== 'healed') return [line];
  return [line, `${time}  ${watch[change]}${recording === null ? '' : `  ${recording}`}`];
}

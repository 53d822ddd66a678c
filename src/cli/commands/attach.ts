import { errorText } from '../../domain/error-text.ts';
import type { LiveRow } from '../../domain/pairing.ts';
import type { ReportFormat } from '../../report/format-names.ts';
import { hasStarted } from '../../report/run-summary.ts';
import { verdictOf } from '../../report/verdict-text.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal, exitCodeOfStatus } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { ProblemError, problem, problemLines } from '../problem.ts';
import { findLive, liveRuns } from '../recordings/live.ts';
import { FileLiveRun } from '../recordings/live-run.ts';
import { recordingProblem } from '../recordings/open.ts';
import { RunOutput } from '../run-output.ts';
import { onClosedReader, writeJson, writeLines } from '../streams.ts';

export const LIVE_SCHEMA = 'netdiag-live/v1';

/** Lists what can be followed now, the newest first. */
export function list(format: 'text' | 'json', { env, streams }: CommandContext): number {
  const rows = liveRuns(env);
  if (format === 'json') {
    writeJson(streams.stdout, { schema: LIVE_SCHEMA, runs: rows });
    return EXIT.ok;
  }
  if (rows.length === 0) throw new ProblemError(problem('nothing-live'));
  writeLines(streams.stdout, rows.map(({ name, driver, path }) => `${name}  ${driver}  ${path}`));
  return EXIT.ok;
}

/** The run that was named, or the newest. */
export function found(name: string | undefined, { env }: Pick<CommandContext, 'env'>): LiveRow {
  const live = findLive(name, env);
  if (!live.ok) throw new ProblemError(live.problem);
  return live.value;
}

export function openLive(row: LiveRow, { env, messages }: Pick<CommandContext, 'env' | 'messages'>): FileLiveRun {
  return new FileLiveRun(row, env, (wrong) => problemLines(recordingProblem(row.path, wrong, messages).problem, messages)[0] ?? '');
}

/** Prints somebody's run as it goes on, until it is left or nothing is heard of it any more. The exit code is that of its verdict. */
export async function print(row: LiveRow, format: ReportFormat, context: CommandContext): Promise<number> {
  const { streams, messages } = context;
  const live = openLive(row, context);
  const interruption = new Interruption(context.signals);
  interruption.signal.addEventListener('abort', () => { live.cancel(); });
  onClosedReader(streams, () => { interruption.stop(); });
  writeLines(streams.stderr, [messages.pairing.following(row.driver, row.name)]);
  live.onChange(() => {
    writeLines(streams.stderr, [messages.pairing.heard[live.state.heard](row.driver)]);
    if (live.state.heard === 'gone') live.cancel();
  });
  const output = new RunOutput(format, context);
  try {
    for await (const event of live.events) output.take(event);
  } catch (error) {
    writeLines(streams.stderr, [errorText(error)]);
  } finally {
    interruption.dispose();
  }
  await output.finish();
  if (interruption.received !== null) return exitCodeOfSignal(interruption.received);
  return hasStarted(output.run) ? exitCodeOfStatus(verdictOf(output.run).status) : EXIT.inconclusive;
}

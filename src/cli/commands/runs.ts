import type { RecordingRow } from '../../domain/playback.ts';
import type { Messages } from '../../i18n/index.ts';
import { EMPTY_RUN, hasStarted, withEvent, type StartedRun } from '../../report/run-summary.ts';
import { verdictOf } from '../../report/verdict-text.ts';
import { readRunFile, recordingsFolder, type StoredRecording } from '../../run-file/index.ts';
import { isLive } from '../../run-file/live.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { problem, ProblemError } from '../problem.ts';
import { ownRecordings } from '../recordings/own.ts';
import { writeJson, writeLines } from '../streams.ts';

export const RUNS_SCHEMA = 'netdiag-runs/v1';

/** Past runs that the console offers; all are listed by the command. */
const MOST_SHOWN = 50;

interface Row {
  readonly stored: StoredRecording;
  /** null when the file cannot be read. */
  readonly run: StartedRun | null;
}

/** Lists what is recorded, the newest first. */
export async function execute(format: 'text' | 'json', context: CommandContext): Promise<number> {
  const { env, streams, messages } = context;
  const folder = recordingsFolder(env);
  const rows = await Promise.all(ownRecordings(env).map(readRow));
  if (format === 'json') {
    writeJson(streams.stdout, { schema: RUNS_SCHEMA, folder, runs: rows.map(rowJson) });
    return EXIT.ok;
  }
  if (rows.length === 0) throw new ProblemError(problem('no-recordings', folder ?? ''));
  writeLines(streams.stdout, table([headings(messages), ...rows.map((row) => rowCells(row, messages))]));
  return EXIT.ok;
}

/** The same for the console, with what came of each. */
export async function pastRuns({ env, messages }: Pick<CommandContext, 'env' | 'messages'>): Promise<readonly RecordingRow[]> {
  const rows = await Promise.all(ownRecordings(env).slice(0, MOST_SHOWN).map(readRow));
  return rows.map((row) => {
    const [id = '', ...about] = rowCells(row, messages);
    return { kind: 'run', path: row.stored.path, name: id, about: about.filter((cell) => cell !== '').join('  ') };
  });
}

async function readRow(stored: StoredRecording): Promise<Row> {
  const read = await readRunFile(stored.path);
  if (!read.ok) return { stored, run: null };
  const run = read.recording.events.reduce(withEvent, EMPTY_RUN);
  return { stored, run: hasStarted(run) ? run : null };
}

function headings({ recordings: { columns } }: Messages): readonly string[] {
  return [columns.id, columns.started, columns.from, columns.to, columns.verdict];
}

function rowCells({ stored, run }: Row, messages: Messages): readonly string[] {
  if (run === null) return [stored.id, '', '', '', messages.recordings.unreadable];
  const { startedAt, target, dependency } = run.started;
  const from = target.kind === 'pod' ? `${target.namespace}/${target.pod}` : target.kind === 'local' ? messages.report.thisMachine : target.argv.join(' ');
  return [stored.id, startedAt.replace('T', ' ').replace(/\.\d+Z$/u, 'Z'), cut(from), cut(dependency.url), verdictWords(stored, run, messages)];
}

function verdictWords(stored: StoredRecording, run: StartedRun, { report, recordings }: Messages): string {
  if (run.conclusion !== null) {
    const { status, cause } = verdictOf(run);
    return cause === null ? report.status[status] : `${report.status[status]}: ${cause}`;
  }
  return run.ended === null && isLive(stored.path, Date.now()) ? recordings.going : recordings.unfinished;
}

function rowJson({ stored, run }: Row): unknown {
  const { id, path, bytes } = stored;
  if (run === null) return { id, path, bytes, startedAt: null, target: null, dependency: null, verdict: null };
  const { startedAt, target, dependency } = run.started;
  const verdict = run.conclusion === null ? null : { status: run.conclusion.verdict.status, cause: run.conclusion.verdict.cause };
  return { id, path, bytes, startedAt, target, dependency: dependency.url, verdict, ended: run.ended };
}

function cut(text: string): string {
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}


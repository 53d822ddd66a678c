import { existsSync } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { errorText } from '../../domain/error-text.ts';
import { EXPORTED_FILES, type ExportRequest, type ExportStep } from '../../domain/exported.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Messages } from '../../i18n/index.ts';
import type { RecordedFormat } from '../../report/format-names.ts';
import { readWithNotes } from '../../run-file/read-notes.ts';
import { problemLines } from '../problem.ts';
import { recordingProblem } from './open.ts';
import { wholeReport } from './whole-report.ts';

/** Writes a recorded run in every format into a folder, for its owner alone and over nothing that is there. One step for each file. */
export async function* exportRecording(path: string, { folder, isWithoutNames }: Omit<ExportRequest, 'recording'>, messages: Messages): AsyncGenerator<ExportStep> {
  const target = folderOf(folder);
  const read = await readWithNotes(path);
  if (!read.ok) {
    const found = recordingProblem(path, read.problem, messages);
    yield { file: path, problem: found.ok ? '' : (problemLines(found.problem, messages)[0] ?? '') };
    return;
  }
  const problem = await attempt(() => makeFolder(target));
  if (problem !== null) {
    yield { file: target, problem };
    return;
  }
  const { events } = read.recording;
  const shown = isWithoutNames ? (await import('../../privacy/index.ts')).withoutNames(events) : events;
  for (const format of Object.keys(EXPORTED_FILES) as RecordedFormat[]) yield await writeOne(target, format, shown, isWithoutNames, messages);
}

/** An absolute path; a `~` in front is the home folder. */
export function folderOf(typed: string): string {
  return resolve(typed.replace(/^~(?=\/|$)/u, homedir()));
}

async function writeOne(folder: string, format: RecordedFormat, events: readonly RunEvent[], isWithoutNames: boolean, messages: Messages): Promise<ExportStep> {
  const file = EXPORTED_FILES[format];
  const problem = await attempt(async () => {
    const handle = await open(join(folder, file), 'wx', 0o600);
    try {
      await handle.writeFile(wholeReport(format, events, isWithoutNames, messages));
    } finally {
      await handle.close();
    }
  });
  return { file, problem };
}

/** With its parents. Node's own recursive mkdir never ends where a file system says ENOENT to every new name, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    await makeFolder(parent);
    await mkdir(path, { mode: 0o700 });
  }
}

async function attempt(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return errorText(error);
  }
}

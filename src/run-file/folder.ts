import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { EXTENSION } from './format.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** All recordings together; the oldest go first. */
const MAX_FOLDER_BYTES = 256 * 1024 * 1024;
const MAX_RECORDINGS = 500;

/** Where recordings are kept (XDG Base Directory 0.8, XDG_STATE_HOME); null when the environment names no home. */
export function recordingsFolder(env: Environment): string | null {
  const state = env['XDG_STATE_HOME'];
  if (state !== undefined && isAbsolute(state)) return join(state, 'netdiag-tui', 'runs');
  const home = env['HOME'];
  return home !== undefined && isAbsolute(home) ? join(home, '.local', 'state', 'netdiag-tui', 'runs') : null;
}

/** `20260301T031200Z-1f3a9c2e.jsonl`: sorts by time, and its second part is the beginning of the run's id. */
export function recordingName(startedAt: string, runId: string): string {
  const time = new Date(startedAt).toISOString().replace(/[-:]|\.\d+/gu, '');
  return `${time}-${shortId(runId)}${EXTENSION}`;
}

/** Where somebody's notes on a recording are. */
export function notesPath(recording: string, uid: number): string {
  return join(dirname(recording), `${basename(recording, EXTENSION)}.notes.${String(uid)}${EXTENSION}`);
}

/** What people call a run: the beginning of its id. */
export function shortId(runId: string): string {
  return runId.replace(/[^\da-zA-Z]/gu, '').slice(0, 8);
}

export interface StoredRecording {
  readonly path: string;
  readonly name: string;
  /** The beginning of the run's id, from the file's name. */
  readonly id: string;
  readonly bytes: number;
  readonly changedAtMs: number;
  /** Number of its owner. */
  readonly uid: number;
}

const NAME = /^\d{8}T\d{6}Z-([\da-zA-Z]{1,8})\.jsonl$/u;

/** What is in the folder, the newest first; empty when there is no such folder. Links, and files with other names, are none of ours. */
export function storedRecordings(folder: string): readonly StoredRecording[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .flatMap((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      return stat?.isFile() === true ? [{ path, name, id: NAME.exec(name)?.[1] ?? '', bytes: stat.size, changedAtMs: stat.mtimeMs, uid: stat.uid }] : [];
    });
}

/** Makes the folder, for its owner alone, and removes the oldest of our recordings, with our notes on them, until a new one has room. */
export function makeRoom(folder: string, limits = { bytes: MAX_FOLDER_BYTES, recordings: MAX_RECORDINGS }): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const me = process.getuid?.();
  let bytes = 0;
  for (const [index, recording] of storedRecordings(folder).filter(({ uid }) => me === undefined || uid === me).entries()) {
    bytes += recording.bytes;
    if (bytes <= limits.bytes && index < limits.recordings - 1) continue;
    // Another run may be making room as well.
    rmSync(recording.path, { force: true });
    rmSync(notesPath(recording.path, recording.uid), { force: true });
  }
}

import { realpathSync, statSync } from 'node:fs';
import type { LiveRow } from '../../domain/pairing.ts';
import { recordingsFolder, storedRecordings } from '../../run-file/folder.ts';
import { isLive } from '../../run-file/live.ts';
import { userName } from '../../run-file/owner.ts';
import { sharedFolder } from '../../run-file/shared-folder.ts';
import type { CommandContext } from '../context.ts';
import { done, failed, type Outcome } from '../problem.ts';

type Environment = CommandContext['env'];

/** Runs that are being written now, one's own and those that others share, the newest first. */
export function liveRuns(env: Environment): readonly LiveRow[] {
  const own = recordingsFolder(env);
  const stored = [...(own === null ? [] : storedRecordings(own)), ...storedRecordings(sharedFolder(env))];
  return stored
    .filter(({ path }) => isLive(path, Date.now()))
    .toSorted((a, b) => (a.name < b.name ? 1 : -1))
    .map(({ path, id, uid }) => ({ path, name: id, driver: userName(uid) }));
}

/** The run that a user named: a file, the beginning of an id, or nothing for the newest. */
export function findLive(name: string | undefined, env: Environment): Outcome<LiveRow> {
  const live = liveRuns(env);
  const found = name === undefined ? live[0] : live.find((row) => row.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return done(found);
  if (name === undefined) return failed('nothing-live');
  return liveFile(name);
}

function liveFile(path: string): Outcome<LiveRow> {
  try {
    // Whoever names a link means what it points to; what a folder holds is never followed.
    const real = realpathSync(path);
    if (!isLive(real, Date.now())) return failed('not-live', path);
    return done({ path: real, name: path.split('/').at(-1) ?? path, driver: userName(statSync(real).uid) });
  } catch {
    return failed('not-live', path);
  }
}

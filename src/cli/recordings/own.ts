import { recordingsFolder, storedRecordings, type StoredRecording } from '../../run-file/index.ts';
import { sharedFolder } from '../../run-file/shared-folder.ts';
import type { CommandContext } from '../context.ts';

/** The user's recordings, the newest first: those of the state folder, and those that were shared. */
export function ownRecordings(env: CommandContext['env']): readonly StoredRecording[] {
  const folder = recordingsFolder(env);
  const me = process.getuid?.();
  const shared = storedRecordings(sharedFolder(env)).filter(({ uid }) => uid === me);
  const own = folder === null ? [] : storedRecordings(folder);
  return shared.length === 0 ? own : [...own, ...shared].toSorted((a, b) => (a.name < b.name ? 1 : -1));
}

import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { isAbsolute } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where shared runs are: NETDIAG_SHARED_DIR, else a folder that all users of the machine know. */
export function sharedFolder(env: Environment): string {
  const named = env['NETDIAG_SHARED_DIR'];
  return named !== undefined && isAbsolute(named) ? named : '/tmp/netdiag-tui-shared';
}

/**
 * Makes the folder so that everybody may put files there and nobody may remove another's (sticky, chmod(2)). Throws when what is
 * there is a link, no folder, or one in which others could put something else in the place of our file.
 */
export function makeSharedFolder(folder: string): void {
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) throw new Error(`ENOTDIR: ${folder}`);
  const isOpenToMany = (stat.mode & 0o022) !== 0;
  if (isOpenToMany && (stat.mode & 0o1000) === 0) throw new Error(`EPERM: ${folder}: writable for others and not sticky (chmod +t)`);
}

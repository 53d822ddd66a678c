/** Namespaces of this process, and the certainty that none stays behind. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const PREFIX = 'ndl';
/** Where `ip netns exec NAME` finds the files that it mounts over /etc (ip-netns(8)). */
export const ETC_NETNS = '/etc/netns';

let count = 0;

/** A prefix that no other live lab uses: it names the process, and when that began. */
export function newPrefix(): string {
  count += 1;
  return `${PREFIX}${String(process.pid)}s${startOf(process.pid) ?? '0'}n${String(count)}`;
}

let scratch: string | null = null;

/** A folder for what this process writes besides its labs; it goes when the process does. */
export function scratchFolder(): string {
  if (scratch === null) {
    const prefix = newPrefix();
    guard(prefix);
    scratch = ensureFolder(folderOf(prefix));
  }
  return scratch;
}

export function folderOf(prefix: string): string {
  return path.join(tmpdir(), prefix);
}

/** Field 22 of /proc/PID/stat, the start time (proc(5)): a number used again is another process. null when it is dead, or a zombie. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? null : (rest[18] ?? null);
  } catch {
    return null;
  }
}

/** Ends what runs in the namespaces of one lab, removes them and their files. Safe to call for a lab that is half built. */
export function removeLab(prefix: string): void {
  for (const name of namespacesOf(prefix)) {
    const pids = spawnSync('ip', ['netns', 'pids', name], { encoding: 'utf8' }).stdout.split('\n').filter((pid) => pid !== '');
    for (const pid of pids) end(Number(pid));
    spawnSync('ip', ['netns', 'del', name]);
    rmSync(path.join(ETC_NETNS, name), { recursive: true, force: true });
  }
  for (const name of etcFolders().filter((one) => one.startsWith(`${prefix}-`))) rmSync(path.join(ETC_NETNS, name), { recursive: true, force: true });
  rmSync(folderOf(prefix), { recursive: true, force: true });
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function namespacesOf(prefix: string): readonly string[] {
  const folder = '/run/netns';
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(`${prefix}-`)) : [];
}

function etcFolders(): readonly string[] {
  return existsSync(ETC_NETNS) ? readdirSync(ETC_NETNS) : [];
}

/** Removes the labs of processes that are no more. */
export async function removeLeftovers(): Promise<void> {
  // A shell that was building when its lab was killed makes namespaces for a moment longer: look until there is nothing new.
  for (let dead = deadPrefixes(); dead.length > 0; dead = deadPrefixes()) {
    for (const prefix of dead) removeLab(prefix);
    await sleep(SETTLING_MS);
  }
}

const SETTLING_MS = 300;

function deadPrefixes(): readonly string[] {
  const seen = [...(existsSync('/run/netns') ? readdirSync('/run/netns') : []), ...etcFolders(), ...readdirSync(tmpdir())];
  // ndl4711s123456n1-pod
  const prefixes = new Set(seen.flatMap((name) => /^(ndl\d+s\d+n\d+)(?:-|$)/u.exec(name)?.[1] ?? []));
  return [...prefixes].filter((prefix) => {
    const [, pid = '', start = ''] = /^ndl(\d+)s(\d+)n/u.exec(prefix) ?? [];
    return startOf(Number(pid)) !== start;
  });
}

const open = new Set<string>();

/** From now on the lab is removed however this process ends, but for SIGKILL: that one the next start makes good. */
export function guard(prefix: string): () => void {
  if (open.size === 0) watchForTheEnd();
  open.add(prefix);
  return () => {
    removeLab(prefix);
    open.delete(prefix);
  };
}

let watching = false;

function watchForTheEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const prefix of open) removeLab(prefix);
  });
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.once(signal, () => process.exit(code));
  }
}

export function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** Folders of tools: a vantage whose PATH is one of them has these tools and no others. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ensureFolder } from './namespaces.ts';

export type Toolbox = 'all' | 'busybox' | 'bash' | 'slim' | 'python3' | 'ncat' | 'nothing' | 'curl+openssl' | 'no-ping';

const SYSTEM = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'] as const;

const COREUTILS = ['cat', 'timeout', 'date', 'sleep', 'head', 'env', 'ls', 'dd', 'true', 'uname'] as const;

/** What each folder holds; null: everything that the machine has. */
const CONTENT: Readonly<Record<Toolbox, readonly string[] | null>> = {
  all: null,
  busybox: ['busybox'],
  bash: ['bash'],
  // The base image of a Debian: no network tool at all.
  slim: ['sh', 'bash', 'getent', 'perl', ...COREUTILS],
  python3: ['python3'],
  ncat: ['ncat'],
  nothing: [],
  'curl+openssl': ['sh', 'curl', 'openssl', 'getent', ...COREUTILS],
  // A web application's image with the tools of the guide, but no ICMP.
  'no-ping': ['sh', 'bash', 'curl', 'nc', 'nslookup', 'dig', 'ip', 'ss', 'getent', ...COREUTILS],
};

export function pathOf(toolbox: Toolbox, folder: string): string {
  const content = CONTENT[toolbox];
  if (content === null) return SYSTEM.join(':');
  const bin = path.join(folder, 'bin', toolbox);
  for (const tool of content) link(find(tool), bin, tool);
  if (toolbox === 'busybox') for (const applet of applets()) link(find('busybox'), bin, applet);
  return ensureFolder(bin);
}

function link(from: string, bin: string, name: string): void {
  try {
    symlinkSync(from, path.join(ensureFolder(bin), name));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function find(tool: string): string {
  for (const folder of SYSTEM) {
    const file = path.join(folder, tool);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Perhaps in the next one.
    }
  }
  throw new Error(`the lab needs ${tool}`);
}

function applets(): readonly string[] {
  return execFileSync(find('busybox'), ['--list'], { encoding: 'utf8' }).split('\n').filter((name) => name !== '' && name !== 'busybox');
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The product as a user starts it: the installed command, in a process of its own. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BIN = join(ROOT, 'bin/netdiag-tui.js');

export type Language = 'en' | 'es';

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly language?: Language;
  readonly env?: Readonly<Record<string, string>>;
}

const LIMIT_MS = 90_000;

export function startProduct(argv: readonly string[], { language = 'en', env = {} }: StartOptions = {}): { readonly ended: Promise<Ended>; kill(signal: NodeJS.Signals): void } {
  if (!existsSync(join(ROOT, 'dist/main.js'))) throw new Error('there is no bundle: npm run build');
  const child = execa(process.execPath, [BIN, ...argv], {
    env: { LC_ALL: language === 'en' ? 'C.UTF-8' : 'es_ES.UTF-8', ...env },
    reject: false,
    stripFinalNewline: false,
    timeout: LIMIT_MS,
  });
  const ended = child.then(({ exitCode, signal, stdout, stderr, timedOut }) => {
    if (timedOut) throw new Error(`not ended after ${String(LIMIT_MS)} ms: ${argv.join(' ')}`);
    return { exitCode: exitCode ?? null, signal: signal ?? null, stdout, stderr };
  });
  return { ended, kill: (signal) => { child.kill(signal); } };
}

export function runProduct(argv: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return startProduct(argv, options).ended;
}

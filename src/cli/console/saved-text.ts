import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { PortResult } from '../../domain/console-ports.ts';
import { errorText } from '../../domain/error-text.ts';
import { redactText } from '../../domain/redact.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where screens are saved: in $XDG_STATE_HOME, else ~/.local/state (XDG Base Directory Specification 0.8); null without a home. */
function screensFolder(env: Environment): string | null {
  const base = [env['XDG_STATE_HOME'], join(env['HOME'] ?? '', '.local', 'state')].find((path) => path !== undefined && isAbsolute(path));
  return base === undefined ? null : join(base, 'netdiag-tui', 'screens');
}

/** `20260301T031200Z-pods.txt`, for its owner alone, without what is secret. */
export function saveText(env: Environment, name: string, lines: readonly string[], now = new Date()): PortResult<string> {
  const folder = screensFolder(env);
  if (folder === null) return { ok: false, failure: { kind: 'failed', detail: 'HOME, XDG_STATE_HOME?' } };
  const time = now.toISOString().replace(/[-:]|\.\d+/gu, '');
  const path = join(folder, `${time}-${name.toLowerCase().replace(/[^a-z0-9.]+/gu, '-').slice(0, 80)}.txt`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${redactText(lines.join('\n'))}\n`, { mode: 0o600 });
    return { ok: true, value: path };
  } catch (error) {
    return { ok: false, failure: { kind: 'failed', detail: errorText(error) } };
  }
}

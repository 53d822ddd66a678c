import { join } from 'node:path';
import type { CommandContext } from '../context.ts';

/** Where it is: $XDG_CONFIG_HOME, else ~/.config (XDG Base Directory Specification: a relative path there is ignored). */
export function configFile(env: CommandContext['env']): string {
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  return join(xdg.startsWith('/') ? xdg : join(env['HOME'] ?? '/', '.config'), 'netdiag-tui', 'config.yaml');
}

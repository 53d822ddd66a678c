import type { Dialect } from '../../domain/dialect.ts';
import { familyOf } from '../address-family.ts';
import { parseConntrack } from './parse.ts';
import { CONNTRACK_SCRIPT } from './script.ts';

function withShell(id: string, tool: string, implementation: string, shell: readonly string[]): Dialect<'conntrack'> {
  return {
    id,
    tool,
    implementation,
    argv: ({ address }) => (familyOf(address) === null ? null : [...shell, '-c', CONNTRACK_SCRIPT, 'netdiag-conntrack', address]),
    parse: parseConntrack,
  };
}

export const conntrackDialects: readonly Dialect<'conntrack'>[] = [
  withShell('conntrack-sh', 'sh', 'sh', ['sh']),
  withShell('conntrack-bash', 'bash', 'bash', ['bash']),
  withShell('conntrack-busybox', 'busybox', 'busybox', ['busybox', 'sh']),
];

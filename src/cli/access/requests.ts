import type { Messages } from '../../i18n/index.ts';
import type { CleanupRequest } from '../commands/cleanup.ts';
import type { ShellRequest } from '../commands/shell.ts';
import type { ToolkitAction, ToolkitRequest } from '../commands/toolkit.ts';
import type { RawCleanupOptions, RawShellOptions, RawToolkitOptions } from '../grammar/access.ts';
import { must, parseChoice, parseCluster, parseOutput, parseWorkloadStart } from '../options.ts';
import { failed } from '../problem.ts';
import { parseAccess } from './access-options.ts';

const ACTIONS = ['up', 'exec', 'down', 'status'] as const satisfies readonly ToolkitAction[];

/** Checked arguments of the commands about access; the first problem found is thrown. */
export function parseCleanup(raw: RawCleanupOptions, messages: Messages): CleanupRequest {
  return { cluster: parseCluster(raw), allOwners: raw.allOwners === true, dryRun: raw.dryRun === true, yes: raw.yes === true, output: parseOutput(raw.output, messages) };
}

/** `shell TARGET [-- COMMAND...]`. */
export function parseShell([target, ...argv]: readonly string[], raw: RawShellOptions): ShellRequest {
  return { start: parseWorkloadStart(target ?? must(failed('no-target')), raw.container), cluster: parseCluster(raw), access: must(parseAccess(raw)), argv };
}

export function parseToolkit(action: string | undefined, argv: readonly string[], raw: RawToolkitOptions, messages: Messages): ToolkitRequest {
  if (action === undefined) return must(failed('missing-argument', ACTIONS.join(' | ')));
  if (raw.copyLabels === true && raw.beside === undefined) return must(failed('conflict', '--copy-labels, --beside'));
  const chosen = parseChoice('toolkit', action, ACTIONS, messages);
  if (chosen !== 'exec' && argv.length > 0) return must(failed('too-many-arguments', argv[0] ?? ''));
  return {
    action: chosen,
    cluster: parseCluster(raw),
    beside: raw.beside === undefined ? null : parseWorkloadStart(raw.beside, undefined),
    hostNetwork: raw.nodePod === true,
    copyLabels: raw.copyLabels === true,
    // --yes without --write agrees here: the command itself is the wish.
    access: must(parseAccess({ ...raw, write: true })),
    argv,
    output: parseOutput(raw.output, messages),
  };
}

import type { ToolsFact } from '../../domain/facts.ts';
import { busyboxArgv } from '../survey/busybox.ts';

/** English messages whatever the container's locale, and a line that starts the clock. `netdiag-start` is START_MARKER in fact.ts. */
const START_SCRIPT = 'LC_ALL=C; export LC_ALL; echo netdiag-start >&2; exec "$@"';

/**
 * argv that writes the start marker and becomes `argv`. Without a shell it is `argv` itself: the outcome is read all the same, and
 * the elapsed time stays unknown, because the time a vantage needs to start a command is not the network's.
 */
export function startedArgv(tools: ToolsFact, argv: readonly string[]): readonly string[] {
  return tools.tools['sh'] === undefined ? argv : busyboxArgv(tools, 'sh', ['-c', START_SCRIPT, 'sh', ...argv]);
}

import type { ToolsFact } from '../../domain/facts.ts';
import { busyboxArgv } from '../survey/busybox.ts';
import { COPY_FUNCTION, copyTool } from './copy.ts';
import { CHANNEL_LINGER_SECONDS } from './report.ts';

/** Reads the hello line, keeps standard input and output as 8 and 9, and becomes the tool: busybox nc with NC_110_COMPAT takes 3 and 4 for itself. */
const OUTER_SCRIPT = `
LC_ALL=C; export LC_ALL
IFS= read -r hello || exit 1
printf '%s\\n' "$hello" >&2
echo netdiag-start >&2
exec "$@" 8<&0 9>&1
`;

/**
 * Started by the tool's -e when the connection is made, with the connection as its standard input and output: two copiers carry the bytes. Children that
 * have ended are reaped while `sleep` runs, so `kill -0` tells which still live. When the peer has closed, all ends; when
 * standard input has closed, the peer has some seconds to answer. In the end the copiers are waited for: process 1 of a container often reaps nobody.
 */
const PUMP_SCRIPT = `
${COPY_FUNCTION}
echo netdiag-connected >&2
exec 5<&0
copy "$2" <&5 >&9 8<&- &
reader=$!
copy "$2" <&8 >&1 9>&- &
writer=$!
exec 0</dev/null 1>&2 8<&- 9>&- 5<&-
trap 'kill "$reader" "$writer" 2>/dev/null; wait' EXIT
trap 'exit 1' TERM HUP INT PIPE
while kill -0 "$reader" 2>/dev/null && kill -0 "$writer" 2>/dev/null; do sleep 0.1 2>/dev/null || sleep 1; done
tries=$(( $1 * 5 ))
while kill -0 "$reader" 2>/dev/null && [ "$tries" -gt 0 ]; do sleep 0.2 2>/dev/null || { sleep 1; tries=$(( tries - 4 )); }; tries=$(( tries - 1 )); done
`;

/** `toolArgv` connects and ends with an option that takes a program; null where there is no shell. */
export function executedChannelArgv(tools: ToolsFact, toolArgv: readonly string[]): readonly string[] | null {
  const copy = copyTool(tools);
  if (tools.tools['sh'] === undefined || copy === null || tools.tools['sleep'] === undefined) return null;
  const pump = busyboxArgv(tools, 'sh', ['-c', PUMP_SCRIPT, 'sh', String(CHANNEL_LINGER_SECONDS), copy]);
  return busyboxArgv(tools, 'sh', ['-c', OUTER_SCRIPT, 'sh', ...toolArgv, ...pump]);
}

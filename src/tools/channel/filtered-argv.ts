import type { ToolsFact } from '../../domain/facts.ts';
import { busyboxArgv } from '../survey/busybox.ts';

/**
 * For tools that carry bytes themselves and name the connection in a line of their own on standard error. The shell reads the hello line (from a pipe it
 * reads byte by byte and takes no more), then the tool has standard input and output to itself, and its messages pass through a
 * loop that adds `netdiag-connected`. Each pattern is a line of one tool, as in the connect dialects beside it.
 */
const SCRIPT = `
LC_ALL=C; export LC_ALL
IFS= read -r hello || exit 1
printf '%s\\n' "$hello" >&2
echo netdiag-start >&2
exec 3<&0 4>&1
"$@" <&3 2>&1 >&4 3<&- 4>&- | while IFS= read -r line; do
  printf '%s\\n' "$line" >&2
  case $line in
    *'] '*' ('*') open' | *'socat['*' starting data transfer loop '*)
      echo netdiag-connected >&2 ;;
  esac
done 3<&- 4>&-
`;

/** null where there is no shell: nothing else could read the hello line. */
export function filteredChannelArgv(tools: ToolsFact, argv: readonly string[]): readonly string[] | null {
  return tools.tools['sh'] === undefined ? null : busyboxArgv(tools, 'sh', ['-c', SCRIPT, 'sh', ...argv]);
}

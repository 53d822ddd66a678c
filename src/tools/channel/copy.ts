import type { ToolsFact } from '../../domain/facts.ts';

/**
 * Shell function that becomes the program which copies standard input to standard output; its argument says which.
 * dd where there is one: BusyBox's cat copies with sendfile(2), which Linux (seen with 6.18 and BusyBox 1.35) keeps from a socket
 * until it ends, so that an answer without a close never arrives.
 */
export const COPY_FUNCTION = `copy() { if [ "$1" = dd ]; then exec dd bs=65536 2>/dev/null; else exec cat; fi; }`;

/** The argument of `copy` for these tools; null when there is nothing to copy with. */
export function copyTool(tools: ToolsFact): 'dd' | 'cat' | null {
  if (tools.tools['dd'] !== undefined) return 'dd';
  return tools.tools['cat'] === undefined ? null : 'cat';
}

import type { ToolsFact } from '../../domain/facts.ts';
import { busyboxArgv } from './busybox.ts';

/**
 * argv that ends `argv` after this long, or null when the vantage has no `timeout`. coreutils takes fractions; busybox whole
 * seconds (rounded up), and before 1.30 behind -t. Exit status then: 124 with coreutils, 143 with busybox (it sends TERM).
 */
export function boundedArgv(tools: ToolsFact, limitMs: number, argv: readonly string[]): readonly string[] | null {
  const wholeSeconds = String(Math.max(1, Math.ceil(limitMs / 1000)));
  switch (tools.tools['timeout']) {
    case 'coreutils':
      return ['timeout', String(limitMs / 1000), ...argv];
    case 'busybox':
      return busyboxArgv(tools, 'timeout', [wholeSeconds, ...argv]);
    case 'busybox-t':
      return busyboxArgv(tools, 'timeout', ['-t', wholeSeconds, ...argv]);
    default:
      return null;
  }
}

import type { ToolsFact } from '../../domain/facts.ts';

/** Whether a vantage has a tool, and if asked, that very implementation of it. */
export function has(tools: ToolsFact, tool: string, implementation?: string): boolean {
  const found = tools.tools[tool];
  return found !== undefined && (implementation === undefined || found === implementation);
}

/** A shell for a line that needs one; null without. */
export function shellOf(tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'sh')) return ['sh', '-c'];
  if (has(tools, 'bash', 'bash')) return ['bash', '-c'];
  return has(tools, 'busybox') ? ['busybox', 'sh', '-c'] : null;
}

/**
 * A command that is ended after so many seconds, and that says so: without a word, an end at the limit could not be told from success.
 * timeout(1) of coreutils says it itself (`timeout: sending signal TERM to command 'bash'`, -v since 8.29), busybox's is silent.
 */
export function limited(tools: ToolsFact, seconds: number, command: readonly string[]): readonly string[] {
  if (has(tools, 'timeout', 'coreutils')) return ['timeout', '-v', String(seconds), ...command];
  const shell = shellOf(tools);
  if (shell === null || !has(tools, 'timeout', 'busybox')) return command;
  return [...shell, `timeout ${String(seconds)} "$@" || echo "ended with status $?"`, 'sh', ...command];
}

import type { CommandResult, OutputLine } from '../domain/command.ts';
import type { Limits } from '../domain/dialect.ts';
import type { Fact, ToolsFact, UnavailableFact } from '../domain/facts.ts';
import type { Vantage } from '../domain/vantage.ts';

/** Told of each command as it runs, so that its output can be shown live. */
export interface CommandWatch {
  /** Returns the command's id. */
  started(argv: readonly string[]): string;
  line(command: string, line: OutputLine): void;
  ended(command: string, result: Pick<CommandResult, 'exitCode' | 'failure'>): void;
}

export interface FirstLookSoFar {
  /** True when it may still turn out that this tool is there, or what it is. */
  readonly isOpen: (tool: string) => boolean;
  /** All that the place has, once that is known; null when it could not be found out. */
  allTools(): Promise<ToolsFact | null>;
}

/** What a probe works with. */
export interface ProbeContext {
  readonly vantage: Vantage;
  readonly tools: ToolsFact;
  /** Where `tools` is what a survey has found for sure while it is still asking. */
  readonly firstLook?: FirstLookSoFar;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly watch: CommandWatch;
}

/** The same with all tools of the place. */
export async function withAllTools({ firstLook, ...context }: ProbeContext): Promise<ProbeContext> {
  return firstLook === undefined ? context : { ...context, tools: (await firstLook.allTools()) ?? context.tools };
}

/** What a probe found, and how. */
export interface Finding {
  readonly facts: readonly Fact[];
  readonly dialect: string;
  readonly command: readonly string[];
  /** The whole cleaned output, in order of arrival. */
  readonly lines: readonly string[];
}

export function unavailable(reason: UnavailableFact['reason'], detail: string): UnavailableFact {
  return { kind: 'unavailable', reason, detail };
}

export function nothingFound(detail: string, reason: UnavailableFact['reason'] = 'no-tool'): Finding {
  return { facts: [unavailable(reason, detail)], dialect: 'none', command: [], lines: [] };
}

/** True when a finding answers nothing. */
export function isEmpty(finding: Finding): boolean {
  return finding.facts.every((fact) => fact.kind === 'unavailable');
}

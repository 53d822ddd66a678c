import type { CommandResult, CommandSpec } from '../domain/command.ts';
import type { Parse } from '../domain/dialect.ts';
import type { Fact, UnavailableReason } from '../domain/facts.ts';
import { wholeOutput } from '../tools/whole-lines.ts';
import { unavailable, type Finding, type ProbeContext } from './probe.ts';

/** Runs one command where the context says, and reads what it printed. */
export async function runAndParse(context: ProbeContext, dialect: string, spec: CommandSpec, parse: Parse): Promise<Finding> {
  const result = await runWatched(context, spec);
  return {
    facts: factsOf(result, parse),
    dialect,
    command: spec.argv,
    lines: linesOf(result),
  };
}

/** A tool that says nothing says it by its status: getent prints no word about a name that is not there (getent(1), EXIT STATUS). */
function linesOf({ lines, exitCode }: CommandResult): readonly string[] {
  return lines.length > 0 || exitCode === null || exitCode === 0 ? lines.map((line) => line.text) : [`(no output, exit status ${String(exitCode)})`];
}

export async function runWatched(context: ProbeContext, spec: CommandSpec): Promise<CommandResult> {
  const { vantage, signal, watch } = context;
  const id = watch.started(spec.argv);
  const result = await vantage.run(spec, { signal, onLine: (line) => { watch.line(id, line); } });
  watch.ended(id, result);
  return result;
}

const REASON: Readonly<Record<NonNullable<CommandResult['failure']>, UnavailableReason>> = {
  'no-such-command': 'no-tool',
  'not-permitted': 'not-permitted',
  'vantage-lost': 'vantage-lost',
  'timed-out': 'timed-out',
  'too-much-output': 'not-understood',
  cancelled: 'cancelled',
};

/**
 * A command that did not end by itself, or whose output was too much to keep, proves only what it had said by then: a traceroute that was cut short still shows its
 * hops, so its output is read, and only when that says nothing is the failure the answer.
 */
function factsOf(result: CommandResult, parse: Parse): readonly Fact[] {
  if (result.failure === null) return parse(result);
  const failed = unavailable(REASON[result.failure], result.detail ?? result.failure);
  if (result.failure !== 'timed-out' && result.failure !== 'too-much-output') return [failed];
  const facts = parse(wholeOutput(result)).filter((fact) => fact.kind !== 'unavailable');
  return facts.length === 0 ? [failed] : facts;
}

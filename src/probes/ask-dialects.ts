import type { Dialect } from '../domain/dialect.ts';
import type { ToolsFact } from '../domain/facts.ts';
import type { Question, QuestionKind } from '../domain/question.ts';
import { isEmpty, nothingFound, withAllTools, type Finding, type ProbeContext } from './probe.ts';
import { runAndParse } from './run-command.ts';

/** More ways than this are not tried for one question: the third failure is not the tool's fault. */
const WAYS_TRIED = 3;

/**
 * Asks a question with the first dialect that the vantage has and that gives an answer. A dialect whose output is not
 * understood, or that is not permitted, hands over to the next; what all of them said is kept. A first look at the tools is enough as
 * long as nothing can come of the rest of the survey that would be chosen before.
 */
export async function askDialects<K extends QuestionKind>(
  dialects: readonly Dialect<K>[],
  question: Extract<Question, { kind: K }>,
  begun: ProbeContext,
): Promise<Finding> {
  const failures: Finding[] = [];
  const forbidden = new Set<string>();
  let context = begun;
  for (const dialect of dialects) {
    if (context.firstLook?.isOpen(dialect.tool) === true || failures.length > 0) context = await withAllTools(context);
    if (context.signal.aborted || failures.length >= WAYS_TRIED) break;
    if (!has(context.tools, dialect) || forbidden.has(dialect.tool)) continue;
    const argv = dialect.argv(question, context.limits, context.tools);
    if (argv === null) continue;
    const spec = {
      argv,
      timeoutMs: context.limits.commandTimeoutMs,
      ...(dialect.stdin === undefined ? {} : { stdin: dialect.stdin }),
    };
    const finding = await runAndParse(context, dialect.id, spec, dialect.parse);
    if (!isEmpty(finding)) return finding;
    failures.push(finding);
    // What may not be done with a program may not be done by its other options either.
    if (finding.facts.some((fact) => fact.kind === 'unavailable' && fact.reason === 'not-permitted')) forbidden.add(dialect.tool);
    // Another tool would wait for the same silence again.
    if (finding.facts.some((fact) => fact.kind === 'unavailable' && fact.reason === 'timed-out')) break;
  }
  return failures[0] ?? nothingFound([...new Set(dialects.map((dialect) => dialect.tool))].join(', '));
}

export function has(tools: ToolsFact, dialect: { readonly tool: string; readonly implementation: string }): boolean {
  return tools.tools[dialect.tool] === dialect.implementation;
}

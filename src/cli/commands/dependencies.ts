import { dependenciesJson } from '../../report/dependencies-json.ts';
import { dependencyLines } from '../../report/dependencies-text.ts';
import type { DependencyList } from '../../domain/dependency-list.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { parseOutput, parsePodStart, type RawRunOptions } from '../options.ts';
import { problem, ProblemError, type Outcome } from '../problem.ts';
import { writeJson, writeLines } from '../streams.ts';
import { TOOL } from '../version.ts';

export type RawDependenciesOptions = Pick<RawRunOptions, 'namespace' | 'container' | 'context' | 'kubeconfig' | 'output'>;

/** Lists what a pod's configuration, log and sockets name. A pod that cannot be read is a ProblemError. */
export async function execute(target: string | undefined, raw: RawDependenciesOptions, context: CommandContext): Promise<number> {
  const { streams, messages, env } = context;
  const output = parseOutput(raw.output, messages);
  const request = parsePodStart(target, raw);
  const interruption = new Interruption(context.signals);
  try {
    const { listDependencies } = await import('../dependencies/list.ts');
    const listed = await Promise.race([listDependencies(request, env, interruption.signal), interruption.insisted]);
    if (listed === 'insisted' || interruption.received !== null) return exitCodeOfSignal(interruption.received ?? 'SIGINT');
    const list = must(listed);
    if (output === 'json') writeJson(streams.stdout, dependenciesJson(list, TOOL, messages));
    else writeLines(streams.stdout, dependencyLines(list, messages));
    return EXIT.ok;
  } finally {
    interruption.dispose();
  }
}

function must(outcome: Outcome<DependencyList>): DependencyList {
  if (outcome.ok) return outcome.value;
  const { code, detail, suggestion } = outcome.problem;
  throw new ProblemError(problem(code, detail, suggestion));
}

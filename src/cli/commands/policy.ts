import { statSync } from 'node:fs';
import { answerQuestion, exitCodeOf } from '../policy/answer.ts';
import { parsePolicyRequest, type PolicyRequest, type RawPolicyOptions } from '../policy/request.ts';
import type { Question } from '../policy/question.ts';
import { policyLines } from '../policy/text.ts';
import type { CommandContext } from '../context.ts';
import { exitCodeOfSignal } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { parseOutput } from '../options.ts';
import { problem, ProblemError } from '../problem.ts';
import { writeJson, writeLines } from '../streams.ts';

/** Says what policies declare about a connection: from the API, from files, or for a file of cases. No probe is sent. */
export async function execute(target: string | undefined, raw: RawPolicyOptions, context: CommandContext): Promise<number> {
  const { streams, messages } = context;
  if (raw.cases !== undefined) {
    const others = Object.keys(raw).filter((option) => option !== 'cases' && option !== 'output');
    if (others.length > 0 || target !== undefined) throw new ProblemError(problem('conflict', ['--cases', ...others.map((one) => `--${one}`), target ?? ''].join(', ')));
    return (await import('../policy/cases.ts')).executeCases(raw.cases, parseOutput(raw.output, messages), streams, messages);
  }
  const request = parsePolicyRequest(...targetAmongFiles(target, raw), messages);
  const interruption = new Interruption(context.signals);
  try {
    const question = await Promise.race([questionOf(request, context, interruption.signal), interruption.insisted]);
    if (question === 'insisted' || interruption.received !== null) return exitCodeOfSignal(interruption.received ?? 'SIGINT');
    const answer = answerQuestion(request, question);
    if (request.output === 'json') writeJson(streams.stdout, answer);
    else writeLines(streams.stdout, policyLines(answer, messages));
    return exitCodeOf(answer);
  } catch (error) {
    if (interruption.received !== null) return exitCodeOfSignal(interruption.received);
    throw error;
  } finally {
    interruption.dispose();
  }
}

/** `-f a.yaml pod/x`: `-f` takes several values, and the last of them is the target when it is no file. */
function targetAmongFiles(target: string | undefined, raw: RawPolicyOptions): readonly [string | undefined, RawPolicyOptions] {
  const last = raw.filename?.at(-1);
  if (target !== undefined || last === undefined || last === '-' || statSync(last, { throwIfNoEntry: false }) !== undefined) return [target, raw];
  return [last, { ...raw, filename: raw.filename?.slice(0, -1) ?? [] }];
}

async function questionOf(request: PolicyRequest, context: CommandContext, signal: AbortSignal): Promise<Question> {
  if (request.manifests !== null) return (await import('../policy/from-manifests.ts')).questionFromManifests(request, request.manifests, context.streams);
  return (await import('../policy/from-cluster.ts')).questionFromCluster(request, context, signal);
}

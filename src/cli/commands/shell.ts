import type { Climbed } from '../../access/climb.ts';
import { accessLines } from '../../report/access-text.ts';
import type { AccessOptions } from '../access/access-options.ts';
import { openFor } from '../access/connection.ts';
import { askOnTerminal } from '../access/consent.ts';
import { attach, hasTerminal } from '../access/interactive.ts';
import { ProgressLines } from '../access/progress-lines.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { problem, ProblemError } from '../problem.ts';
import type { ClusterOptions, Start } from '../run-request.ts';
import { writeLines } from '../streams.ts';
import { climbTo, findTarget } from '../session/pod-places.ts';

/** What was made for the shell is ended within this after it. */
const RELEASE_MS = 8_000;

export interface ShellRequest {
  readonly start: Extract<Start, { kind: 'cluster' }>;
  readonly cluster: ClusterOptions;
  readonly access: AccessOptions;
  /** Instead of a shell; empty: bash, else sh. */
  readonly argv: readonly string[];
}

/** An interactive shell in the pod's network, by the first rung that has one. Its exit code is the command's. */
export async function execute(request: ShellRequest, context: CommandContext): Promise<number> {
  if (!hasTerminal(context)) throw new ProblemError(problem('no-terminal-for-shell'));
  const { streams, messages } = context;
  const { connection, namespace } = await openFor(request.cluster, context);
  const interruption = new Interruption(context.signals);
  const { signal } = interruption;
  const progress = new ProgressLines(context);
  try {
    const found = await findTarget(connection, request.start, namespace, signal);
    if (!found.ok) throw new ProblemError(found.problem);
    const climbed = await climbTo(connection, found.value, {
      access: request.access,
      signal,
      enough: ({ tools }) => tools['sh'] !== undefined,
      consent: askOnTerminal(request.access, { streams, messages, signal }),
      progress: progress.take,
    });
    if (!climbed.ok) throw new ProblemError(climbed.problem);
    writeLines(streams.stderr, accessLines(climbed.value.access, messages));
    const code = await inside(climbed.value, request, context, signal, connection.exec);
    return interruption.received === null ? code : exitCodeOfSignal(interruption.received);
  } finally {
    progress.tellWhatRemains();
    interruption.dispose();
    await connection.reader.close();
  }
}

async function inside({ access, entered }: Climbed, request: ShellRequest, context: CommandContext, signal: AbortSignal, exec: Parameters<typeof attach>[0]): Promise<number> {
  const { pod, name } = entered.vantage.identity;
  if (access.used === null || pod === null) {
    const offered = access.rungs.flatMap(({ refusal, commands }) => (refusal?.kind === 'read-only' || refusal?.kind === 'declined' ? commands : []));
    writeLines(context.streams.stderr, [...(offered.length > 0 ? [context.messages.access.steps.write('ephemeral')] : [])]);
    return EXIT.couldNotRun;
  }
  const container = name.split('/').at(-1) ?? '';
  try {
    return await attach(exec, { namespace: pod.namespace, pod: pod.name, container }, request.argv, context, signal);
  } finally {
    await entered.release(AbortSignal.timeout(RELEASE_MS));
  }
}

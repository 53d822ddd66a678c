import { cleanUp } from '../../access/clean-up.ts';
import { findLeftovers, type Found } from '../../access/leftovers.ts';
import type { Owner } from '../../access/owner.ts';
import { leftoverName, type CleanedUp, type Leftover } from '../../domain/leftover.ts';
import { ownerOf } from '../access/climber.ts';
import { openFor, type OpenedCluster } from '../access/connection.ts';
import { agrees } from '../access/consent.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { problem, ProblemError } from '../problem.ts';
import type { ClusterOptions, OutputFormat } from '../run-request.ts';
import { writeJson, writeLines } from '../streams.ts';

export const CLEANUP_SCHEMA = 'netdiag-cleanup/v1';

export interface CleanupRequest {
  readonly cluster: ClusterOptions;
  readonly allOwners: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: OutputFormat;
}

/** Finds what is ours, asks, deletes, and says of each what the API server confirmed. Exit code: 0 nothing is left, 1 something is, 2 nobody agreed. */
export async function execute(request: CleanupRequest, context: CommandContext): Promise<number> {
  const interruption = new Interruption(context.signals);
  const { signal } = interruption;
  const opened = await openFor(request.cluster, context);
  try {
    const done = await Promise.race([clean(opened, request, context, signal), interruption.insisted]);
    return interruption.received === null && done !== 'insisted' ? done : exitCodeOfSignal(interruption.received ?? 'SIGINT');
  } finally {
    interruption.dispose();
    await opened.connection.reader.close();
  }
}

async function clean(opened: OpenedCluster, request: CleanupRequest, context: CommandContext, signal: AbortSignal): Promise<number> {
  const { connection, namespace } = opened;
  const { streams, messages } = context;
  const words = messages.toolkit;
  const say = (lines: readonly string[]): void => {
    if (request.output === 'text') writeLines(streams.stdout, lines);
  };
  const owner = await ownerOf(connection, signal);
  const found = await search(opened, request, owner, signal);
  if (found.unread.length > 0) say(found.unread.map(({ detail }) => words.unread(detail)));
  const { leftovers } = found;
  say(leftovers.length === 0 ? [words.nothingFound(request.allOwners ? null : owner.name)] : [words.found(leftovers.length), ...leftovers.map((one) => `  ${words.line(one, one.session === owner.session)}`)]);
  const cleaned: CleanedUp[] = [];
  const agreed = leftovers.length > 0 && !request.dryRun && (request.yes || (await asked(context, leftovers.length, signal)));
  if (agreed) {
    for await (const one of cleanUp(connection, leftovers, signal)) {
      cleaned.push(one);
      say([outcomeLine(one, context)]);
    }
  } else if (leftovers.length > 0) {
    say([request.dryRun ? words.dryRun : words.notAgreed]);
  }
  if (request.output === 'json') writeJson(streams.stdout, cleanupJson(request, owner, namespace, found, cleaned));
  if (leftovers.length > 0 && !agreed) return request.dryRun ? EXIT.ok : EXIT.inconclusive;
  return cleaned.some(({ end }) => end.kind === 'remains') ? EXIT.fault : EXIT.ok;
}

async function search({ connection, namespace }: OpenedCluster, request: CleanupRequest, owner: Owner, signal: AbortSignal): Promise<Found> {
  const found = await findLeftovers(
    connection.access,
    { namespace: request.cluster.namespace, fallbackNamespace: namespace, owner: request.allOwners ? null : owner.name, thorough: 'everything' },
    signal,
  );
  const [first] = found.unread;
  // Nothing at all could be read: then nothing can be said.
  if (first !== undefined && (first.kind !== 'forbidden' || (request.cluster.namespace !== null && found.leftovers.length === 0))) {
    throw new ProblemError(problem(first.kind === 'forbidden' ? 'forbidden' : first.kind === 'unauthorized' ? 'unauthorized' : 'api-unreachable', first.detail));
  }
  return found;
}

async function asked(context: CommandContext, count: number, signal: AbortSignal): Promise<boolean> {
  const { streams, messages } = context;
  if (streams.stdin.isTTY !== true || streams.stderr.isTTY !== true) return false;
  return agrees({ streams, messages, signal }, messages.toolkit.ask(count));
}

export function outcomeLine({ leftover, end }: CleanedUp, { messages }: Pick<CommandContext, 'messages'>): string {
  const name = leftoverName(leftover);
  return end.kind === 'gone' ? messages.toolkit.gone(name) : messages.toolkit.remains(name, end);
}

function cleanupJson(request: CleanupRequest, owner: Owner, namespace: string, found: Found, cleaned: readonly CleanedUp[]): unknown {
  const endOf = (one: Leftover): unknown => cleaned.find(({ leftover }) => leftover === one)?.end ?? null;
  return {
    schema: CLEANUP_SCHEMA,
    owner: owner.name,
    allOwners: request.allOwners,
    dryRun: request.dryRun,
    namespace: request.cluster.namespace ?? (found.unread.length > 0 ? namespace : null),
    unread: found.unread,
    // The mark would let anybody end somebody else's container; it is of no use to a reader.
    things: found.leftovers.map((one) => ({ ...one, mark: undefined, name: leftoverName(one), end: endOf(one) })),
  };
}

import { cleanUp } from '../../access/clean-up.ts';
import { copiedLabels, unclearSelectors } from '../../access/copied-labels.ts';
import { deleteCommand } from '../../access/kubectl.ts';
import { findLeftovers } from '../../access/leftovers.ts';
import type { Owner } from '../../access/owner.ts';
import { ensureToolkit, type ToolkitOutcome, type ToolkitPlace } from '../../access/toolkit.ts';
import { TOOLKIT_CONTAINER } from '../../access/toolkit-manifest.ts';
import { leftoverName, type CleanedUp, type Leftover } from '../../domain/leftover.ts';
import { shellLine } from '../../report/shell-quote.ts';
import { refusalHints } from '../../report/access-text.ts';
import { KEPT } from '../../domain/access.ts';
import type { AccessOptions } from '../access/access-options.ts';
import { createClimber, ownerOf } from '../access/climber.ts';
import { openFor, type OpenedCluster } from '../access/connection.ts';
import { agrees, askOnTerminal } from '../access/consent.ts';
import { ProgressLines } from '../access/progress-lines.ts';
import { attach, hasTerminal, passThrough } from '../access/interactive.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, exitCodeOfSignal } from '../exit-code.ts';
import { Interruption } from '../interruption.ts';
import { problem, ProblemError } from '../problem.ts';
import type { ClusterOptions, OutputFormat, Start } from '../run-request.ts';
import { writeJson, writeLines } from '../streams.ts';
import { findTarget } from '../session/pod-places.ts';
import { outcomeLine } from './cleanup.ts';

export const TOOLKIT_SCHEMA = 'netdiag-toolkit/v1';

export type ToolkitAction = 'up' | 'exec' | 'down' | 'status';

export interface ToolkitRequest {
  readonly action: ToolkitAction;
  readonly cluster: ClusterOptions;
  /** A pod or workload beside which it is put, on the same node; null: anywhere. */
  readonly beside: Extract<Start, { kind: 'cluster' }> | null;
  readonly hostNetwork: boolean;
  /** Takes the labels of `beside`. */
  readonly copyLabels: boolean;
  readonly access: AccessOptions;
  readonly argv: readonly string[];
  readonly output: OutputFormat;
}

interface Session {
  readonly request: ToolkitRequest;
  readonly context: CommandContext;
  readonly cluster: OpenedCluster;
  readonly owner: Owner;
  readonly signal: AbortSignal;
}

/** The emergency kit alone. Exit code: 0 done, 1 something remains, 2 nobody agreed or it cannot be had, 3 could not run; `exec`: the command's own. */
export async function execute(request: ToolkitRequest, context: CommandContext): Promise<number> {
  const cluster = await openFor(request.cluster, context);
  const interruption = new Interruption(context.signals);
  const { signal } = interruption;
  try {
    const session: Session = { request, context, cluster, owner: await ownerOf(cluster.connection, signal), signal };
    const done = await Promise.race([ACTIONS[request.action](session), interruption.insisted]);
    return interruption.received === null && done !== 'insisted' ? done : exitCodeOfSignal(interruption.received ?? 'SIGINT');
  } finally {
    interruption.dispose();
    await cluster.connection.reader.close();
  }
}

const ACTIONS: Readonly<Record<ToolkitAction, (session: Session) => Promise<number>>> = { up, exec: run, down, status };

async function up(session: Session): Promise<number> {
  const { request, context } = session;
  const { toolkit } = context.messages;
  const outcome = await ensure(session, true);
  if (request.output === 'json') {
    writeJson(context.streams.stdout, { schema: TOOLKIT_SCHEMA, action: 'up', pod: outcome.ok ? outcome.pod : null, refusal: outcome.ok ? null : outcome.refusal, commands: outcome.commands.map(shellLine) });
  } else if (outcome.ok) {
    const { created, node } = outcome.pod;
    const later = outcome.commands.slice(-2);
    writeLines(context.streams.stdout, [created.isNew ? toolkit.up(created.name, node, created.endsAt) : toolkit.alreadyUp(created.name, created.endsAt), toolkit.nextCommands, ...later.map((argv) => `  $ ${shellLine(argv)}`)]);
  }
  if (!outcome.ok) tellRefusal(session, outcome);
  return outcome.ok ? EXIT.ok : EXIT.inconclusive;
}

function tellRefusal({ request, context }: Session, outcome: Extract<ToolkitOutcome, { ok: false }>): void {
  const { streams, messages } = context;
  const rung = request.hostNetwork ? 'node' : 'toolkit';
  const hints = refusalHints({ rung, place: outcome.place, refusal: outcome.refusal, kept: KEPT[rung], commands: outcome.commands }, messages);
  writeLines(streams.stderr, [messages.toolkit.notUp(messages.access.refusal(outcome.refusal)), ...hints]);
}

async function ensure(session: Session, stays: boolean): Promise<ToolkitOutcome> {
  const { request, context, cluster, signal } = session;
  const { streams, messages } = context;
  const place = await placeOf(session);
  const climber = await createClimber(cluster.connection, [], {
    access: request.access,
    signal,
    // The command itself is the wish; only the yes is asked for.
    consent: askOnTerminal({ write: true, yes: request.access.yes }, { streams, messages, signal }),
    progress: new ProgressLines(context).take,
  });
  return ensureToolkit(climber, place, stays);
}

async function placeOf({ request, context, cluster, signal }: Session): Promise<ToolkitPlace> {
  const { beside, hostNetwork, copyLabels } = request;
  const { namespace, connection } = cluster;
  if (beside === null) return { namespace, node: null, hostNetwork, labels: {} };
  const found = await findTarget(connection, beside, namespace, signal);
  if (!found.ok) throw new ProblemError(found.problem);
  const { node, labels } = found.value.pod;
  if (!copyLabels) return { namespace, node, hostNetwork, labels: {} };
  const selectors = await connection.access.selectors(namespace, signal);
  if (!selectors.ok) throw new ProblemError(problem('labels-not-copied', selectors.failure.detail));
  const unclear = unclearSelectors(selectors.value);
  if (unclear.length > 0) throw new ProblemError(problem('labels-not-copied', unclear.join(', ')));
  const copied = copiedLabels(labels, selectors.value);
  writeLines(context.streams.stderr, copied.leftOut.map(({ label, selectedBy }) => context.messages.toolkit.leftOut(label, selectedBy.join(', '))));
  return { namespace, node, hostNetwork, labels: copied.labels };
}

/** My toolkit pods of the namespace, the running ones first. */
async function mine({ cluster, owner, signal }: Session): Promise<readonly Leftover[]> {
  const search = { namespace: cluster.namespace, fallbackNamespace: cluster.namespace, owner: owner.name, thorough: 'pods' } as const;
  const found = await findLeftovers(cluster.connection.access, search, signal);
  const [unread] = found.unread;
  if (unread !== undefined) throw new ProblemError(problem(unread.kind === 'forbidden' ? 'forbidden' : 'api-unreachable', unread.detail));
  return found.leftovers.filter(({ kind }) => kind === 'pod').toSorted((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
}

async function run(session: Session): Promise<number> {
  const { request, context, cluster, signal } = session;
  const [pod] = (await mine(session)).filter(({ state }) => state === 'running');
  const outcome = pod === undefined ? await ensure(session, true) : null;
  if (outcome?.ok === false) {
    tellRefusal(session, outcome);
    return EXIT.couldNotRun;
  }
  const name = pod?.pod ?? (outcome?.ok === true ? outcome.pod.name : '');
  const address = { namespace: cluster.namespace, pod: name, container: TOOLKIT_CONTAINER };
  const { exec } = cluster.connection;
  if (hasTerminal(context)) return attach(exec, address, request.argv, context, signal);
  if (request.argv.length === 0) throw new ProblemError(problem('no-terminal-for-shell'));
  return passThrough(exec, address, request.argv, context, signal);
}

async function status(session: Session): Promise<number> {
  const { request, context, owner } = session;
  const pods = await mine(session);
  if (request.output === 'json') writeJson(context.streams.stdout, { schema: TOOLKIT_SCHEMA, action: 'status', pods: pods.map(toJson) });
  else writeLines(context.streams.stdout, pods.length === 0 ? [context.messages.toolkit.none] : pods.map((one) => context.messages.toolkit.line(one, one.session === owner.session)));
  return EXIT.ok;
}

function toJson(one: Leftover): unknown {
  return { ...one, mark: undefined, name: leftoverName(one) };
}

async function down(session: Session): Promise<number> {
  const { request, context, cluster, owner, signal } = session;
  const { streams, messages } = context;
  const pods = await mine(session);
  const say = (lines: readonly string[]): void => {
    if (request.output === 'text') writeLines(streams.stdout, lines);
  };
  const cleaned: CleanedUp[] = [];
  say(pods.length === 0 ? [messages.toolkit.none] : pods.map((one) => messages.toolkit.line(one, one.session === owner.session)));
  const commands = pods.map(({ namespace, pod }) => deleteCommand(namespace, pod, cluster.connection.exec.context));
  const isAsked = pods.length > 0 && !request.access.yes;
  if (isAsked) writeLines(streams.stderr, [messages.access.sameAs, ...commands.map((argv) => `  $ ${shellLine(argv)}`)]);
  const agreed = !isAsked || (hasTerminal(context) && (await agrees({ streams, messages, signal }, messages.toolkit.ask(pods.length))));
  if (agreed) {
    for await (const one of cleanUp(cluster.connection, pods, signal)) {
      cleaned.push(one);
      say([outcomeLine(one, context)]);
    }
  } else {
    say([messages.toolkit.notAgreed]);
  }
  if (request.output === 'json') writeJson(streams.stdout, { schema: TOOLKIT_SCHEMA, action: 'down', pods: pods.map((one) => ({ ...(toJson(one) as object), end: cleaned.find(({ leftover }) => leftover === one)?.end ?? null })) });
  if (!agreed) return EXIT.inconclusive;
  return cleaned.some(({ end }) => end.kind === 'remains') ? EXIT.fault : EXIT.ok;
}

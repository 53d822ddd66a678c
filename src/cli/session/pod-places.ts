import type { ClusterFailure, ContainerDetail, PodDetail } from '../../domain/cluster.ts';
import { enterContrasts, type ContrastWish } from '../../access/contrasts.ts';
import { leftoverName } from '../../domain/leftover.ts';
import type { CreatedThing } from '../../domain/access.ts';
import { climb, type Climbed } from '../../access/climb.ts';
import type { Target } from '../../domain/target.ts';
import type { Vantage } from '../../domain/vantage.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { findLeftovers } from '../../access/leftovers.ts';
import { createClimber, goalOf, ownerOf, type ClimberOptions } from '../access/climber.ts';
import { closest } from '../closest.ts';
import { done, failed, type Outcome } from '../problem.ts';
import type { SessionOptions, Start } from '../run-request.ts';
import { clusterAnswers } from './cluster-answers.ts';
import { closeAll, type Places } from './places.ts';

type ClusterStart = Extract<Start, { kind: 'cluster' }>;
/** How long the end of a run waits for what was made for it to be confirmed as ended. */
const RELEASE_MS = 10_000;

export type PodTarget = Extract<Target, { kind: 'pod' }>;

/** Finds the pod and container that the user named; every way this can fail is a problem of its own. */
export async function findTarget(
  { reader }: ClusterConnection,
  start: ClusterStart,
  namespace: string,
  signal: AbortSignal,
): Promise<Outcome<{ readonly target: PodTarget; readonly pod: PodDetail }>> {
  const { kind, name } = start.workload;
  const pick = await reader.resolveWorkload(namespace, `${kind}/${name}`, signal);
  if (!pick.ok) return clusterProblem(pick.failure, `${kind}/${name}`, namespace);
  const detail = await reader.getPod(namespace, pick.value.pod.name, signal);
  if (!detail.ok) return clusterProblem(detail.failure, `pod/${pick.value.pod.name}`, namespace);
  const pod = detail.value;
  const container = chooseContainer(pod, start.container);
  if (!container.ok) return container;
  const pickedFrom = kind === 'pod' ? null : `${kind}/${name}`;
  return done({
    target: { kind: 'pod', context: reader.context, namespace, pod: pod.name, container: container.value.name, node: pod.node, pickedFrom },
    pod,
  });
}

function chooseContainer(pod: PodDetail, wanted: string | null): Outcome<ContainerDetail> {
  const name = wanted ?? pod.defaultContainer;
  const found = pod.containers.find((container) => container.name === name);
  if (found === undefined) {
    const names = pod.containers.map((container) => container.name);
    return failed('container-not-found', `${name} (${names.join(', ')})`, closest(name, names));
  }
  // One that does not run is a finding, and the run says why.
  return done(found);
}

/** Goes up the ladder to the container. Its problems are those of reading the pod: a way that does not hold is no problem but told. */
export async function climbTo(
  connection: ClusterConnection,
  { target, pod }: { readonly target: PodTarget; readonly pod: PodDetail },
  options: ClimberOptions,
): Promise<Outcome<Climbed>> {
  const read = await connection.access.podAccess(target.namespace, target.pod, options.signal);
  if (!read.ok) return clusterProblem(read.failure, `pod/${target.pod}`, target.namespace);
  const climber = await createClimber(connection, read.value.pullSecrets, options);
  return done(await climb(climber, goalOf(read.value, pod, target.container, options.access)));
}

/** Tells what the user's earlier sessions left in the target's namespace, but for what is used; nothing when there is nothing, or it may not be read. */
export async function tellLeftEarlier(connection: ClusterConnection, { namespace }: PodTarget, used: CreatedThing | null, { leftEarlier, signal }: Pick<SessionOptions, 'leftEarlier' | 'signal'>): Promise<void> {
  if (leftEarlier === undefined) return;
  const owner = await ownerOf(connection, signal);
  const { leftovers } = await findLeftovers(connection.access, { namespace, fallbackNamespace: namespace, owner: owner.name, thorough: 'glance' }, signal);
  const earlier = leftovers.filter((one) => one.session !== owner.session && leftoverName(one) !== used?.name);
  if (earlier.length > 0) leftEarlier(earlier);
}

/** Makes the places to compare with that were asked for; they are ended with what was entered. */
export async function withContrasts(connection: ClusterConnection, target: PodTarget, climbed: Climbed, wishes: readonly ContrastWish[], options: ClimberOptions): Promise<{ readonly climbed: Climbed; readonly vantages: readonly Vantage[] }> {
  if (wishes.length === 0) return { climbed, vantages: [] };
  const climber = await createClimber(connection, [], options);
  const contrasts = await enterContrasts(climber, wishes, target, options.access.keep);
  const entered = contrasts.flatMap((one) => (one.entered === null ? [] : [one.entered]));
  return {
    climbed: {
      access: { ...climbed.access, compared: contrasts.map(({ told }) => told) },
      entered: { ...climbed.entered, release: async (signal) => { await Promise.all([climbed.entered, ...entered].map((one) => one.release(signal))); } },
    },
    vantages: entered.map(({ vantage }) => vantage),
  };
}

/** `afterwards`: whether closing the places closes the connection to the API too; the console goes on using it. */
export function podPlaces(
  connection: ClusterConnection,
  target: PodTarget,
  others: readonly Vantage[],
  afterwards: 'close-all' | 'keep-open',
  { access, entered }: Climbed,
): Places {
  const { reader } = connection;
  const { vantage } = entered;
  return {
    target,
    vantage,
    contrasts: others,
    askCluster: clusterAnswers(reader, target),
    access,
    close: async () => {
      // At once: a process that does not end must not keep what was made from being ended, and that takes the process with it.
      await Promise.all([closeAll([vantage, ...others]), entered.release(AbortSignal.timeout(RELEASE_MS))]);
      if (afterwards === 'close-all') await reader.close();
    },
  };
}

/** A failure of the API as the problem that a user can act on. */
export function clusterProblem(failure: ClusterFailure, what: string, namespace: string): Outcome<never> {
  switch (failure.kind) {
    case 'forbidden':
      return failed('forbidden', failure.detail);
    case 'not-found':
      return failed('target-not-found', `${what} (namespace ${namespace})`);
    case 'unreachable':
      return failed('api-unreachable', failure.detail);
    case 'unauthorized':
      return failed('unauthorized', failure.detail);
    case 'no-context':
      return failed('unknown-context', failure.detail);
    case 'bad-kubeconfig':
      return failed('no-kubeconfig', failure.detail);
    case 'cancelled':
    case 'failed':
      return failed('no-pods', failure.detail.startsWith(what) ? failure.detail : `${what}: ${failure.detail}`);
  }
}


import type { PodSummary } from '../../domain/cluster.ts';
import type { FanOutEvent, FanOutPlace } from '../../domain/fan-out.ts';
import type { Dependency } from '../../domain/dependency.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { openCluster, type ClusterConnection } from '../../kube/client.ts';
import type { FanOutQuestion } from '../../report/fan-out-json.ts';
import { chooseDestination } from '../dependencies/choose-for.ts';
import { done, failed, type Outcome, type Problem } from '../problem.ts';
import type { RunRequest, SessionOptions } from '../run-request.ts';
import { behindPrefix } from '../session/places.ts';
import { podContrasts } from '../session/pod-contrasts.ts';
import { climbTo, clusterProblem, findTarget, podPlaces } from '../session/pod-places.ts';
import { diagnose } from '../session/run-session.ts';
import { fanOut, oneAtATime } from './fan-out.ts';
import { planFanOut } from './plan.ts';

export interface FanOutSession {
  readonly question: FanOutQuestion;
  readonly events: AsyncIterable<FanOutEvent>;
}

export interface FanOutOptions extends SessionOptions {
  /** A problem in the user's words: what stands for a pod that cannot be asked. */
  readonly inWords: (problem: Problem) => string;
}

/** Finds the workload's pods and asks the same from each. Problems of a single pod are told in the events. */
export async function startFanOut(request: RunRequest, options: FanOutOptions): Promise<Outcome<FanOutSession>> {
  const { start, cluster, fanOut: scope } = request;
  if (start.kind !== 'cluster' || scope === null) return failed('no-target');
  const { context, kubeconfig } = cluster;
  const opened = await openCluster({ kubeconfig, context, environment: options.env });
  if (!opened.ok) return clusterProblem(opened.failure, start.workload.name, '');
  const connection = opened.value;
  const { reader } = connection;
  const namespace = cluster.namespace ?? reader.namespace;
  const prepared = await prepare(connection, request, namespace, options.signal);
  if (!prepared.ok) {
    await reader.close();
    return prepared;
  }
  const { candidates, dependency } = prepared.value;
  const plan = await planFanOut(reader, scope, candidates, start.container, options.signal);
  const workload = `${start.workload.kind}/${start.workload.name}`;
  const { consent } = options;
  const shared = { ...options, ...(consent === undefined ? {} : { consent: oneAtATime(consent) }) };
  const startMember = (place: FanOutPlace): AsyncIterable<RunEvent> => memberEvents(connection, place, { ...request, dependency, workload }, shared);
  return done({
    question: { scope, context: reader.context, namespace, workload, dependency, startedAt: new Date().toISOString() },
    events: closing(fanOut(plan, startMember, options.signal), () => reader.close()),
  });
}

interface Prepared {
  readonly candidates: readonly PodSummary[];
  readonly dependency: Dependency;
}

async function prepare(connection: ClusterConnection, request: RunRequest, namespace: string, signal: AbortSignal): Promise<Outcome<Prepared>> {
  const { start, dependency } = request;
  if (start.kind !== 'cluster') return failed('no-target');
  const found = await candidatesOf(connection, start, namespace, signal);
  if (!found.ok || dependency !== 'auto') return found.ok && dependency !== 'auto' ? done({ candidates: found.value, dependency }) : (found as Outcome<never>);
  const first = await findTarget(connection, start, namespace, signal);
  if (!first.ok) return first;
  const choice = await chooseDestination(connection, first.value.target, first.value.pod, signal);
  return choice.ok ? done({ candidates: found.value, dependency: choice.value.dependency }) : choice;
}

/** All pods of the workload, best first; of a pod, its siblings too. */
async function candidatesOf({ reader }: ClusterConnection, { workload }: Extract<RunRequest['start'], { kind: 'cluster' }>, namespace: string, signal: AbortSignal): Promise<Outcome<readonly PodSummary[]>> {
  const reference = `${workload.kind}/${workload.name}`;
  const pick = await reader.resolveWorkload(namespace, reference, signal);
  if (!pick.ok) return clusterProblem(pick.failure, reference, namespace);
  if (workload.kind !== 'pod') return done(pick.value.candidates);
  const siblings = await reader.siblingsOf(pick.value.pod, signal);
  return siblings.ok ? done([pick.value.pod, ...siblings.value]) : clusterProblem(siblings.failure, reference, namespace);
}

type MemberRequest = RunRequest & { readonly dependency: Dependency; readonly workload: string };

async function* memberEvents(connection: ClusterConnection, place: FanOutPlace, request: MemberRequest, options: FanOutOptions): AsyncGenerator<RunEvent> {
  const { start } = request;
  const container = place.isReplica && start.kind === 'cluster' ? start.container : null;
  const found = await findTarget(connection, { kind: 'cluster', workload: { kind: 'pod', name: place.pod }, container }, place.namespace, options.signal);
  if (!found.ok) throw new Error(options.inWords(found.problem));
  const [contrasts, climbed] = await Promise.all([
    podContrasts(connection, found.value.pod, options.signal),
    climbTo(connection, found.value, { access: request.access, ...options }),
  ]);
  if (!climbed.ok) throw new Error(options.inWords(climbed.problem));
  const named = request.contrasts.map((contrast) => behindPrefix('contrast', contrast));
  const target = { ...found.value.target, pickedFrom: request.workload };
  yield* diagnose(podPlaces(connection, target, [...named, ...contrasts], 'keep-open', climbed.value), request, options.signal);
}

async function* closing<T>(events: AsyncIterable<T>, close: () => Promise<void>): AsyncGenerator<T> {
  try {
    yield* events;
  } finally {
    await close();
  }
}

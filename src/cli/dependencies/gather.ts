import type { ClusterResult, ContainerDetail, DependencySources, PodDetail } from '../../domain/cluster.ts';
import type { DependencyList } from '../../domain/dependency-list.ts';
import type { Sighting } from '../../domain/found-dependency.ts';
import { logErrors, rankDependencies, sightingsInLog, sightingsInSockets, type LogLine } from '../../dependencies/index.ts';
import { Prober } from '../../engine/prober.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import type { CommandWatch } from '../../probes/probe.ts';
import { createPodExecVantage, podIdentity } from '../../vantage/pod-exec.ts';
import type { PodTarget } from '../session/pod-places.ts';
import { hiddenIn, sightingsInSources } from './sources.ts';

/** Enough for some minutes of an application that complains at each request. */
const LOG_LINES = 1_000;
/** Names that are looked up to tell whose address a socket or a log line shows. */
const NAMES_LOOKED_UP = 12;
const CONNECT_TIMEOUT_MS = 3_000;

type Unreadable = DependencyList['unreadable'][number];

/** Reads everything that tells where a container connects, all at once. Fails only when the pod itself cannot be read. */
export async function gatherDependencies(connection: ClusterConnection, target: PodTarget, pod: PodDetail, signal: AbortSignal): Promise<ClusterResult<DependencyList>> {
  const { reader } = connection;
  const container = pod.containers.find(({ name }) => name === target.container);
  const prober = container?.state === 'running' ? proberOf(connection, target) : null;
  try {
    const [sources, log, sockets] = await Promise.all([
      reader.dependencySources(target.namespace, target.pod, target.container, signal),
      readLog(connection, target, container, signal),
      prober === null ? notRunning(container) : readSockets(prober, signal),
    ]);
    if (!sources.ok) return sources;
    const configured = sightingsInSources(sources.value);
    const logged = sightingsInLog(logErrors(log.lines, log.readAtMs), configured);
    const all = [...configured, ...logged, ...sockets.sightings];
    const addresses = prober === null ? new Map<string, readonly string[]>() : await addressesOf(all, prober, signal);
    return {
      ok: true,
      value: {
        target,
        dependencies: rankDependencies(all, { namespace: target.namespace, addresses }),
        hidden: hiddenIn(sources.value),
        unreadable: [...unreadableOf(sources.value), ...log.unreadable, ...sockets.unreadable],
      },
    };
  } finally {
    await prober?.vantage.close();
  }
}

function proberOf({ reader, exec }: ClusterConnection, target: PodTarget): Prober {
  const place = { namespace: target.namespace, name: target.pod, node: target.node };
  const identity = podIdentity(place, target.container, { id: 'target', relation: 'self' }, reader.context);
  return new Prober(createPodExecVantage(identity, exec, { namespace: target.namespace, pod: target.pod, container: target.container }), CONNECT_TIMEOUT_MS);
}

function unreadableOf({ unreadable }: DependencySources): readonly Unreadable[] {
  return unreadable.map(({ source, failure }) => ({ source, reason: failure.detail }));
}

async function notRunning(container: ContainerDetail | undefined): Promise<{ sightings: readonly Sighting[]; unreadable: readonly Unreadable[] }> {
  return Promise.resolve({ sightings: [], unreadable: [{ source: 'sockets', reason: container?.reason ?? container?.state ?? '' }] });
}

/** The end of the log, after that of the container before it where it was restarted. */
async function readLog(
  { reader }: ClusterConnection,
  { namespace, pod, container: name }: PodTarget,
  container: ContainerDetail | undefined,
  signal: AbortSignal,
): Promise<{ lines: readonly LogLine[]; readAtMs: number; unreadable: readonly Unreadable[] }> {
  const read = (previous: boolean): ReturnType<typeof reader.containerLog> => reader.containerLog(namespace, pod, name, { previous, tailLines: LOG_LINES }, signal);
  const [current, before] = await Promise.all([read(false), (container?.restarts ?? 0) > 0 ? read(true) : null]);
  const linesOf = (log: typeof before, previous: boolean): readonly LogLine[] => (log?.ok === true ? log.value.lines.map((line) => ({ ...line, previous })) : []);
  return {
    lines: [...linesOf(before, true), ...linesOf(current, false)],
    readAtMs: current.ok ? current.value.readAtMs : before?.ok === true ? before.value.readAtMs : Date.now(),
    // The log of a container that has not started is not there; that it could not be read is worth a word all the same.
    unreadable: [...failureOf('log', current), ...failureOf('log --previous', before)],
  };
}

function failureOf(source: string, result: ClusterResult<unknown> | null): readonly Unreadable[] {
  return result === null || result.ok ? [] : [{ source, reason: result.failure.detail }];
}

/** Nobody watches: these commands are not part of a run. */
const UNWATCHED: CommandWatch = { started: () => '', line: () => undefined, ended: () => undefined };

async function readSockets(prober: Prober, signal: AbortSignal): Promise<{ sightings: readonly Sighting[]; unreadable: readonly Unreadable[] }> {
  const { facts } = await prober.ask({ kind: 'sockets' }, UNWATCHED, signal);
  const sockets = facts.find((fact) => fact.kind === 'sockets');
  if (sockets !== undefined) return { sightings: sightingsInSockets(sockets), unreadable: [] };
  const reason = facts.flatMap((fact) => (fact.kind === 'unavailable' ? [`${fact.reason}: ${fact.detail}`] : []))[0] ?? '';
  return { sightings: [], unreadable: [{ source: 'sockets', reason }] };
}

/** What the names have, as the pod resolves them: only when there are addresses that may be theirs. */
async function addressesOf(sightings: readonly Sighting[], prober: Prober, signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  const ports = new Set(sightings.filter(({ dependency }) => dependency.hostKind !== 'name').map(({ dependency }) => dependency.port));
  const names = sightings.filter(({ dependency }) => dependency.hostKind === 'name' && ports.has(dependency.port)).map(({ dependency }) => dependency.host);
  const lookups = [...new Set(names)].slice(0, NAMES_LOOKED_UP).map(async (name): Promise<readonly [string, readonly string[]]> => {
    const { facts } = await prober.ask({ kind: 'resolve', name }, UNWATCHED, signal);
    return [name, facts.flatMap((fact) => (fact.kind === 'resolve' ? fact.addresses : []))];
  });
  return new Map(await Promise.all(lookups));
}

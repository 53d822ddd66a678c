import type { ClusterResult } from '../../domain/cluster.ts';
import type { EndpointsFact } from '../../domain/facts.ts';
import type { FoundDependency, FoundIn } from '../../domain/found-dependency.ts';
import { durationOf, rankDependencies, sightingsInLog, TIMEOUT_NAME } from '../../dependencies/index.ts';
import type { ClusterReader } from '../../domain/cluster.ts';
import type { LogFact } from '../../domain/facts.ts';
import { sightingsInSources } from '../dependencies/sources.ts';
import type { PodTarget } from './pod-places.ts';

/** What the application connects to, by its configuration and by the errors of its log; and the time limits that it is given. */
export async function answerEndpoints(reader: ClusterReader, target: PodTarget, log: ClusterResult<LogFact>, signal: AbortSignal): Promise<ClusterResult<EndpointsFact>> {
  const sources = await reader.dependencySources(target.namespace, target.pod, target.container, signal);
  if (!sources.ok) return sources;
  const configured = sightingsInSources(sources.value);
  const errors = log.ok ? log.value.errors.filter(({ previous }) => !previous) : [];
  const found = rankDependencies([...configured, ...sightingsInLog(errors, configured)], { namespace: target.namespace });
  const limits = sources.value.environment.flatMap(({ name, value }) => {
    const limitMs = value === null || !TIMEOUT_NAME.test(name) ? null : durationOf(name, value);
    return limitMs === null ? [] : [{ name, limitMs }];
  });
  return { ok: true, value: { kind: 'endpoints', endpoints: found.filter(({ state }) => state !== 'allowed').map(endpointOf), limits } };
}

function endpointOf({ dependency, url, state, lastErrorAgeMs, foundIn }: FoundDependency): EndpointsFact['endpoints'][number] {
  const { host, port, application, tls } = dependency;
  return { url, host, port, application, tls, state, lastErrorAgeMs, names: foundIn.flatMap(nameOf) };
}

function nameOf(found: FoundIn): readonly string[] {
  switch (found.kind) {
    case 'variable':
      return [found.source === 'value' ? found.name : `${found.name} (${found.source})`];
    case 'file':
      return [`${found.path} ${found.name ?? ''} (${found.source})`.replace('  ', ' ')];
    case 'argument':
      return [found.name ?? 'args'];
    case 'log':
    case 'socket':
    case 'service-entry':
      return [];
  }
}

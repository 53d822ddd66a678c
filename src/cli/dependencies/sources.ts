import type { DependencySources } from '../../domain/cluster.ts';
import { parseDependency } from '../../domain/dependency.ts';
import type { DependencyList } from '../../domain/dependency-list.ts';
import type { FoundIn, Sighting } from '../../domain/found-dependency.ts';
import { destinationsInArguments, destinationsInFile, destinationsOf, looksLikeDestination, type NamedDestination } from '../../dependencies/index.ts';

/** What the container's spec, its ConfigMaps and a mesh name. */
export function sightingsInSources({ environment, commandLine, files, serviceEntries }: DependencySources): readonly Sighting[] {
  const sourceOf = new Map(environment.map(({ name, source }) => [name, source]));
  return [
    ...seen(destinationsOf(environment), (name) => ({ kind: 'variable', name, source: sourceOf.get(name) ?? 'value' })),
    ...seen(destinationsInArguments(commandLine), (name) => ({ kind: 'argument', name: name === '' ? null : name })),
    ...files.flatMap(({ source, path, text }) => seen(destinationsInFile(text), (name) => ({ kind: 'file', source, path, name: name === '' ? null : name }))),
    ...serviceEntries.flatMap(entrySightings),
  ];
}

function seen(found: readonly NamedDestination[], where: (name: string) => FoundIn): readonly Sighting[] {
  return found.map(({ name, dependency }) => ({ dependency, foundIn: where(name) }));
}

/** Istio's ServiceEntry: hosts and ports apart; a wildcard names no host to ask. */
function entrySightings({ name, hosts, ports }: DependencySources['serviceEntries'][number]): readonly Sighting[] {
  return hosts.flatMap((host) =>
    ports.flatMap(({ port, protocol }): readonly Sighting[] => {
      const scheme = protocol === 'HTTPS' ? 'https' : protocol === 'TLS' ? 'tls' : protocol === 'HTTP' || protocol === 'HTTP2' ? 'http' : protocol === 'GRPC' ? 'grpc' : 'tcp';
      const read = host.includes('*') ? null : parseDependency(`${scheme}://${host}:${String(port)}`);
      return read?.ok === true ? [{ dependency: read.dependency, foundIn: { kind: 'service-entry', name } }] : [];
    }),
  );
}

/** Secrets that may hold a destination: by the names of their keys, as far as those are known. */
export function hiddenIn({ environment, secrets }: DependencySources): DependencyList['hidden'] {
  const single = environment.filter(({ name, value, source }) => value === null && source.startsWith('secret/') && !name.endsWith('*') && looksLikeDestination(name));
  const sources = new Map<string, readonly string[] | null>();
  for (const { secret, names } of secrets) sources.set(`secret/${secret}`, names === null ? null : names.filter(looksLikeDestination));
  for (const { name, source } of single) sources.set(source, [...new Set([...(sources.get(source) ?? []), name])]);
  return [...sources].filter(([, names]) => names === null || names.length > 0).map(([source, names]) => ({ source, names }));
}

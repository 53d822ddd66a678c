import type { Dependency } from '../domain/dependency.ts';
import { DEPENDENCY_STATES, type DependencyState, type FoundDependency, type FoundIn, type Sighting } from '../domain/found-dependency.ts';
import { endpointKey, isLoopback } from './endpoint.ts';

/** An error this young is one of now. Clients retry within it, and who was called at night has not opened a console before. */
export const FAILING_WITHIN_MS = 5 * 60_000;
/** Log lines that a destination keeps as where it was found. */
const LINES_KEPT = 3;

export interface RankOptions {
  /** The pod's namespace: short names of Services are meant in it. */
  readonly namespace: string;
  /** Addresses that names were found to have, as the pod resolves them. */
  readonly addresses?: ReadonlyMap<string, readonly string[]>;
}

interface Group {
  dependency: Dependency;
  readonly foundIn: FoundIn[];
}

/** Sightings as destinations, each once, what fails now first. What is spoken is taken from the sighting that says most. */
export function rankDependencies(sightings: readonly Sighting[], options: RankOptions): readonly FoundDependency[] {
  const groups = new Map<string, Group>();
  const named = sightings.filter(({ dependency }) => dependency.hostKind === 'name');
  for (const { dependency, foundIn } of sightings) {
    const key = endpointKey(nameOf(dependency, named, options) ?? dependency, options.namespace);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { dependency, foundIn: [foundIn] });
    else {
      if (detail(dependency) > detail(group.dependency)) group.dependency = dependency;
      group.foundIn.push(foundIn);
    }
  }
  const found = [...groups.values()].map(toFound);
  return found.toSorted((a, b) => order(a) - order(b) || (a.state === 'failing' || a.state === 'failed-before' ? youngest(a) - youngest(b) : 0));
}

/** A destination that is known by name and has this address, on the same port. */
function nameOf({ host, hostKind, port, transport }: Dependency, named: readonly Sighting[], { addresses }: RankOptions): Dependency | null {
  if (hostKind === 'name' || addresses === undefined) return null;
  const found = named.find(({ dependency }) => dependency.port === port && dependency.transport === transport && addresses.get(dependency.host)?.includes(host) === true);
  return found?.dependency ?? null;
}

/** A name says more than an address, a protocol more than a port, a path more than none. */
function detail({ hostKind, application, tls, path }: Dependency): number {
  return (hostKind === 'name' ? 8 : 0) + (application === null ? 0 : 4) + (tls ? 2 : 0) + (path === '/' ? 0 : 1);
}

function toFound({ dependency, foundIn }: Group): FoundDependency {
  const logged = foundIn.flatMap((one) => (one.kind === 'log' ? [one] : [])).toSorted((a, b) => ageOf(a) - ageOf(b));
  const sockets = foundIn.filter((one) => one.kind === 'socket');
  const configured = foundIn.filter((one) => one.kind !== 'log' && one.kind !== 'socket');
  return {
    url: dependency.url,
    dependency,
    state: stateOf(foundIn, logged),
    errors: logged.length,
    lastErrorAgeMs: logged[0]?.error.ageMs ?? null,
    foundIn: [...unique(logged, ({ error }) => error.text.replace(/\d+/gu, '#')).slice(0, LINES_KEPT), ...sockets, ...unique(configured, (one) => JSON.stringify(one))],
  };
}

function ageOf({ error }: Extract<FoundIn, { kind: 'log' }>): number {
  return error.ageMs ?? Number.MAX_SAFE_INTEGER;
}

function stateOf(foundIn: readonly FoundIn[], logged: readonly Extract<FoundIn, { kind: 'log' }>[]): DependencyState {
  const isIn = (state: string): boolean => foundIn.some((one) => one.kind === 'socket' && one.state === state);
  const [newest] = logged;
  if (isIn('SYN_SENT') || (newest !== undefined && ageOf(newest) <= FAILING_WITHIN_MS)) return 'failing';
  if (newest !== undefined) return 'failed-before';
  if (isIn('ESTABLISHED')) return 'in-use';
  return foundIn.every(({ kind }) => kind === 'service-entry') ? 'allowed' : 'configured';
}

/** What fails comes first; what is inside the pod, a sidecar most likely, after its equals. */
function order({ state, dependency }: FoundDependency): number {
  return DEPENDENCY_STATES.indexOf(state) * 2 + (isLoopback(dependency.host) ? 1 : 0);
}

function youngest({ lastErrorAgeMs }: FoundDependency): number {
  return lastErrorAgeMs ?? 0;
}

/** The first of each key. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

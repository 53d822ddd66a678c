import type { CauseId } from '../cause.ts';
import type { Dependency } from '../dependency.ts';
import type { FactKind, FactOf } from '../facts.ts';
import type { Observation } from '../observation.ts';
import type { Target } from '../target.ts';
import type { Conclusion } from '../verdict.ts';
import { lastAnsweringHop } from '../trace-reading.ts';
import { breakOf, type PathBreak } from './break.ts';

/** What a picture of the path is made of: a run as far as it went. */
export interface PathSource {
  readonly target: Target | null;
  readonly dependency: Dependency | null;
  readonly observations: readonly Observation[];
  /** null while there is no verdict. */
  readonly conclusion: Conclusion | null;
}

export type StopKind = 'pod' | 'machine' | 'prefix' | 'node' | 'gateway' | 'resolver' | 'proxy' | 'hop' | 'silent' | 'skipped' | 'destination';

/** A station of the path, in the order in which packets pass them. */
export interface PathStop {
  readonly kind: StopKind;
  /** A name, an address, or for `silent` and `skipped` how many hops it stands for. Empty when nothing is known. */
  readonly name: string;
  /** Beside a name; null when there is none or it is the name. */
  readonly address: string | null;
  /** Round trip from the start, measured by a trace; null when none was. */
  readonly rttMs: number | null;
}

export interface PathPicture {
  readonly stops: readonly PathStop[];
  /** Where it breaks; null when it does not, or when that is not known. */
  readonly broken: PathBreak | null;
  readonly status: 'reachable' | 'fault' | 'inconclusive' | 'unfinished';
  readonly cause: CauseId | null;
}

/** With more hops than this those in the middle are counted only. */
const MOST_HOPS = 7;
const TARGET = 'target';

/** The way from the target to its dependency, as far as the run's own observations show it. Pure: nothing is guessed between hops. */
export function pathPicture(source: PathSource): PathPicture {
  const { conclusion } = source;
  const cause = conclusion?.verdict.cause ?? null;
  const stops = isAboutNames(cause) ? stopsToResolver(source) : stopsToDestination(source, cause);
  return { stops, cause, status: conclusion?.verdict.status ?? 'unfinished', broken: cause === null ? null : breakOf(cause, stops, reachedHop(source)) };
}

function isAboutNames(cause: CauseId | null): boolean {
  return cause !== null && (cause.startsWith('dns.') || cause === 'policy.dns-denied') && cause !== 'dns.split-horizon' && cause !== 'dns.stale-hosts';
}

function stopsToResolver(source: PathSource): readonly PathStop[] {
  const [nameserver] = factsOf(source, 'resolv-conf').flatMap((fact) => fact.nameservers);
  return [...startStops(source), stop('resolver', nameserver ?? ''), destinationStop(source, false)];
}

function stopsToDestination(source: PathSource, cause: CauseId | null): readonly PathStop[] {
  const proxy = cause?.startsWith('proxy.') === true && cause !== 'proxy.required' ? [stop('proxy', source.conclusion?.verdict.parameters.address ?? '')] : [];
  const gateway = gatewayOf(source);
  const hops = hopStops(source).filter((hop) => hop.name !== gateway?.name);
  const rttMs = hopStops(source).find((hop) => hop.name === gateway?.name)?.rttMs ?? null;
  return [...startStops(source), ...(gateway === null ? [] : [{ ...gateway, rttMs }]), ...hops, ...proxy, destinationStop(source, true)];
}

function startStops({ target }: PathSource): readonly PathStop[] {
  switch (target?.kind) {
    case 'pod':
      return [stop('pod', `${target.namespace}/${target.pod}`), ...(target.node === null ? [] : [stop('node', target.node)])];
    case 'via':
      return [stop('prefix', target.argv.join(' '))];
    case 'local':
    case undefined:
      return [stop('machine', '')];
  }
}

function gatewayOf(source: PathSource): PathStop | null {
  const family = addressOf(source)?.includes(':') === true ? 6 : 4;
  const routes = factsOf(source, 'routes').filter((fact) => fact.family === family).flatMap((fact) => fact.routes);
  const byDefault = routes.find((route) => route.gateway !== null && /^(?:0\.0\.0\.0|::)\/0$/u.test(route.destination));
  const address = byDefault?.gateway ?? null;
  return address === null ? null : stop('gateway', address);
}

/** The routers of the longest trace; silent ones and those in the middle of many are counted. The destination itself is left out. */
function hopStops(source: PathSource): readonly PathStop[] {
  const trace = traceOf(source);
  if (trace === null) return [];
  const last = lastAnsweringHop(trace)?.ttl ?? 0;
  const stops: PathStop[] = [];
  for (const { ttl, replies } of trace.hops) {
    if (ttl > last) break;
    const reply = replies.find((one) => one.address !== null);
    const address = reply?.address ?? null;
    if (address !== null && address === trace.address) break;
    const before = stops.at(-1);
    if (address !== null && before?.name !== address) stops.push({ kind: 'hop', name: address, address: null, rttMs: reply?.rttMs ?? null });
    else if (address === null && before?.kind === 'silent') stops[stops.length - 1] = stop('silent', String(Number(before.name) + 1));
    else if (address === null) stops.push(stop('silent', '1'));
  }
  if (stops.length <= MOST_HOPS) return stops;
  const kept = Math.floor(MOST_HOPS / 2);
  return [...stops.slice(0, kept), stop('skipped', String(stops.length - 2 * kept)), ...stops.slice(-kept)];
}

function traceOf(source: PathSource): FactOf<'trace'> | null {
  const traces = factsOf(source, 'trace');
  const furthest = (trace: FactOf<'trace'>): number => lastAnsweringHop(trace)?.ttl ?? 0;
  return traces.toSorted((a, b) => Number(b.reached) - Number(a.reached) || furthest(b) - furthest(a))[0] ?? null;
}

/** Address of the last router that answered; null when none did. */
function reachedHop(source: PathSource): string | null {
  const trace = traceOf(source);
  return trace === null ? null : (lastAnsweringHop(trace)?.address ?? null);
}

function destinationStop(source: PathSource, isResolved: boolean): PathStop {
  const { dependency } = source;
  if (dependency === null) return stop('destination', '');
  const address = isResolved ? addressOf(source) : null;
  const name = dependency.host.includes(':') ? `[${dependency.host}]` : dependency.host;
  return { kind: 'destination', name: `${name}:${dependency.port.toString()}`, address: address === dependency.host ? null : address, rttMs: connectMs(source, address) };
}

function addressOf(source: PathSource): string | null {
  const named = source.conclusion?.verdict.parameters.address;
  if (named !== undefined) return named;
  const connect = factsOf(source, 'connect').find((fact) => fact.address !== null);
  return connect?.address ?? factsOf(source, 'resolve').find((fact) => fact.outcome === 'answered')?.addresses[0] ?? null;
}

function connectMs(source: PathSource, address: string | null): number | null {
  return factsOf(source, 'connect').find((fact) => fact.outcome === 'connected' && fact.address === address)?.elapsedMs ?? null;
}

function factsOf<K extends FactKind>({ observations }: PathSource, kind: K): readonly FactOf<K>[] {
  return observations.flatMap(({ vantage, fact }) => (vantage === TARGET && fact.kind === kind ? [fact as FactOf<K>] : []));
}

function stop(kind: StopKind, name: string): PathStop {
  return { kind, name, address: null, rttMs: null };
}

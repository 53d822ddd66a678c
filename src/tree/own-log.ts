import type { CauseId } from '../domain/cause.ts';
import type { EndpointsFact } from '../domain/facts.ts';
import type { LogError } from '../domain/found-dependency.ts';
import type { Question } from '../domain/question.ts';
import { distance } from './edit-distance.ts';
import type { Look } from './look.ts';
import { addressesOf, nameToResolve } from './reading.ts';

/** An error older than this is none of now, and not worth waiting for the next. */
export const RECENT_MS = 2 * 60_000;
/** How long the application is given to fail again: twice the time between its errors, within these. */
const WATCH_MIN_MS = 4_000;
const WATCH_MAX_MS = 12_000;

export function canAskLog(look: Look): boolean {
  return look.situation.target.kind === 'pod' && look.situation.cluster;
}

export function logQuestion(): Question {
  return { kind: 'log', watchMs: 0, about: '' };
}

/** What the log says from now on, while the probes pass. */
export function watchQuestion(look: Look, recent: readonly LogError[]): Question {
  return { kind: 'log', watchMs: watchMs(recent), about: hostsOf(look).join(' ') };
}

/** Likewise, for an error that names no destination. */
export function watchForQuestion(cause: CauseId, recent: readonly LogError[]): Question {
  return { kind: 'log', watchMs: watchMs(recent), about: cause };
}

function watchMs(recent: readonly LogError[]): number {
  const ages = recent.flatMap(({ ageMs }) => ageMs ?? []).toSorted((a, b) => a - b);
  const gaps = ages.slice(1).map((age, index) => age - (ages[index] ?? 0)).toSorted((a, b) => a - b);
  const gap = gaps[Math.floor(gaps.length / 2)];
  return Math.round(Math.min(WATCH_MAX_MS, Math.max(WATCH_MIN_MS, gap === undefined ? WATCH_MAX_MS : 2 * gap + 1000)));
}

/** Names and addresses of the dependency, as a log may have them. */
export function hostsOf(look: Look): readonly string[] {
  const { host, service } = look.dependency;
  const full = nameToResolve(look).toLowerCase();
  const names = service === null ? [host.toLowerCase()] : [full, `${full}.cluster.local`, service.name, full.replace(/\.svc$/u, '')];
  return [...new Set([...names, ...(addressesOf(look) ?? [])])];
}

/** Errors that name the dependency, written by the container that runs now. */
export function errorsAbout(look: Look, errors: readonly LogError[]): readonly LogError[] {
  const hosts = hostsOf(look);
  return errors.filter(({ host, port, previous }) => !previous && host !== null && hosts.includes(host) && (port === null || port === look.dependency.port));
}

export function isRecent({ ageMs }: LogError): boolean {
  return ageMs !== null && ageMs <= RECENT_MS;
}

/**
 * Pools that say what they are for: HikariPool-1, c3p0, org.apache.commons.dbcp2, pgxpool, QueuePool of SQLAlchemy, Npgsql, "remaining
 * connection slots are reserved" of PostgreSQL; JedisPool and lettuce for Redis.
 */
const POOL_OF: readonly (readonly [RegExp, readonly string[]])[] = [
  [/hikari|c3p0|dbcp|jdbc|pgx|pgbouncer|npgsql|sqlalchemy|queuepool|sequelize|knex|connection slots|\bsql|postgres|mysql/iu, ['postgres', 'mysql']],
  [/jedis|lettuce|redis/iu, ['redis']],
  [/mongo/iu, ['mongodb']],
  [/amqp|rabbit/iu, ['amqp']],
];

/** The application's own limit: pools, threads, files. Such a line names no destination; the pool of another kind of server is none of this one. */
export function isExhaustion(look: Look, { cause, previous, text, host }: LogError): boolean {
  if (cause !== 'app.connections-exhausted' || previous) return false;
  if (host !== null && !hostsOf(look).includes(host)) return false;
  const { application } = look.dependency;
  const kinds = POOL_OF.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return kinds === null || application === null || kinds.includes(application);
}

type Endpoint = EndpointsFact['endpoints'][number];

/**
 * An endpoint that the application uses instead of the dependency: it fails, and it is like the dependency. Where the configuration names
 * the dependency too, only what can hardly be another dependency counts: a host one slip away, or another port of the same database.
 */
export function insteadOf(look: Look, { endpoints }: EndpointsFact): Endpoint | null {
  const { host, port, application } = look.dependency;
  const hosts = hostsOf(look);
  const isThis = (one: Endpoint): boolean => hosts.includes(one.host.toLowerCase()) && one.port === port;
  const isConfigured = endpoints.some((one) => isThis(one) && one.names.length > 0);
  const isWeb = (name: string | null): boolean => name === 'http' || name === 'grpc' || port === 443 || port === 80;
  const others = endpoints.filter((one) => !isThis(one) && one.state === 'failing' && (one.application === null || application === null || one.application === application));
  const sameHost = others.find((one) => hosts.includes(one.host.toLowerCase()) && (!isConfigured || (application !== null && !isWeb(application))));
  const slip = others.find((one) => one.port === port && isSlip(one.host.toLowerCase(), host.toLowerCase()));
  const samePort = others.find((one) => !isConfigured && one.port === port && !isWeb(application));
  return sameHost ?? slip ?? samePort ?? null;
}

/** One or two letters wrong, missing or exchanged, in names that are long enough to tell. */
function isSlip(a: string, b: string): boolean {
  return a !== b && /[a-z]/u.test(a) && Math.min(a.length, b.length) >= 6 && distance(a, b) <= 2 && !differsByNumberOnly(a, b);
}

/** db-1 and db-2 are two databases. */
function differsByNumberOnly(a: string, b: string): boolean {
  return a.replace(/\d+/gu, '#') === b.replace(/\d+/gu, '#');
}

/** Resets at steady distances, long ones, the next of which is not overdue: something forgets quiet connections. The distance in ms, or null. */
export function steadyResetMs(about: readonly LogError[]): number | null {
  const resets = about.filter(({ meaning, at }) => meaning === 'reset' && at !== null);
  const times = resets.map(({ at }) => Date.parse(at ?? '')).toSorted((a, b) => a - b).slice(-RESETS_READ);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const newestAgeMs = Math.min(...resets.map(({ ageMs }) => ageMs ?? Number.POSITIVE_INFINITY));
  if (gaps.length < IDLE_GAPS) return null;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const spread = Math.max(...gaps) - Math.min(...gaps);
  return mean >= IDLE_MIN_MS && spread <= mean * 0.2 && newestAgeMs <= mean * OVERDUE ? Math.round(mean) : null;
}

/** Two gaps may be alike by chance. */
const IDLE_GAPS = 3;
/** What was long ago may have had another rhythm. */
const RESETS_READ = 6;
/** Nobody forgets a connection sooner. */
const IDLE_MIN_MS = 20_000;
/** A series that has missed its next turn by this has ended. */
const OVERDUE = 1.5;

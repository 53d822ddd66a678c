import { parseDependency, type Dependency } from '../domain/dependency.ts';

/** Products whose name in a variable or option says what is spoken, with the scheme that we know it by. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/postgres|(?:^|[_.-])(?:pg|psql|timescale)|^pg/iu, 'postgres'],
  [/mysql|maria/iu, 'mysql'],
  [/redis|valkey|sidekiq/iu, 'redis'],
  [/rabbit|amqp/iu, 'amqp'],
  [/mongo/iu, 'mongodb'],
  [/kafka|bootstrap[_.-]?servers/iu, 'kafka'],
  [/smtp/iu, 'smtp'],
];

/** The scheme that a variable's name suggests; null when it names no product. */
export function schemeOfName(name: string): string | null {
  return PRODUCTS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Ports that belong to one of the protocols we speak (IANA service names; kafka and mongodb by their documentation). */
const SCHEME_OF_PORT: Readonly<Record<number, string>> = { 5432: 'postgres', 3306: 'mysql', 6379: 'redis', 5672: 'amqp', 27017: 'mongodb', 9092: 'kafka' };

/** Text as a destination that a pod can have: no placeholder, no address to listen on, no documentation. */
export function destination(text: string): Dependency | null {
  const result = parseDependency(text);
  if (!result.ok || !isDestination(result.dependency)) return null;
  return result.dependency.application === 'http' || result.dependency.application === 'grpc' ? withoutQuery(result.dependency) : result.dependency;
}

/** A host and its port as a URL of the protocol that the name or the port suggests; a bare port where neither does. */
export function destinationAt(host: string, port: number | null, name: string): Dependency | null {
  const scheme = schemeOfName(name);
  const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  if (port === null) return scheme === null ? null : destination(`${scheme}://${shown}`);
  const byPort = SCHEME_OF_PORT[port];
  if (scheme !== null && (byPort === undefined || byPort === scheme)) return destination(`${scheme}://${shown}:${String(port)}`);
  return destination(`${shown}:${String(port)}`);
}

/** A query may carry tokens, and no network fault depends on it. */
function withoutQuery(dependency: Dependency): Dependency {
  const cut = (text: string): string => text.split(/[?#]/u)[0] ?? text;
  return { ...dependency, url: cut(dependency.url), path: cut(dependency.path) };
}

/** Addresses that a server listens on; names of namespaces and schemas, which look like URLs and lead nowhere. */
const NO_DESTINATION = /^(?:0\.0\.0\.0|::|\*|\+)$|^(?:www\.w3\.org|schemas\.|xmlns\.|json-schema\.org|xml\.apache\.org|www\.springframework\.org|java\.sun\.com|purl\.org|tempuri\.org)/iu;
const PLACEHOLDER = /[${}<>%]/u;

function isDestination({ host, url }: Dependency): boolean {
  return !NO_DESTINATION.test(host) && !PLACEHOLDER.test(url.replace(/%[\da-f]{2}/giu, ''));
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/**
 * One name for one endpoint, however it is written: lower case, no trailing dot, Services without the cluster's suffix and with their
 * namespace.
 */
export function endpointKey({ host, hostKind, port, transport, service }: Dependency, namespace: string): string {
  const at = `${transport}/${String(port)}`;
  if (hostKind !== 'name') return `${host.toLowerCase()} ${at}`;
  if (service !== null) return `${service.name}.${service.namespace ?? namespace} ${at}`;
  return `${serviceName(host.toLowerCase().replace(/\.$/u, ''), namespace)} ${at}`;
}

function serviceName(host: string, namespace: string): string {
  if (!host.includes('.')) return isLoopback(host) ? host : `${host}.${namespace}`;
  return host.replace(/^([^.]+\.[^.]+)\.svc(?:\..+)?$/u, '$1');
}

import type { Dependency } from '../domain/dependency.ts';
import { destinationAt, isLoopback } from './endpoint.ts';
import { destinationsIn, ENDPOINT_NAME } from './from-value.ts';

export interface NamedValue {
  /** `DB_HOST`, `spring.datasource.url`, `--db-host`. */
  readonly name: string;
  /** null when it may not be read. */
  readonly value: string | null;
}

/** `DB_HOST`, `REDIS_ADDR`, `kafka.hostname`: the part before it pairs with a port of the same prefix. */
const HOST_NAME = /^(?<prefix>.*?)[_.-]?(?:HOST|HOST_?NAME|HOST_?ADDR|ADDR|ADDRESS|SERVER|ENDPOINT|DOMAIN|FQDN|IP)$/iu;
/** Variables that Kubernetes makes for every Service (docker links), which name no dependency of the application's choosing. */
const SERVICE_LINK = /_SERVICE_(?:HOST|PORT)(?:_|$)|_PORT(?:_\d+_(?:TCP|UDP))/u;
/** Where a server listens, who it is, and what it lets in: no destinations of its own. */
const NO_DEPENDENCY = /^no_proxy$|(?:^|[_.-])(?:listen|bind|allowed[_.-]?(?:hosts|origins)|cors|server[_.-]?name|public[_.-]?url|external[_.-]?url|advertised?)(?:[_.-]|$)/iu;
const PORT_NAMES = (prefix: string): readonly string[] =>
  ['_PORT', '.port', '-port', 'PORT', '_port', 'Port', '_PORT_NUMBER', '_TCP_PORT', '.portNumber'].map((end) => prefix + end);

export interface NamedDestination {
  readonly name: string;
  readonly dependency: Dependency;
}

/**
 * Destinations that named values give: URLs and DSNs of known schemes, `host:port` values and lists of them, and HOST/PORT pairs of one
 * prefix. In the order of the values; the same destination may come more than once.
 */
export function destinationsOf(values: readonly NamedValue[]): readonly NamedDestination[] {
  const known = new Map(values.map(({ name, value }) => [name.toLowerCase(), value]));
  return values.flatMap(({ name, value }) => {
    if (value === null || SERVICE_LINK.test(name) || NO_DEPENDENCY.test(name)) return [];
    if (/(?:^|_)(?:https?|all|ftp)_?proxy$/iu.test(name)) return proxyOf(name, value);
    const whole = destinationsIn(name, value);
    const found = whole.length > 0 ? whole : pairOf(name, value, known);
    return found.map((dependency) => ({ name, dependency }));
  });
}

/** A proxy is a dependency of its own; what it speaks is no ordinary request. */
function proxyOf(name: string, value: string): readonly NamedDestination[] {
  const [, host, port] = /^(?:[a-z][a-z0-9]*:\/\/)?(?:[^@]*@)?(\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?/iu.exec(value.trim()) ?? [];
  const isSecure = /^https:/iu.test(value.trim());
  const dependency = host === undefined ? null : destinationAt(host, port === undefined ? (isSecure ? 443 : /^socks/iu.test(value) ? 1080 : 80) : Number(port), '');
  return dependency === null ? [] : [{ name, dependency }];
}

function pairOf(name: string, value: string, known: ReadonlyMap<string, string | null>): readonly Dependency[] {
  const prefix = HOST_NAME.exec(name)?.groups?.['prefix'];
  const host = value.trim();
  if (prefix === undefined || !/^(?:[a-z0-9_.-]+|\[?[\da-f:]*:[\da-f:]*\]?)$/iu.test(host)) return [];
  // HOST and PORT alone are where an application listens.
  if (prefix === '' && (isLoopback(host) || /^\d/u.test(host))) return [];
  const port = PORT_NAMES(prefix).map((key) => known.get(key.toLowerCase())).find((text) => typeof text === 'string' && /^\s*\d{1,5}\s*$/u.test(text));
  const found = destinationAt(host, port === undefined || port === null ? null : Number(port.trim()), name);
  return found === null ? [] : [found];
}

/** Whether what has this name is likely to be a destination: asked of names whose values may not be read. */
export function looksLikeDestination(name: string): boolean {
  return !NO_DEPENDENCY.test(name) && (ENDPOINT_NAME.test(name.replace(/[_.-]?port$/iu, '')) || /conn(?:ection)?[_.-]?(?:string|strings|str|uri)/iu.test(name));
}

import ipaddr from 'ipaddr.js';

/** What is spoken on top of the connection; null for a bare port. */
export type ApplicationProtocol =
  | 'http'
  | 'grpc'
  | 'postgres'
  | 'mysql'
  | 'redis'
  | 'amqp'
  | 'mongodb'
  | 'kafka'
  | 'smtp'
  | 'dns';

/** Where the connection goes. */
export interface Dependency {
  /** As a URL, without credentials: `https://api.example.com/health`. */
  readonly url: string;
  /** Scheme of the URL: https, tcp, postgres, svc, ... */
  readonly protocol: string;
  /** Name or address without brackets and without a trailing dot of its own making. */
  readonly host: string;
  readonly hostKind: 'name' | 'ipv4' | 'ipv6';
  readonly port: number;
  /** Path and query for HTTP; `/` elsewhere. */
  readonly path: string;
  readonly transport: 'tcp' | 'udp';
  readonly tls: boolean;
  readonly application: ApplicationProtocol | null;
  /** Set for `svc/name:port`; the namespace is the target's when not given as `svc/name.namespace`. */
  readonly service: { readonly name: string; readonly namespace: string | null } | null;
  /** True when the user gave neither scheme nor port and https was assumed. */
  readonly assumedHttps: boolean;
}

/** A dependency's text without credentials; a bare host stays bare, so that the run knows that https was only assumed. `typed`: what it was read from. */
export function askedText({ assumedHttps, url }: Dependency, typed: string): string {
  return assumedHttps ? typed.trim() : url;
}

export type DependencyErrorCode =
  | 'empty'
  | 'looks-like-option'
  | 'unknown-scheme'
  | 'bad-host'
  | 'bad-port'
  | 'no-port'
  | 'not-a-url';

export type DependencyResult =
  | { readonly ok: true; readonly dependency: Dependency }
  | { readonly ok: false; readonly code: DependencyErrorCode; readonly detail: string };

interface Scheme {
  readonly port: number | null;
  readonly transport: 'tcp' | 'udp';
  readonly tls: boolean;
  readonly application: ApplicationProtocol | null;
}

/** Default ports: IANA service names, and the protocols' own documentation for kafka and mongodb. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  http: { port: 80, transport: 'tcp', tls: false, application: 'http' },
  https: { port: 443, transport: 'tcp', tls: true, application: 'http' },
  tcp: { port: null, transport: 'tcp', tls: false, application: null },
  tls: { port: 443, transport: 'tcp', tls: true, application: null },
  grpc: { port: 80, transport: 'tcp', tls: false, application: 'grpc' },
  grpcs: { port: 443, transport: 'tcp', tls: true, application: 'grpc' },
  postgres: { port: 5432, transport: 'tcp', tls: false, application: 'postgres' },
  postgresql: { port: 5432, transport: 'tcp', tls: false, application: 'postgres' },
  mysql: { port: 3306, transport: 'tcp', tls: false, application: 'mysql' },
  redis: { port: 6379, transport: 'tcp', tls: false, application: 'redis' },
  rediss: { port: 6379, transport: 'tcp', tls: true, application: 'redis' },
  amqp: { port: 5672, transport: 'tcp', tls: false, application: 'amqp' },
  amqps: { port: 5671, transport: 'tcp', tls: true, application: 'amqp' },
  mongodb: { port: 27017, transport: 'tcp', tls: false, application: 'mongodb' },
  kafka: { port: 9092, transport: 'tcp', tls: false, application: 'kafka' },
  smtp: { port: 25, transport: 'tcp', tls: false, application: 'smtp' },
  udp: { port: null, transport: 'udp', tls: false, application: null },
  dns: { port: 53, transport: 'udp', tls: false, application: 'dns' },
};

/**
 * Reads what the user typed after --to: a URL of a known scheme, `host:port`, `[v6]:port`, `svc/name:port`, or a bare host, which is
 * taken as https. Credentials in a URL are dropped: they are never needed to reach a port, and never kept.
 */
export function parseDependency(input: string): DependencyResult {
  const text = input.trim();
  if (text === '') return failure('empty', '');
  if (text.startsWith('-')) return failure('looks-like-option', text);
  if (/[\s\u0000-\u001f\u007f]/u.test(text)) return failure('not-a-url', text);
  const service = /^svc\/([^:/]+):([^/]*)$/u.exec(text);
  if (service) return parseService(text, service[1] ?? '', service[2] ?? '');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/iu.exec(text);
  if (scheme) return parseUrl((scheme[1] ?? '').toLowerCase(), scheme[2] ?? '');
  return parseBare(text);
}

function failure(code: DependencyErrorCode, detail: string): DependencyResult {
  return { ok: false, code, detail };
}

function parseService(text: string, fullName: string, portText: string): DependencyResult {
  const port = parsePort(portText);
  if (port === null) return failure(portText === '' ? 'no-port' : 'bad-port', text);
  const [name = '', namespace = null] = fullName.replace(/\.svc(\..*)?$/u, '').split('.');
  if (!isHostName(fullName)) return failure('bad-host', fullName);
  return {
    ok: true,
    dependency: {
      url: text,
      protocol: 'svc',
      host: name + (namespace === null ? '' : `.${namespace}`),
      hostKind: 'name',
      port,
      path: '/',
      transport: 'tcp',
      tls: false,
      application: null,
      service: { name, namespace },
      assumedHttps: false,
    },
  };
}

function parseUrl(schemeName: string, rest: string): DependencyResult {
  // `+srv`, `postgresql+psycopg2` and the like: the part before the plus names the protocol.
  const scheme = SCHEMES[schemeName] ?? SCHEMES[schemeName.split('+')[0] ?? ''];
  if (scheme === undefined) return failure('unknown-scheme', schemeName);
  const [, authority = '', path = ''] = /^([^/?#]*)(.*)$/su.exec(rest) ?? [];
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1);
  // A list of hosts (mongodb, kafka) starts with the one that a client tries first.
  const split = splitHostPort(hostPort.split(',')[0] ?? '');
  if (split === null) return failure('bad-host', hostPort);
  const port = split.port === null ? scheme.port : parsePort(split.port);
  if (port === null) return failure(split.port === null ? 'no-port' : 'bad-port', split.port ?? hostPort);
  return build(schemeName, scheme, split.host, port, path, false);
}

function parseBare(text: string): DependencyResult {
  const split = splitHostPort(text.split('/')[0] ?? '');
  if (split === null) return failure('bad-host', text);
  const tcp = SCHEMES['tcp'];
  const https = SCHEMES['https'];
  if (tcp === undefined || https === undefined) return failure('unknown-scheme', text);
  if (split.port === null) return build('https', https, split.host, 443, text.slice(text.split('/')[0]?.length ?? 0), true);
  const port = parsePort(split.port);
  if (port === null) return failure('bad-port', split.port);
  return build('tcp', tcp, split.host, port, '', false);
}

function build(protocol: string, scheme: Scheme, host: string, port: number, path: string, assumedHttps: boolean): DependencyResult {
  const hostKind = kindOfHost(host);
  if (hostKind === null) return failure('bad-host', host);
  const shownHost = hostKind === 'ipv6' ? `[${host}]` : host;
  const shownPort = port === scheme.port ? '' : `:${port}`;
  const cleanPath = path.split('#')[0] ?? '';
  const isWeb = scheme.application === 'http';
  const urlPath = isWeb ? (cleanPath.startsWith('/') ? cleanPath : `/${cleanPath}`) : '/';
  return {
    ok: true,
    dependency: {
      url: `${protocol}://${shownHost}${shownPort}${isWeb ? urlPath : ''}`,
      protocol,
      host,
      hostKind,
      port,
      path: urlPath,
      transport: scheme.transport,
      tls: scheme.tls,
      application: scheme.application,
      service: null,
      assumedHttps,
    },
  };
}

function splitHostPort(text: string): { host: string; port: string | null } | null {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/u.exec(text);
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] ?? null };
  if (ipaddr.IPv6.isValid(text)) return { host: text, port: null };
  const parts = text.split(':');
  if (parts.length > 2 || parts[0] === '') return null;
  return { host: parts[0] ?? '', port: parts[1] ?? null };
}

function parsePort(text: string): number | null {
  if (!/^\d{1,5}$/u.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}

/** Which kind of host this text is; null when it is neither an address nor a name (RFC 1123, and `_` as found in the field). */
export function kindOfHost(host: string): Dependency['hostKind'] | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(host)) return 'ipv4';
  if (ipaddr.IPv6.isValid(host)) return 'ipv6';
  return isHostName(host) ? 'name' : null;
}

function isHostName(host: string): boolean {
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  if (name.length === 0 || name.length > 253) return false;
  // All digits and dots is a broken address, not a name.
  if (/^[\d.]+$/u.test(name)) return false;
  return name.split('.').every((label) => /^[\p{L}\p{N}_]([\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?$/u.test(label));
}

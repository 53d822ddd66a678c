import type { Dependency } from '../domain/dependency.ts';
import { destination, destinationAt, schemeOfName } from './endpoint.ts';

/** Schemes of URLs that name a destination of their own under another name. */
const ALIASES: Readonly<Record<string, string>> = {
  ws: 'http', wss: 'https', nats: 'tcp', mqtt: 'tcp', mqtts: 'tls', ldap: 'tcp', ldaps: 'tls', ftp: 'tcp', ssh: 'tcp', sftp: 'tcp', etcd: 'http',
  clickhouse: 'tcp', cassandra: 'tcp', memcached: 'tcp', elasticsearch: 'http', mariadb: 'mysql', cockroachdb: 'postgres', amqp091: 'amqp',
  smtps: 'tls', socks5: 'tcp', socks5h: 'tcp', influxdb: 'http', stomp: 'tcp', zk: 'tcp', zookeeper: 'tcp', sqlserver: 'tcp', mssql: 'tcp', pgsql: 'postgres',
};
const ALIAS_PORTS: Readonly<Record<string, number>> = {
  ws: 80, wss: 443, nats: 4222, mqtt: 1883, mqtts: 8883, ldap: 389, ldaps: 636, ftp: 21, ssh: 22, sftp: 22, clickhouse: 9000, cassandra: 9042,
  memcached: 11_211, smtps: 465, socks5: 1080, socks5h: 1080, stomp: 61_613, zk: 2181, zookeeper: 2181, sqlserver: 1433, mssql: 1433,
};

/** A URL up to where prose or markup goes on. */
const URL_IN_TEXT = /\b(?:jdbc:(?:\w+:)?)?[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^\s'"@/\]]*@)?(?:\[[\da-f:.]+\])?[^\s'"`<>\\^|,;)\]}]*(?:,[^\s'"`<>\\^|,;)\]}/]+:\d+)*[^\s'"`<>\\^|,;)}\]]*/giu;

/** URLs of known schemes in any text, in order. */
export function urlsIn(text: string): readonly Dependency[] {
  return [...text.slice(0, 200_000).matchAll(URL_IN_TEXT)].flatMap(([found]) => fromUrl(found.replace(/[.,:;!?]+$/u, '')));
}

/** What one value names, most of all a whole DSN; `name` is the variable's, which may say which product it is. */
export function destinationsIn(name: string, value: string): readonly Dependency[] {
  const text = value.trim().replace(/^(["'])(.*)\1$/su, '$2');
  if (text === '' || text.length > 100_000) return [];
  if (/:\/\//u.test(text)) return urlsIn(text);
  const dsn = fromOracle(text) ?? fromGoMysql(text) ?? fromKeywords(text) ?? fromAdoNet(text);
  if (dsn !== null) return [dsn];
  return hostPortList(name, text);
}

function fromUrl(text: string): readonly Dependency[] {
  const bare = text.replace(/^jdbc:/iu, '');
  // jdbc:sqlserver://db.example:1433;databaseName=x    the rest is no path
  const [, given = '', rest = ''] = /^([a-z][a-z0-9+.-]*?)(?:\+[a-z0-9.]+)?:\/\/([^;]*)/iu.exec(bare.replace(/^\w+:(?=\w+:\/\/)/u, '')) ?? [];
  const scheme = given.toLowerCase();
  const alias = ALIASES[scheme];
  const [, authority = '', path = ''] = /^([^/?#]*)(.*)$/su.exec(plainAuthority(scheme, rest)) ?? [];
  // A list of hosts: each is a destination, because a client tries them all.
  return authority.split(',').flatMap((host) => {
    const url = alias === undefined ? `${scheme}://${host}${path}` : `${alias}://${withPort(host, ALIAS_PORTS[scheme])}${path}`;
    const found = destination(url);
    return found === null ? [] : [found];
  });
}

/** Without credentials. In a DSN they may hold what would end an authority in RFC 3986; in a web URL an @ may stand in the path. */
function plainAuthority(scheme: string, rest: string): string {
  const isWeb = /^(?:https?|wss?|grpcs?)$/u.test(scheme);
  const end = isWeb ? rest.search(/[/?#]/u) : rest.search(/\?/u);
  const head = end < 0 ? rest : rest.slice(0, end);
  return rest.slice(head.lastIndexOf('@') + 1);
}

function withPort(host: string, port: number | undefined): string {
  return port === undefined || /:\d+$/u.test(host) ? host : `${host}:${String(port)}`;
}

/** jdbc:oracle:thin:@//db.example:1521/ORCL   jdbc:oracle:thin:@db.example:1521:ORCL */
function fromOracle(text: string): Dependency | null {
  const [, host, port] = /^jdbc:oracle:\w+:[^@]*@(?:\/\/)?([\w.-]+):(\d{1,5})[:/]/iu.exec(text) ?? [];
  return host === undefined ? null : destination(`${host}:${port ?? ''}`);
}

/** user:password@tcp(db.example:3306)/orders      go-sql-driver/mysql */
function fromGoMysql(text: string): Dependency | null {
  const [, host, port = '3306'] = /@tcp6?\((\[[\da-f:]+\]|[\w.-]+)(?::(\d{1,5}))?\)/iu.exec(text) ?? [];
  return host === undefined ? null : destination(`mysql://${host}:${port}`);
}

/** host=db.example port=5432 user=x dbname=orders      libpq keywords; PostgreSQL is all that uses them */
function fromKeywords(text: string): Dependency | null {
  if (!/(?:^|\s)(?:dbname|user)\s?=/u.test(text)) return null;
  const host = /(?:^|\s)host(?:addr)?\s?=\s?'?([^\s',]+)/u.exec(text)?.[1];
  const port = /(?:^|\s)port\s?=\s?'?(\d{1,5})/u.exec(text)?.[1];
  return host === undefined || host.startsWith('/') ? null : destination(`postgres://${host}:${port ?? '5432'}`);
}

/** Server=tcp:db.example,1433;Database=x   Host=db;Port=5432;Username=x   Data Source=db.example,1433;... */
function fromAdoNet(text: string): Dependency | null {
  const [, server] = /(?:^|;)\s*(?:server|data source|host|address|addr)\s*=\s*([^;]+)/iu.exec(text) ?? [];
  if (server === undefined || !text.includes(';')) return null;
  const [, host = '', ownPort] = /^(?:tcp:)?([\w.-]+)(?:[,:](\d{1,5}))?/iu.exec(server.trim()) ?? [];
  const port = ownPort ?? /(?:^|;)\s*port\s*=\s*(\d{1,5})/iu.exec(text)?.[1] ?? (/initial catalog|data source|trustservercertificate|^server=tcp:/iu.test(text) ? '1433' : null);
  return port === null || host === '' ? null : destinationAt(host, Number(port), '');
}

/** `db.example:5432`, `k1:9092,k2:9092`. A time of day, an image or a version is none: the host of a lone one needs a dot or its name. */
function hostPortList(name: string, text: string): readonly Dependency[] {
  const entries = text.split(/[,;\s]+/u).filter((entry) => entry !== '');
  const pattern = /^(\[[\da-f:]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?):(\d{2,5})$/iu;
  const isNamed = ENDPOINT_NAME.test(name) || schemeOfName(name) !== null;
  // cache:6379,password=...,ssl=True       StackExchange.Redis
  const hosts = entries.filter((entry) => !/^[\w ]+=/u.test(entry));
  if (hosts.length === 0 || !hosts.every((entry) => pattern.test(entry))) return [];
  return hosts.flatMap((entry) => {
    const [, host = '', port = ''] = pattern.exec(entry) ?? [];
    if (!isNamed && !(host.includes('.') && /[a-z]/iu.test(host)) && !/^\d+(?:\.\d+){3}$/u.test(host)) return [];
    const found = destinationAt(host, Number(port), name);
    return found === null ? [] : [found];
  });
}

/** What a variable that holds an address is called. */
export const ENDPOINT_NAME = /(?:host|hostname|addr|address(?:es)?|server|servers|endpoint|endpoints|brokers?|nodes|url|uri|dsn|seeds|cluster|proxy|upstream|target|backend)s?$/iu;

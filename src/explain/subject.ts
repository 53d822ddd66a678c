import type { Fact } from '../domain/facts.ts';
import type { Subject } from './explanation.ts';

const NAME = '[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?';
const ADDRESS = '\\d{1,3}(?:\\.\\d{1,3}){3}';
/** What may stand in a suggested command: a name or an address, and nothing that a shell or a tool could take for more. */
const SAFE_HOST = /^[A-Za-z0-9][A-Za-z0-9.:-]{0,253}$/u;

/**
 * Where messages put the other side. Host in group 1 (or 3), port in group 2 when it is there. Names of nameservers, proxies'
 * and our own side are left aside by the order: what was looked up comes before who was asked.
 */
const PLACES: readonly RegExp[] = [
  // dial tcp: lookup api.example.com on 10.96.0.10:53: no such host
  new RegExp(`\\blookup (${NAME})\\.?(?: on |:)`, 'u'),
  // https://api.example.com:8443/health
  new RegExp(`\\b[a-z][a-z0-9+]{1,12}://(?:[^\\s/@]{1,120}@)?(${NAME})(?::(\\d{1,5}))?`, 'u'),
  // HTTPSConnectionPool(host='api', port=443)
  new RegExp(`host='(${NAME})', port=(\\d{1,5})`, 'u'),
  // connection to server at "db.example" (10.3.4.5), port 5432 failed
  new RegExp(`at "(${NAME})"(?: \\([^)]{1,64}\\))?, port (\\d{1,5})`, 'u'),
  // Failed to connect to api.example.com port 443     connect to host bastion port 22     Connection to 10.0.0.5 443 port [tcp/https]
  new RegExp(`\\bto (?:host )?(${NAME})(?: \\([^)]{1,64}\\))? (?:port )?(\\d{1,5})\\b`, 'u'),
  // could not resolve host: api    ENOTFOUND api    getaddrinfo for api failed    UnknownHostException: api
  new RegExp(`(?:[Rr]esolve (?:host(?:name)?|proxy)?:? ?["']?|ENOTFOUND |EAI_AGAIN |getaddrinfo for |UnknownHostException: |can't find |bad address '|[Uu]nknown host |host name ")(${NAME})`, 'u'),
  // 10.0.0.5:443   [::1]:8080   api.example.com:443
  new RegExp(`(?:^|[\\s/(\\["'@=])(${ADDRESS}|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+){1,8}):(\\d{2,5})\\b`, 'u'),
  new RegExp(`(?:^|[\\s(\\["'|])(${ADDRESS})\\b`, 'u'),
];

/** Host and port that a message speaks of; null where it does not say. */
export function subjectOf(text: string): Subject {
  for (const place of PLACES) {
    const match = place.exec(text.slice(0, 4_000));
    const host = match?.[1];
    if (host === undefined) continue;
    const port = Number(match?.[2]);
    return { host, port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : null };
  }
  return { host: null, port: null };
}

/** Lists of what there is: no entry of them is what the text is about, but for a connection that waits. */
const LISTS: ReadonlySet<Fact['kind']> = new Set(['routes', 'interfaces', 'neighbours', 'sockets', 'resolv-conf', 'hosts-file'] as const);

function subjectOfSockets(facts: readonly Fact[]): Subject {
  const waiting = facts.flatMap((fact) => (fact.kind === 'sockets' ? fact.sockets : [])).find(({ state }) => state === 'SYN_SENT');
  return { host: waiting?.remoteAddress ?? null, port: waiting?.remotePort ?? null };
}

/** Host and port that the facts of an output are about; null when they name none. */
export function subjectOfFacts(facts: readonly Fact[]): Subject | null {
  if (facts.every(({ kind }) => LISTS.has(kind))) return subjectOfSockets(facts);
  const hosts = facts.flatMap((fact) => ('host' in fact ? [fact.host ?? fact.address] : fact.kind === 'resolve' ? [fact.name] : [])).filter((host) => host !== null);
  const ports = facts.flatMap((fact) => ('port' in fact ? [fact.port] : [])).filter((port) => port !== null);
  const host = hosts.find((name) => SAFE_HOST.test(name));
  return host === undefined ? null : { host: host.replace(/\.$/u, ''), port: ports[0] ?? null };
}

/** What several nodes read out of a situation in the same way. */
import ipaddr from 'ipaddr.js';
import { proxyVariable } from '../domain/proxy.ts';
import type { ConnectFact, ConnectOutcome, ResolveFact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import { TARGET, type Answer, type Look } from './look.ts';

/** More addresses than this are not tried one by one. */
const ADDRESSES_TRIED = 6;

export function resolveQuestion(look: Look, attempt = 0): Question {
  return { kind: 'resolve', name: nameToResolve(look), ...furtherTry(attempt) };
}

/** The name as the application looks it up; a Service is looked up by its short in-cluster name. */
export function nameToResolve(look: Look): string {
  const { service, host } = look.dependency;
  if (service === null) return host;
  const { target } = look.situation;
  const namespace = service.namespace ?? (target.kind === 'pod' ? target.namespace : 'default');
  return `${service.name}.${namespace}.svc`;
}

export function isName(look: Look): boolean {
  return look.dependency.hostKind === 'name';
}

/** Addresses to try: the literal itself, or what the vantage's own resolution gave; null while nothing is known. */
export function addressesOf(look: Look, vantage: string = TARGET): readonly string[] | null {
  if (!isName(look)) return [look.dependency.host];
  const answer = look.peek(resolveQuestion(look), vantage);
  const resolved = answer?.fact('resolve') ?? null;
  if (resolved !== null) return [...new Set([...resolved.addresses, ...restOfAddresses(look, vantage, resolved)])].slice(0, ADDRESSES_TRIED);
  if (answer === null) return null;
  const tried = requestFacts(look, vantage).flatMap((one) => (one.fact.address === null ? [] : [one.fact.address]));
  return [...new Set(tried)].slice(0, ADDRESSES_TRIED);
}

/** The nameserver's addresses, of both families, of a name that the system resolved to one of them, where its tool shows no more than that one. */
function restOfAddresses(look: Look, vantage: string, shown: ResolveFact): readonly string[] {
  if (shown.incomplete !== true) return [];
  const answers = look.all('query', vantage).flatMap((answer) => answer.fact('resolve') ?? []);
  const names = answers.filter((one) => one.addresses.some((address) => shown.addresses.includes(address))).map((one) => one.name);
  return answers.filter((one) => names.includes(one.name)).flatMap((one) => one.addresses);
}

export function connectQuestion(address: string, port: number, attempt = 0): Question {
  return { kind: 'connect', address, port, attempt };
}

export function requestQuestion(look: Look, attempt = 0): Question {
  return { kind: 'request', url: look.dependency.url, address: null, direct: false, attempt };
}

/** The request that got furthest: the first, the one made again or the pinned one; one with a response before one without. */
export function httpAnswer(look: Look): Answer | null {
  const asked = look.all('request', TARGET).filter((answer) => {
    const { question } = answer.asked;
    return question.kind === 'request' && !isRepetition(question) && !question.direct && question.url === look.dependency.url && answer.fact('http') !== null;
  });
  return asked.find((answer) => answer.fact('http')?.outcome === 'response') ?? asked[0] ?? null;
}

/** One of several tries that are held against each other (again.ts), and decide nothing by themselves. */
function isRepetition(question: Question): boolean {
  return question.kind === 'request' && question.attempt > 1;
}

/** The same request to one of the addresses, which need not be looked up. */
export function pinnedRequestQuestion(look: Look, address: string): Question {
  return { kind: 'request', url: look.dependency.url, address, direct: false, attempt: 0 };
}

/** The same request past all proxies. */
export function directRequestQuestion(look: Look): Question {
  return { kind: 'request', url: look.dependency.url, address: null, direct: true, attempt: 0 };
}

/** Plain HTTP to the dependency's own port, whatever its scheme says. */
export function plainRequestQuestion(look: Look, address: string): Question {
  const { host, hostKind, port, path } = look.dependency;
  const shownHost = hostKind === 'ipv6' ? `[${host}]` : host;
  return { kind: 'request', url: `http://${shownHost}:${String(port)}${path}`, address, direct: true, attempt: 0 };
}

export function tlsQuestion(look: Look, address: string, attempt = 0): Question {
  const { dependency } = look;
  return { kind: 'tls', address, port: dependency.port, serverName: dependency.hostKind === 'name' ? dependency.host : null, ...furtherTry(attempt) };
}

/** The same hello without a name in it. */
export function namelessHelloQuestion(look: Look, address: string): Question {
  return { kind: 'tls', address, port: look.dependency.port, serverName: null };
}

export function exchangeQuestion(look: Look, address: string, attempt = 0): Question {
  const { application, transport, port, tls, host, hostKind } = look.dependency;
  const protocol = application ?? (transport === 'udp' ? 'udp' : 'none');
  return { kind: 'exchange', address, port, protocol, tls, serverName: hostKind === 'name' ? host : null, ...furtherTry(attempt) };
}

/** The first try has no number in the questions that came to be repeated later. */
export function furtherTry(attempt: number): { attempt?: number } {
  return attempt === 0 ? {} : { attempt };
}

export interface Connection {
  readonly address: string;
  readonly fact: ConnectFact;
  readonly ids: readonly string[];
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/gu, '');
}

/** Connects that a request at this vantage reported on its way, to the dependency's own port. Through a proxy it connects to that. */
function requestFacts(look: Look, vantage: string): readonly Connection[] {
  const isProxied = vantage === TARGET && proxyFor(look) !== null;
  // The proxy itself can be asked, too.
  const isOther = (question: Question): boolean => question.kind === 'request' && URL.canParse(question.url) && hostOf(question.url) !== look.dependency.host.toLowerCase();
  return look.all('request', vantage).filter(({ asked: { question } }) => !isRepetition(question) && !(isProxied && question.kind === 'request' && !question.direct) && !isOther(question)).flatMap((answer) =>
    answer.observations.flatMap(({ id, fact }) =>
      fact.kind === 'connect' && fact.address !== null && (fact.port === null || fact.port === look.dependency.port)
        ? [{ address: fact.address, fact, ids: [id] }]
        : [],
    ),
  );
}

/** The dependency's port, one connect for each address whose outcome is known: the first try, or one that heard an error where it heard nothing. */
export function connections(look: Look, vantage: string = TARGET): readonly Connection[] {
  const { port } = look.dependency;
  const found = new Map<string, Connection>();
  for (const one of requestFacts(look, vantage)) found.set(one.address, one);
  // What else has this port (endpoints behind a Service, say) is not what the name leads to.
  const own = [...(addressesOf(look, vantage) ?? []), ...(addressesOf(look) ?? [])];
  const tries = look.all('connect', vantage).flatMap((answer) => {
    const { question } = answer.asked;
    const fact = answer.fact('connect');
    const isOther = question.kind !== 'connect' || question.port !== port || (own.length > 0 && !own.includes(question.address));
    return isOther || fact === null ? [] : [{ question, fact, ids: answer.ids('connect') }];
  });
  for (const { question, fact, ids } of tries.filter((one) => one.question.attempt === 0)) {
    const other = found.get(question.address);
    // What a request connected to accepts, whatever became of another connect.
    if (other === undefined || (other.fact.outcome !== 'connected' && !hidesError(fact.outcome, other.fact.outcome))) found.set(question.address, { address: question.address, fact, ids });
  }
  for (const { question, fact, ids } of tries) {
    const other = found.get(question.address);
    if (other !== undefined && hidesError(other.fact.outcome, fact.outcome)) found.set(question.address, { address: question.address, fact, ids });
  }
  // In the order of the name's own answer, whichever came first: what is examined does not change while answers arrive.
  const order = addressesOf(look, vantage) ?? [];
  const rank = (address: string): number => (order.includes(address) ? order.indexOf(address) : order.length);
  return [...found.values()].sort((a, b) => rank(a.address) - rank(b.address));
}

/** Routers and hosts limit their ICMP errors, a firewall's "port unreachable" among them: of two tries at one address one may hear the error and the other nothing. */
function hidesError(silent: ConnectOutcome, told: ConnectOutcome): boolean {
  return silent === 'timeout' && (isUnreachable(told) || told === 'refused');
}

export function idsOf(connectionsSeen: readonly Connection[]): readonly string[] {
  return connectionsSeen.flatMap((one) => one.ids);
}

export function isUnreachable(outcome: ConnectOutcome): boolean {
  return outcome === 'network-unreachable' || outcome === 'host-unreachable';
}

export function isIpv6(address: string): boolean {
  return ipaddr.IPv6.isValid(address);
}

/** The proxy that an HTTP client at the target would use for the dependency, by what is known of its environment; null when none. */
export function proxyFor(look: Look): string | null {
  const { dependency } = look;
  const environment = look.peek({ kind: 'files' })?.fact('environment') ?? null;
  return dependency.application !== 'http' || environment === null ? null : proxyVariable(dependency, environment.proxies);
}

export function evidenceOf(...answers: readonly (Answer | null)[]): readonly string[] {
  return answers.flatMap((answer) => (answer === null ? [] : answer.ids()));
}

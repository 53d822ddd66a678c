/** What a fact read from a part of an output claims beyond what the whole output says. */
import type { Fact, FactOf, TlsFailure } from '../../src/domain/facts.ts';

const CERTIFICATE_FAILURES: ReadonlySet<TlsFailure> = new Set(['expired', 'not-yet-valid', 'self-signed', 'unknown-ca', 'incomplete-chain', 'hostname-mismatch', 'untrusted']);

type Of<K extends Fact['kind']> = readonly FactOf<K>[];

/** True when the whole output says the same as the fact, or more: a part may say less, never something else. */
export function isImplied(part: Fact, whole: readonly Fact[]): boolean {
  const of = <K extends Fact['kind']>(kind: K): Of<K> => whole.filter((fact): fact is FactOf<K> => fact.kind === kind);
  switch (part.kind) {
    case 'unavailable':
      return true;
    case 'resolve':
      return of('resolve').some((fact) => saysLess(part, fact));
    case 'connect':
      return of('connect').some((fact) => connectSaysLess(part, fact));
    case 'tls':
      return of('tls').some((fact) => tlsSaysLess(part, fact));
    case 'http':
      return of('http').some((fact) => httpSaysLess(part, fact));
    case 'exchange':
      return of('exchange').some((fact) => fact.outcome === part.outcome);
    case 'ping':
      return of('ping').some((fact) => pingSaysLess(part, fact));
    case 'trace':
      return of('trace').some((fact) => traceSaysLess(part, fact));
    default:
      return whole.some((fact) => fact.kind === part.kind && entriesOf(part).every((entry) => entriesOf(fact).includes(entry)));
  }
}

const within = (part: readonly string[], whole: readonly string[]): boolean => part.every((one) => whole.includes(one));

function saysLess(part: FactOf<'resolve'>, whole: FactOf<'resolve'>): boolean {
  const vaguer = part.outcome === 'failed' && whole.outcome !== 'answered';
  const vagueNotFound = part.outcome === 'not-found' && (whole.outcome === 'nxdomain' || whole.outcome === 'no-data');
  const same = part.outcome === whole.outcome && (part.addresses.length > 0 || whole.addresses.length === 0);
  return (same || vaguer || vagueNotFound) && within(part.addresses, whole.addresses) && within(part.canonicalNames, whole.canonicalNames);
}

function connectSaysLess(part: FactOf<'connect'>, whole: FactOf<'connect'>): boolean {
  const samePlace = (part.address === null || part.address === whole.address) && (part.port === null || part.port === whole.port);
  return samePlace && (part.outcome === whole.outcome || (part.outcome === 'failed' && whole.outcome !== 'connected'));
}

function tlsSaysLess(part: FactOf<'tls'>, whole: FactOf<'tls'>): boolean {
  if (part.established && !whole.established) return false;
  // A handshake that was completed is that, also when TLS 1.3 tells of the client's certificate only afterwards.
  if (part.failure === null) return !part.verified || whole.failure === null || (whole.established && !CERTIFICATE_FAILURES.has(whole.failure));
  if (whole.failure === null) return false;
  const vaguer = part.failure === 'handshake' || (part.failure === 'untrusted' && CERTIFICATE_FAILURES.has(whole.failure));
  return part.failure === whole.failure || vaguer;
}

function httpSaysLess(part: FactOf<'http'>, whole: FactOf<'http'>): boolean {
  if (part.outcome === whole.outcome) return part.status === null || part.status === whole.status;
  // A response whose body then stopped short, or stalled, is a response as far as its head goes.
  return part.outcome === 'response' && (whole.outcome === 'partial' || whole.outcome === 'no-answer') && part.status === whole.status;
}

function pingSaysLess(part: FactOf<'ping'>, whole: FactOf<'ping'>): boolean {
  if (part.received > whole.received || part.sent > whole.sent) return false;
  if (part.received === 0 && whole.received > 0) return part.errors.length > 0 && within(part.errors.map(({ error }) => error), whole.errors.map(({ error }) => error));
  const lossIsNews = part.lossPercent > 0 && whole.lossPercent === 0;
  return !lossIsNews && within(part.errors.map(({ error }) => error), whole.errors.map(({ error }) => error));
}

function traceSaysLess(part: FactOf<'trace'>, whole: FactOf<'trace'>): boolean {
  const hops = ({ hops: all }: FactOf<'trace'>): readonly string[] => all.flatMap(({ ttl, replies }) => replies.map(({ address, error }) => `${String(ttl)} ${String(address)} ${String(error)}`));
  return (!part.reached || whole.reached) && within(hops(part), hops(whole));
}

/** A list as texts, one an entry: lists are compared by what is on them. */
function entriesOf(fact: Fact): readonly string[] {
  const texts = (list: readonly unknown[]): readonly string[] => list.map((entry) => JSON.stringify(entry));
  switch (fact.kind) {
    case 'interfaces':
      return fact.interfaces.flatMap(({ name, addresses }) => [name, ...addresses.map((address) => `${name} ${address}`)]);
    case 'routes':
      return texts(fact.routes).map((route) => `${String(fact.family)} ${route}`);
    case 'neighbours':
      return texts(fact.neighbours);
    case 'sockets':
      return texts(fact.sockets);
    case 'resolv-conf':
      return [...fact.nameservers, ...fact.search, ...fact.options];
    case 'hosts-file':
      return texts(fact.entries);
    case 'environment':
      return texts(Object.entries(fact.proxies));
    case 'tools':
      return texts(Object.entries(fact.tools));
    case 'clock':
      return [];
    default:
      return texts([fact]);
  }
}

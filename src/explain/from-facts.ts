import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Fact, FactOf, TlsFailure } from '../domain/facts.ts';
import type { Layer } from '../domain/layer.ts';
import type { Meaning } from './explanation.ts';
import { causesOfStatus } from './http-status.ts';
import { readConnect, readResolve } from './from-connections.ts';
import { readInterfaces, readNeighbours, readPing, readRoutes, readSockets, readTrace } from './from-paths.ts';

/** What facts say, in the words of an explanation. `causes` null: the usual ones of the meaning. */
export interface FactReading {
  readonly meaning: Meaning;
  readonly confidence: Confidence;
  readonly layer: Layer | null;
  readonly causes: Partial<Readonly<Record<CauseId, Confidence>>> | null;
}

export function reading(meaning: Meaning, confidence: Confidence, causes: FactReading['causes'] = null, layer: Layer | null = null): FactReading {
  return { meaning, confidence, causes, layer };
}

const TLS_FAILURES: Readonly<Record<TlsFailure, FactReading>> = {
  expired: reading('tls-expired', 'certain'),
  'not-yet-valid': reading('tls-expired', 'certain', { 'tls.not-yet-valid': 'likely', 'tls.clock-skew': 'likely' }),
  'self-signed': reading('tls-untrusted', 'certain', { 'tls.self-signed': 'likely', 'tls.intercepted': 'possible' }),
  'unknown-ca': reading('tls-untrusted', 'certain'),
  'incomplete-chain': reading('tls-untrusted', 'certain', { 'tls.incomplete-chain': 'likely', 'tls.unknown-ca': 'possible' }),
  untrusted: reading('tls-untrusted', 'certain'),
  'hostname-mismatch': reading('tls-hostname', 'certain'),
  plaintext: reading('tls-handshake', 'certain', { 'tls.plaintext-port': 'likely', 'app.protocol-mismatch': 'possible' }),
  version: reading('tls-handshake', 'certain', { 'tls.version-unsupported': 'likely' }),
  'no-shared-cipher': reading('tls-handshake', 'certain', { 'tls.no-shared-cipher': 'likely', 'tls.version-unsupported': 'possible', 'tls.sni-required': 'possible' }),
  'client-certificate-required': reading('tls-handshake', 'certain', { 'tls.client-certificate-required': 'likely' }),
  'unrecognized-name': reading('tls-handshake', 'certain', { 'tls.sni-required': 'likely', 'tls.hostname-mismatch': 'possible' }),
  handshake: reading('tls-handshake', 'likely'),
  closed: reading('reset', 'likely', { 'app.connection-closed': 'likely', 'tls.plaintext-port': 'possible', 'tls.client-certificate-required': 'possible' }),
  reset: reading('reset', 'likely', { 'app.connection-closed': 'likely', 'tcp.rejected-on-path': 'possible', 'tls.plaintext-port': 'possible' }),
  timeout: reading('timeout', 'likely', { 'ip.pmtu-blackhole': 'possible', 'app.slow-response': 'possible', 'tcp.fake-accept': 'possible' }, 'application'),
};

function readTls({ failure, established, verified }: FactOf<'tls'>): FactReading {
  if (failure !== null) return TLS_FAILURES[failure];
  return reading('ok', established && verified ? 'certain' : 'likely', null, 'application');
}

function readHttp({ outcome, status }: FactOf<'http'>): FactReading {
  switch (outcome) {
    case 'response':
      if (status === null || status < 400) return reading('ok', 'certain', null, 'application');
      return reading('http-status', 'certain', causesOfStatus(status, ''));
    case 'proxy-refused':
      return reading('http-status', 'certain', status === 407 ? { 'proxy.auth-required': 'certain' } : { 'proxy.denied': 'likely' });
    case 'no-answer':
      return reading('timeout', 'certain', { 'app.slow-response': 'likely', 'app.timeout-too-short': 'possible', 'ip.pmtu-blackhole': 'possible' }, 'application');
    case 'partial':
      return reading('reset', 'likely', { 'app.connection-closed': 'likely', 'ip.pmtu-blackhole': 'possible' }, 'application');
    case 'closed':
    case 'reset':
      return reading('reset', 'certain', null, 'application');
    case 'not-http':
      return reading('other', 'certain', { 'app.protocol-mismatch': 'likely', 'tls.expected-on-port': 'possible' }, 'application');
  }
}

function readExchange({ outcome }: FactOf<'exchange'>): FactReading {
  switch (outcome) {
    case 'answered':
    case 'open':
      return reading('ok', 'certain', null, 'application');
    case 'rejected':
      return reading('other', 'certain', { 'app.auth-rejected': 'certain' }, 'application');
    case 'other-protocol':
      return reading('other', 'certain', { 'app.protocol-mismatch': 'certain' }, 'application');
    case 'silent':
      return reading('timeout', 'likely', { 'app.slow-response': 'likely', 'tcp.fake-accept': 'possible' }, 'application');
    case 'closed':
    case 'reset':
      return reading('reset', 'certain', null, 'application');
    case 'error':
      return reading('other', 'likely', null, 'application');
  }
}

/** How far a fact reaches: of a curl run, the response says more than the connection that carried it. */
const DEPTH = ['resolv-conf', 'hosts-file', 'interfaces', 'neighbours', 'routes', 'sockets', 'resolve', 'ping', 'trace', 'connect', 'tls', 'exchange', 'http'] as const;
type ReadKind = (typeof DEPTH)[number];

function readKind(kind: ReadKind, facts: readonly Fact[]): FactReading | null {
  const of = <K extends ReadKind>(wanted: K): readonly FactOf<K>[] => facts.filter((fact): fact is FactOf<K> => fact.kind === wanted);
  const last = <K extends ReadKind>(wanted: K): FactOf<K> => of(wanted).at(-1) as FactOf<K>;
  switch (kind) {
    case 'http':
      return readHttp(last('http'));
    case 'exchange':
      return readExchange(last('exchange'));
    case 'tls':
      return readTls(last('tls'));
    case 'connect':
      return readConnect(of('connect'));
    case 'resolve':
      return readResolve(of('resolve'));
    case 'ping':
      return readPing(last('ping'));
    case 'trace':
      return readTrace(last('trace'));
    case 'routes':
      return readRoutes(of('routes'));
    case 'neighbours':
      return readNeighbours(last('neighbours'));
    case 'interfaces':
      return readInterfaces(last('interfaces'));
    case 'sockets':
      return readSockets(last('sockets'));
    case 'resolv-conf':
    case 'hosts-file':
      return reading('other', 'likely', null, 'internet');
  }
}

/** What the facts of one output say; null when they say nothing about a connection, or nothing clear. */
export function readFacts(facts: readonly Fact[]): FactReading | null {
  const deepest = DEPTH.findLast((kind) => facts.some((fact) => fact.kind === kind));
  return deepest === undefined ? null : readKind(deepest, facts);
}

import { isIP } from 'node:net';
import type { ConnectFact, ConnectOutcome, ResolveFact } from '../../domain/facts.ts';
import { recogniseErrno } from '../errno/strerror.ts';
import type { CurlEvent } from './events.ts';
import type { CurlMarker } from './marker.ts';

interface Try {
  readonly address: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly outcome: ConnectOutcome | null;
  readonly detail: string | null;
  readonly elapsedMs: number | null;
}

export interface Connections {
  /** The name as `Connected to` or a failure says it; null when the text does not. */
  readonly host: string | null;
  readonly connected: boolean;
  readonly facts: readonly (ResolveFact | ConnectFact)[];
}

/** The resolution and one connect for each address tried, as far as the events prove them. */
export function readConnections(events: readonly CurlEvent[], marker: CurlMarker | null): Connections {
  const tries = withTlsBegun(foldTries(events), events);
  const success = events.findLast((event) => event.kind === 'connected') ?? null;
  const isConnected = success !== null || tries.some(({ outcome }) => outcome === 'connected');
  const hostNamed = success?.host ?? tries.find((one) => one.host !== null && isIP(one.host) === 0)?.host ?? null;
  const host = hostNamed ?? tries.find((one) => one.host !== null)?.host ?? null;
  const judged = judgeTries(tries, events, isConnected, host);
  const single = judged.length === 1;
  const connects = judged.map((one): ConnectFact => ({
    kind: 'connect',
    host,
    address: one.address,
    port: one.port ?? success?.port ?? tries.find((other) => other.port !== null)?.port ?? null,
    transport: 'tcp',
    outcome: one.outcome,
    elapsedMs: one.outcome === 'connected' ? connectDuration(marker) : single ? one.elapsedMs : null,
    detail: one.outcome === 'connected' ? null : one.detail,
  }));
  const resolve = readResolution(events, tries, host, marker);
  return { host, connected: isConnected, facts: [...(resolve === null ? [] : [resolve]), ...connects] };
}

export function connectDuration(marker: CurlMarker | null): number | null {
  if (marker === null || marker.connectMs === null) return null;
  return Math.max(0, Math.round((marker.connectMs - (marker.nameLookupMs ?? 0)) * 1000) / 1000);
}

/** Length of the handshake; null when there was none, or this curl does not say. */
export function handshakeDuration(marker: CurlMarker | null): number | null {
  if (marker === null || marker.tlsMs === null || marker.connectMs === null) return null;
  return Math.round((marker.tlsMs - marker.connectMs) * 1000) / 1000;
}

const OF_TLS: readonly CurlEvent['kind'][] = ['tls-began', 'tls-alert', 'tls-established', 'certificate-requested', 'tls-problem'];

/**
 * Recent versions (8.14.1, tried) say `Connected to` only when TLS is through as well: that a handshake begins says that the one try that is still
 * open has connected. With several open it is not known which.
 */
function withTlsBegun(tries: readonly Try[], events: readonly CurlEvent[]): readonly Try[] {
  const open = tries.filter(({ outcome }) => outcome === null);
  const [only] = open;
  if (only === undefined || open.length > 1 || tries.some(({ outcome }) => outcome === 'connected') || !events.some(({ kind }) => OF_TLS.includes(kind))) return tries;
  return tries.map((one) => (one === only ? { ...one, outcome: 'connected' } : one));
}

function foldTries(events: readonly CurlEvent[]): readonly Try[] {
  let tries: readonly Try[] = [];
  for (const event of events) {
    if (event.kind === 'trying') tries = [...tries, { address: event.address, host: null, port: event.port, outcome: null, detail: null, elapsedMs: null }];
    else if (event.kind === 'connected') tries = settleConnected(tries, event);
    else if (event.kind === 'connect-failed') tries = settleFailed(tries, event);
  }
  return tries;
}

function settleConnected(tries: readonly Try[], event: Extract<CurlEvent, { kind: 'connected' }>): readonly Try[] {
  const settled: Try = { address: event.address, host: event.host, port: event.port, outcome: 'connected', detail: null, elapsedMs: null };
  const at = tries.findLastIndex((one) => one.address === event.address && one.outcome === null);
  return at < 0 ? [...tries, settled] : tries.with(at, settled);
}

/** An address names its try; a bare reason belongs to the last open one; a host's failure closes what is open or says it again. */
function settleFailed(tries: readonly Try[], event: Extract<CurlEvent, { kind: 'connect-failed' }>): readonly Try[] {
  const outcome = recogniseErrno(event.reason)?.outcome ?? 'failed';
  const byAddress = tries.findLastIndex((one) => one.address === event.host && one.outcome === null);
  const at = byAddress >= 0 ? byAddress : tries.findLastIndex((one) => one.outcome === null);
  const found = tries[at];
  if (found !== undefined) {
    const closed: Try = { ...found, host: event.host ?? found.host, port: event.port ?? found.port, outcome, detail: event.reason, elapsedMs: event.elapsedMs };
    return tries.with(at, closed);
  }
  if (tries.length === 0) {
    if (event.host === null) return tries;
    const address = isIP(event.host) === 0 ? null : event.host;
    return [{ address, host: event.host, port: event.port, outcome, detail: event.reason, elapsedMs: event.elapsedMs }];
  }
  return tries.map((one) => ({
    ...one,
    host: one.host === null || one.host === one.address ? (event.host ?? one.host) : one.host,
    port: one.port ?? event.port,
    elapsedMs: one.elapsedMs ?? event.elapsedMs,
  }));
}

type Judged = Try & { readonly outcome: ConnectOutcome };

/** Tries without a word of their own: curl's own limit ended them all (28), or another one won and they are not known. */
function judgeTries(tries: readonly Try[], events: readonly CurlEvent[], connected: boolean, host: string | null): readonly Judged[] {
  const error = events.findLast((event) => event.kind === 'error');
  const limit = !connected && error?.exitCode === 28 && !/resolv/iu.test(error.message);
  return tries.flatMap((one) => {
    if (one.outcome !== null) return [{ ...one, host, outcome: one.outcome }];
    if (!limit) return [];
    return [{ ...one, host, outcome: 'timeout' as const, detail: error.message }];
  });
}

function readResolution(events: readonly CurlEvent[], tries: readonly Try[], host: string | null, marker: CurlMarker | null): ResolveFact | null {
  const error = events.findLast((event) => event.kind === 'error');
  const failure = error === undefined ? null : readResolveFailure(error.message);
  const base = { kind: 'resolve', nameserver: null, recordType: 'any', transport: null, canonicalNames: [], answeredName: null, truncated: false } as const;
  if (failure !== null) return { ...base, ...failure, addresses: [], elapsedMs: marker?.totalMs ?? null };
  const pinned = events.some((event) => event.kind === 'pinned');
  if (pinned || host === null || isIP(host) !== 0) return null;
  const listed = events.flatMap((event) => (event.kind === 'addresses' ? event.addresses : []));
  const tried = tries.flatMap((one) => (one.address === null ? [] : [one.address]));
  const addresses = [...new Set(listed.length > 0 ? listed : tried)];
  if (addresses.length === 0) return null;
  return { ...base, name: host, outcome: 'answered', addresses, elapsedMs: marker?.nameLookupMs ?? null };
}

function readResolveFailure(message: string): Pick<ResolveFact, 'name' | 'outcome'> | null {
  // curl: (28) Resolving timed out after 2000 milliseconds
  if (/^Resolving timed out/u.test(message)) return { name: null, outcome: 'timeout' };
  // curl: (6) Could not resolve host: web.invalid     (7.29: `Could not resolve host: web.invalid; Unknown error`; c-ares: `(Domain name not found)`)
  // curl: (5) Could not resolve proxy: proxy.invalid   (old: `Couldn't resolve host 'web.invalid'`)
  const match = /^Could(?: not|n't) resolve (?:host|proxy)(?: name)?:? '?([^\s;']+)'?(.*)$/u.exec(message);
  if (match === null) return null;
  const reason = match[2] ?? '';
  const outcome = /timeout|timed out/iu.test(reason) ? 'timeout' : /not found|no data|not known/iu.test(reason) ? 'not-found' : 'failed';
  return { name: match[1] ?? null, outcome };
}

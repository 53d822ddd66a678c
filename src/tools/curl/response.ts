import type { HttpFact } from '../../domain/facts.ts';
import { keepHeaders } from '../http/headers.ts';
import { printableStart } from '../protocol/printable.ts';
import type { CurlEvent } from './events.ts';
import { connectDuration, handshakeDuration } from './connections.ts';
import type { CurlMarker } from './marker.ts';

interface Exchange {
  readonly request: { readonly method: string; readonly target: string; readonly host: string | null } | null;
  readonly status: number | null;
  readonly headers: readonly (readonly [string, string])[];
  readonly tunnelAsked: { readonly host: string; readonly port: number } | null;
  readonly inTunnelRequest: boolean;
  readonly tunnelStatus: number | null;
  readonly tunnelHeaders: readonly (readonly [string, string])[];
}

const NOTHING: Exchange = { request: null, status: null, headers: [], tunnelAsked: null, inTunnelRequest: false, tunnelStatus: null, tunnelHeaders: [] };

/** The request and what came of it; null when nothing was sent, or the text ends before it says how it went. */
export function readResponse(events: readonly CurlEvent[], body: string, secure: boolean, marker: CurlMarker | null): HttpFact | null {
  const exchange = events.reduce(step, NOTHING);
  const error = events.findLast((event) => event.kind === 'error') ?? null;
  const proxy = readProxy(events, exchange);
  const remoteAddress = events.findLast((event) => event.kind === 'connected')?.address ?? null;
  const base = {
    kind: 'http',
    url: urlOf(exchange, secure),
    remoteAddress,
    proxy,
    headers: keepHeaders(exchange.status === null ? exchange.tunnelHeaders : exchange.headers),
    bodyStart: printableStart(body),
    connectMs: connectDuration(marker),
    tlsMs: handshakeDuration(marker),
    firstByteMs: exchange.status === null ? null : (marker?.firstByteMs ?? null),
    totalMs: marker?.totalMs ?? null,
  } as const;
  const refused = refusedTunnel(exchange, error);
  if (refused !== undefined) return refused === null ? null : { ...base, outcome: refused.outcome, status: refused.status };
  const outcome = outcomeOf(exchange, error);
  return outcome === null ? null : { ...base, outcome, status: exchange.status };
}

function step(state: Exchange, event: CurlEvent): Exchange {
  switch (event.kind) {
    case 'tunnel-asked':
      return { ...state, tunnelAsked: { host: event.host, port: event.port }, inTunnelRequest: true };
    case 'tunnel-made':
      return { ...state, inTunnelRequest: false };
    case 'request':
      if (event.method === 'CONNECT') return { ...state, inTunnelRequest: true, tunnelAsked: state.tunnelAsked ?? connectTarget(event.target) };
      return { ...state, inTunnelRequest: false, status: null, headers: [], request: { method: event.method, target: event.target, host: null } };
    case 'request-header':
      return event.name === 'host' && state.request !== null ? { ...state, request: { ...state.request, host: event.value } } : state;
    case 'status':
      if (state.inTunnelRequest) return { ...state, tunnelStatus: event.status, tunnelHeaders: [] };
      // 1xx come before the answer itself (RFC 9110 section 15.2).
      return event.status < 200 && event.status !== 101 ? state : { ...state, status: event.status, headers: [] };
    case 'header': {
      const field = [event.name, event.value] as const;
      return state.inTunnelRequest ? { ...state, tunnelHeaders: [...state.tunnelHeaders, field] } : { ...state, headers: [...state.headers, field] };
    }
    default:
      return state;
  }
}

function connectTarget(target: string): { host: string; port: number } | null {
  const match = /^\[?([^\]]+)\]?:(\d+)$/u.exec(target);
  return match === null ? null : { host: match[1] ?? '', port: Number(match[2]) };
}

type Failure = Pick<HttpFact, 'outcome' | 'status'>;

/** undefined: there is no tunnel, or it was made. */
function refusedTunnel(exchange: Exchange, error: Extract<CurlEvent, { kind: 'error' }> | null): Failure | null | undefined {
  // curl: (56) CONNECT tunnel failed, response 403     (7.85)      curl: (56) Received HTTP code 403 from proxy after CONNECT     (older)
  const said = /CONNECT tunnel failed, response (\d{3})|Received HTTP code (\d{3}) from proxy after CONNECT/u.exec(error?.message ?? '');
  if (said !== null) return { outcome: 'proxy-refused', status: Number(said[1] ?? said[2]) };
  if (!exchange.inTunnelRequest) return undefined;
  // curl: (28) Proxy CONNECT aborted due to timeout
  if (error?.exitCode === 28) return { outcome: 'no-answer', status: null };
  if (exchange.tunnelStatus !== null && exchange.tunnelStatus >= 300) return { outcome: 'proxy-refused', status: exchange.tunnelStatus };
  // curl: (56) Proxy CONNECT aborted
  if (error !== null) return { outcome: /reset/iu.test(error.message) ? 'reset' : 'closed', status: null };
  return null;
}

function outcomeOf(exchange: Exchange, error: Extract<CurlEvent, { kind: 'error' }> | null): HttpFact['outcome'] | null {
  if (exchange.status !== null) {
    // 18: transfer closed with 91 bytes remaining; 28: the rest did not come in time; 55, 56, 92: broken in the body. 63: longer than we wanted, 23: nobody reads it.
    // A stream of events never ends, and is well.
    const endless = exchange.headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('text/event-stream'));
    if (error === null || endless) return 'response';
    if (error.exitCode === 28) return 'no-answer';
    return [18, 55, 56, 92].includes(error.exitCode) ? 'partial' : 'response';
  }
  if (error === null) return null;
  // curl: (1) Received HTTP/0.9 when not allowed     curl: (8) Weird server reply     curl: (1) Unsupported HTTP version in response
  if (/HTTP\/0\.9|Unsupported HTTP(?:\/1)? ?(?:sub)?version|Invalid status line/iu.test(error.message) || error.exitCode === 8) return 'not-http';
  if (error.exitCode === 52) return 'closed';
  if (exchange.request === null) return null;
  if (error.exitCode === 28) return 'no-answer';
  if (error.exitCode === 56 || error.exitCode === 55) return /reset|ECONNRESET|Broken pipe/iu.test(error.message) ? 'reset' : 'closed';
  // curl: (16) Error in the HTTP2 framing layer     curl: (92) HTTP/2 stream 1 was not closed cleanly
  return error.exitCode === 16 || error.exitCode === 92 ? 'closed' : null;
}

/** host:port of the proxy: from the environment variable, or the peer of a request that only a proxy gets (CONNECT, or an absolute URL). */
function readProxy(events: readonly CurlEvent[], exchange: Exchange): string | null {
  const named = events.findLast((event) => event.kind === 'uses-proxy')?.proxy ?? null;
  if (named !== null) return named.replace(/^[a-z0-9]+:\/\//iu, '').replace(/^[^@]*@/u, '').replace(/\/$/u, '');
  const viaProxy = exchange.tunnelAsked !== null || /^https?:\/\//u.test(exchange.request?.target ?? '');
  const peer = events.findLast((event) => event.kind === 'connected');
  if (!viaProxy || peer === undefined) return null;
  return `${peer.host.includes(':') ? `[${peer.host}]` : peer.host}:${String(peer.port)}`;
}

function urlOf(exchange: Exchange, secure: boolean): string | null {
  const { request, tunnelAsked } = exchange;
  if (request === null) return tunnelAsked === null ? null : `https://${tunnelAsked.host}:${String(tunnelAsked.port)}/`;
  if (/^https?:\/\//u.test(request.target)) return request.target;
  return request.host === null ? null : `${secure ? 'https' : 'http'}://${request.host}${request.target}`;
}

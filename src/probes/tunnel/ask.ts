import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ChannelDestination } from '../../domain/dialect.ts';
import type { ConnectFact, Fact, TlsFact } from '../../domain/facts.ts';
import type { Finding } from '../probe.ts';
import { exchangeOverStream } from './exchange.ts';
import { httpOverStream } from './http.ts';
import { openTunnel, type Tunnel, type TunnelAccess } from './open.ts';
import { connectThroughProxy } from './proxy.ts';
import { tlsOverStream, type TlsQuestion } from './tls.ts';

/** What judging a certificate as the vantage's own programs do needs: its trust store and its clock, which may be wrong. */
export interface Trust {
  /** PEM text; null when the store could not be read. */
  readonly roots: string | null;
  readonly nowMs: number;
}

export interface TlsOverTunnel {
  readonly address: string;
  readonly port: number;
  /** See ChannelDestination. */
  readonly segmentBytes?: number | undefined;
  /** SNI; null sends none. */
  readonly serverName: string | null;
  /** Name or address that the certificate must be for; null judges no name. */
  readonly host: string | null;
  readonly trust: Trust;
  readonly alpn?: readonly string[];
  readonly minVersion?: TlsQuestion['minVersion'];
  readonly maxVersion?: TlsQuestion['maxVersion'];
}

/**
 * One handshake: connect, tls. Where the server shares no version or cipher with today's clients, a second connection asks what it does
 * speak (TLS 1.0 on, old ciphers): the failure stays, and `version`, `cipher` and `chain` tell of the second.
 */
export async function askTlsOverTunnel(access: TunnelAccess, question: TlsOverTunnel): Promise<Finding> {
  const first = await handshakeOnce(access, question);
  const failed = first.facts.find((fact) => fact.kind === 'tls') ?? null;
  const forced = question.minVersion !== undefined || question.maxVersion !== undefined;
  if (failed === null || forced || (failed.failure !== 'version' && failed.failure !== 'no-shared-cipher')) return first;
  const second = await handshakeOnce(access, { ...question, minVersion: 'TLSv1' });
  const spoken = second.facts.find((fact) => fact.kind === 'tls') ?? null;
  if (spoken?.established !== true) return first;
  const described = { ...failed, version: spoken.version, cipher: spoken.cipher, chain: spoken.chain, detail: `speaks ${spoken.version ?? '?'} ${spoken.cipher ?? ''}`.trim() };
  return { ...first, facts: first.facts.map((fact) => (fact === failed ? described : fact)), lines: [...first.lines, ...second.lines] };
}

async function handshakeOnce(access: TunnelAccess, question: TlsOverTunnel): Promise<Finding> {
  return overTunnel(access, question, async (tunnel) => {
    const { fact, secure } = await tlsOverStream(tunnel.stream, tlsQuestion(access, tunnel, question));
    secure?.destroy();
    return [fact];
  });
}

export interface ProxyAddress {
  readonly address: string;
  readonly port: number;
  /** `host:port` as configured. */
  readonly name: string;
}

export interface RequestOverTunnel {
  readonly url: string;
  /** Address of the URL's host; not used with a proxy, which resolves the name itself. */
  readonly address: string;
  readonly segmentBytes?: number | undefined;
  readonly proxy: ProxyAddress | null;
  readonly trust: Trust;
}

/** One GET: connect (to the proxy, if there is one), tls, http. What ends early ends the list. */
export async function askRequestOverTunnel(access: TunnelAccess, question: RequestOverTunnel): Promise<Finding> {
  const url = new URL(question.url);
  const secured = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const port = url.port === '' ? (secured ? 443 : 80) : Number(url.port);
  const { proxy } = question;
  const { segmentBytes } = question;
  const destination = proxy === null ? { address: question.address, port, segmentBytes } : { address: proxy.address, port: proxy.port, segmentBytes };
  return overTunnel(access, destination, async (tunnel, connect) => {
    const { signal, limits } = access.context;
    const common = {
      url: question.url, signal, startedAt: tunnel.startedAt, connectMs: connect?.elapsedMs ?? null, ending: tunnel.ending,
      timeoutMs: timeLeft(tunnel, limits.commandTimeoutMs),
    };
    if (proxy !== null && secured) {
      const refused = await connectThroughProxy(tunnel.stream, { ...common, host, port, proxy: proxy.name });
      if (refused !== null) return [refused];
    }
    let tls: TlsFact | null = null;
    let stream: Duplex = tunnel.stream;
    if (secured) {
      const asked = { address: destination.address, port, serverName: isIP(host) === 0 ? host : null, host, trust: question.trust, alpn: ['http/1.1'] };
      const result = await tlsOverStream(stream, { ...tlsQuestion(access, tunnel, asked), address: proxy === null ? destination.address : null });
      if (result.secure === null) return [result.fact];
      tls = result.fact;
      stream = result.secure;
    }
    const http = await httpOverStream(stream, {
      ...common,
      timeoutMs: timeLeft(tunnel, limits.commandTimeoutMs),
      forwardProxy: proxy !== null && !secured ? proxy.name : null,
      proxy: proxy?.name ?? null,
      remoteAddress: destination.address,
      tlsMs: tls?.elapsedMs ?? null,
    });
    return tls === null ? [http] : [tls, http];
  });
}

export interface ExchangeOverTunnel {
  readonly address: string;
  readonly port: number;
  /** Protocol with a dialogue (`postgres`, `redis`, ...), or `none` to listen. */
  readonly protocol: string;
  /** Null: in the clear. */
  readonly tls: { readonly serverName: string | null; readonly host: string | null; readonly trust: Trust } | null;
}

/** A protocol's first words: connect, tls where it is spoken, exchange. */
export async function askExchangeOverTunnel(access: TunnelAccess, question: ExchangeOverTunnel): Promise<Finding> {
  return overTunnel(access, question, async (tunnel) => {
    const facts: Fact[] = [];
    const secure = async (stream: Duplex, trust: Trust, names: { serverName: string | null; host: string | null }): Promise<Duplex | null> => {
      const alpn = question.protocol === 'grpc' ? { alpn: ['h2'] } : {};
      const result = await tlsOverStream(stream, tlsQuestion(access, tunnel, { ...question, ...names, trust, ...alpn }));
      facts.push(result.fact);
      return result.secure;
    };
    const stream = question.tls === null ? tunnel.stream : await secure(tunnel.stream, question.tls.trust, question.tls);
    if (stream === null) return facts;
    const exchange = await exchangeOverStream(stream, {
      protocol: question.protocol,
      address: question.address,
      port: question.port,
      timeoutMs: timeLeft(tunnel, access.context.limits.commandTimeoutMs),
      signal: access.context.signal,
      ending: tunnel.ending,
      // What the server offers in the middle of the dialogue is for reaching it, not for trusting it.
      upgrade: (inner) => secure(inner, { roots: null, nowMs: Number.NaN }, { serverName: null, host: null }),
    });
    return [...(question.tls === null ? [] : facts), exchange];
  });
}

function tlsQuestion(access: TunnelAccess, tunnel: Tunnel, question: TlsOverTunnel): TlsQuestion {
  return {
    host: question.host,
    serverName: question.serverName,
    trustRoots: question.trust.roots,
    nowMs: question.trust.nowMs,
    timeoutMs: Math.min(timeLeft(tunnel, access.context.limits.commandTimeoutMs), 2 * access.context.limits.connectTimeoutMs),
    signal: access.context.signal,
    address: question.address,
    port: question.port,
    ending: tunnel.ending,
    ...(question.alpn === undefined ? {} : { alpn: question.alpn }),
    ...(question.minVersion === undefined ? {} : { minVersion: question.minVersion }),
    ...(question.maxVersion === undefined ? {} : { maxVersion: question.maxVersion }),
  };
}

/** The command's own limit would end the channel; half a second before that the answer is written. */
function timeLeft(tunnel: Tunnel, commandTimeoutMs: number): number {
  return Math.max(100, commandTimeoutMs - (performance.now() - tunnel.startedAt) - 500);
}

/** Opens, asks, closes. Without a connection the later facts are not told: what a dead stream looks like is no evidence. */
async function overTunnel(
  access: TunnelAccess,
  destination: Pick<ChannelDestination, 'address' | 'port' | 'segmentBytes'>,
  ask: (tunnel: Tunnel, connect: ConnectFact | null) => Promise<readonly Fact[]>,
): Promise<Finding> {
  const { address, port, segmentBytes } = destination;
  const opened = await openTunnel(access, { address, port, transport: 'tcp', segmentBytes });
  const dialect = access.dialect.id;
  if (opened.kind === 'failed') return { facts: opened.facts, dialect, command: opened.argv, lines: opened.lines };
  const { tunnel } = opened;
  try {
    const before = access.dialect.tellsConnected ? await tunnel.connection() : [];
    const first = before.find((fact) => fact.kind === 'connect') ?? null;
    const later = await ask(tunnel, first);
    const connection = await tunnel.connection();
    const connected = connection.some((fact) => fact.kind === 'connect' && fact.outcome === 'connected');
    const stopped = access.context.signal.aborted ? [{ kind: 'unavailable', reason: 'cancelled', detail: '' } as const] : null;
    return { facts: stopped ?? [...connection, ...(connected ? later : [])], dialect, command: tunnel.argv, lines: tunnel.lines() };
  } finally {
    tunnel.close();
  }
}

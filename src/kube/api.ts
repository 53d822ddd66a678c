import type { RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { RequestContext } from '@kubernetes/client-node';
import type { ClientOptions } from 'ws';
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import type { ClusterFailure, ClusterResult } from '../domain/cluster.ts';
import { errorText } from '../domain/error-text.ts';
import { createCredentialSource } from './credential.ts';
import { failed, failureOfError, failureOfStatus, ok, type ApiSubject } from './failure.ts';
import type { LoadedConfig } from './kubeconfig.ts';

/** A server that was never heard of must answer within this; one that has answered before may take longer for a large list. */
const FIRST_ANSWER_MS = 4_500;
const ANSWER_MS = 20_000;
const CONNECT_MS = 4_000;
/** A watch with bookmarks says something about once a minute (Kubernetes, API concepts, "Watch bookmarks"). */
const SILENT_MS = 120_000;
/** The client opens one connection per request; the console's reads share these few. What is followed holds one of its own until it ends. */
const MAX_CONNECTIONS = 6;

interface Connections {
  readonly reads: Dispatcher;
  readonly streams: Dispatcher;
}

export interface ApiRequest {
  /** `/api/v1/namespaces/shop/pods`; names in it are encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  /** What is sent, as JSON; absent: a GET. */
  readonly write?: { readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'; readonly contentType: string; readonly body: unknown };
  readonly subject: ApiSubject;
  readonly signal: AbortSignal;
  /** For an answer that goes on: silence for longer than this ends it; 0: never. A watch's bookmarks make the default. */
  readonly silentMs?: number;
}

export interface ApiResponse {
  readonly text: string;
  /** The server's Date header; null when it sends none. */
  readonly serverDateMs: number | null;
  readonly receivedAtMs: number;
  readonly durationMs: number;
}

export interface Api {
  readonly config: LoadedConfig;
  /** One request; it reads unless it says what it writes. */
  get(request: ApiRequest): Promise<ClusterResult<ApiResponse>>;
  /** An answer that goes on: its lines as they come. A status other than 200 and a broken connection are a failure at the end. */
  follow(request: ApiRequest, on: { readonly open: () => void; readonly line: (line: string) => void }): Promise<ClusterResult<null>>;
  /** Credentials, TLS and proxy for a WebSocket to the server. */
  webSocketOptions(): Promise<ClusterResult<ClientOptions>>;
  close(): Promise<void>;
}

/** Reads from one API server with one pool of connections. */
export function createApi(config: LoadedConfig): Api {
  const credential = createCredentialSource(config);
  // A new certificate needs new connections; the old ones stay open for the requests that use them.
  const opened: Promise<Connections>[] = [];
  let hasAnswered = false;

  const authenticate = async (): Promise<ClusterResult<Connections>> => {
    const refreshed = await credential.refresh();
    if (!refreshed.ok) return refreshed;
    const newest = refreshed.value ? undefined : opened.at(-1);
    if (newest !== undefined) return ok(await newest);
    const created = openConnections(config);
    opened.push(created);
    return ok(await created);
  };
  const send = async (asked: ApiRequest): Promise<ClusterResult<ApiResponse>> => {
    const limit = AbortSignal.timeout(hasAnswered ? ANSWER_MS : FIRST_ANSWER_MS);
    try {
      const ready = await authenticate();
      if (!ready.ok) return ready;
      const headers = await headersOf(config);
      const startedAt = performance.now();
      const response = await request(urlOf(config, asked), {
        dispatcher: ready.value.reads,
        ...bodyOf(asked),
        headers: { ...headers, ...typeOf(asked), accept: asked.accept ?? 'application/json', 'user-agent': 'netdiag-tui' },
        signal: AbortSignal.any([asked.signal, limit]),
      });
      hasAnswered = true;
      const receivedAtMs = Date.now();
      const durationMs = performance.now() - startedAt;
      const text = await response.body.text();
      if (response.statusCode < 200 || response.statusCode > 202) return failed(failureOfStatus(response.statusCode, text, asked.subject));
      return ok({ text, serverDateMs: dateOf(response.headers['date']), receivedAtMs, durationMs });
    } catch (error) {
      return failed(failureOfError(error, wayTo(config), asked.signal));
    }
  };

  return {
    config,
    async get(asked) {
      const answer = await send(asked);
      if (answer.ok || answer.failure.kind !== 'unauthorized') return answer;
      // A plugin's credential may have been revoked before its time: one new one, once.
      credential.reject();
      return send(asked);
    },
    async follow(asked, on) {
      try {
        const ready = await authenticate();
        if (!ready.ok) return ready;
        const response = await request(urlOf(config, asked), {
          dispatcher: ready.value.streams,
          headers: { ...(await headersOf(config)), accept: asked.accept ?? 'application/json', 'user-agent': 'netdiag-tui' },
          signal: asked.signal,
          bodyTimeout: asked.silentMs ?? SILENT_MS,
        });
        if (response.statusCode !== 200) return failed(failureOfStatus(response.statusCode, await response.body.text(), asked.subject));
        on.open();
        let rest = '';
        const decoder = new TextDecoder();
        for await (const chunk of response.body) {
          const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) on.line(line);
        }
        return ok(null);
      } catch (error) {
        return failed(failureOfError(error, wayTo(config), asked.signal));
      }
    },
    async webSocketOptions() {
      try {
        const ready = await authenticate();
        if (!ready.ok) return ready;
        // ws takes what https.request takes; the client types it as the latter.
        return ok((await connectionOptionsOf(config)) as unknown as ClientOptions);
      } catch (error) {
        return failed(badCredential(error));
      }
    },
    async close() {
      const settled = await Promise.allSettled(opened);
      await Promise.all(settled.flatMap((open) => (open.status === 'fulfilled' ? [open.value.reads.destroy(), open.value.streams.destroy()] : [])));
    },
  };
}

function bodyOf({ write }: ApiRequest): { readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'; readonly body?: string } {
  return write === undefined ? { method: 'GET' } : { method: write.method, body: JSON.stringify(write.body) };
}

function typeOf({ write }: ApiRequest): Readonly<Record<string, string>> {
  return write === undefined ? {} : { 'content-type': write.contentType };
}

function urlOf(config: LoadedConfig, asked: ApiRequest): string {
  const query = new URLSearchParams(asked.query).toString();
  return `${config.cluster.server}${asked.path}${query === '' ? '' : `?${query}`}`;
}

/** The server, and the proxy on the way if there is one, without the credentials that its URL may carry. */
export function wayTo({ cluster }: LoadedConfig): string {
  const { proxyUrl, server } = cluster;
  if (proxyUrl === undefined) return server;
  return `${server} through the proxy ${URL.canParse(proxyUrl) ? new URL(proxyUrl).host : ''}`.trim();
}

function dateOf(header: string | string[] | undefined): number | null {
  const epochMs = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(epochMs) ? null : epochMs;
}

function badCredential(error: unknown): ClusterFailure {
  return { kind: 'bad-kubeconfig', detail: errorText(error) };
}

type ConnectionOptions = Omit<RequestOptions, 'headers'> & { headers?: Record<string, string | string[]> };

/** TLS, bearer token, basic authentication and impersonation of the config's user, and an agent that goes through its proxy. */
async function connectionOptionsOf({ kubeConfig, impersonation }: LoadedConfig): Promise<ConnectionOptions> {
  const options: ConnectionOptions = {};
  await kubeConfig.applyToHTTPSOptions(options as RequestOptions);
  return { ...options, headers: { ...options.headers, ...impersonation } };
}

async function headersOf(config: LoadedConfig): Promise<Record<string, string | string[]>> {
  const { headers, auth } = await connectionOptionsOf(config);
  const basic = auth === undefined || auth === null ? {} : { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
  return { ...basic, ...headers };
}

async function openConnections(config: LoadedConfig): Promise<Connections> {
  const { ca, cert, key, servername, rejectUnauthorized } = await connectionOptionsOf(config);
  const tls = Object.fromEntries(Object.entries({ ca, cert, key, servername, rejectUnauthorized }).filter(([, value]) => value !== undefined));
  const { proxyUrl } = config.cluster;
  if (proxyUrl?.startsWith('socks') === true) {
    const both = await socksDispatcher(config);
    return { reads: both, streams: both };
  }
  // null is undici's word for as many as it takes.
  // Read once, and not again for each connection.
  const secureContext = createSecureContext(tls);
  const withAtMost = (connections: number | null): Dispatcher =>
    proxyUrl === undefined ? new Agent({ connections, connect: { ...tls, secureContext, timeout: CONNECT_MS }, allowH2: false }) : new ProxyAgent({ uri: proxyUrl, requestTls: tls, connections });
  return { reads: withAtMost(MAX_CONNECTIONS), streams: withAtMost(null) };
}

/** Only the client can make this one; it hands it out as part of a request of its own. */
async function socksDispatcher({ kubeConfig }: LoadedConfig): Promise<Dispatcher> {
  const made = Promise.withResolvers<Dispatcher>();
  const request = { setHeaderParam: () => undefined, setDispatcher: made.resolve };
  await kubeConfig.applySecurityAuthentication(request as unknown as RequestContext);
  return made.promise;
}

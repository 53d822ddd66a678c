import type { RequestOptions } from 'node:https';
import type { RequestContext } from '@kubernetes/client-node';
import type { ClientOptions } from 'ws';
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import type { ClusterFailure, ClusterResult } from '../domain/cluster.ts';
import { createCredentialSource } from './credential.ts';
import { failed, failureOfError, failureOfStatus, ok, type ApiSubject } from './failure.ts';
import type { LoadedConfig } from './kubeconfig.ts';

/** A server that was never heard of must answer within this; one that has answered before may take longer for a large list. */
const FIRST_ANSWER_MS = 4_500;
const ANSWER_MS = 20_000;
const CONNECT_MS = 4_000;
/** The client opens one connection per request; the console's reads share these few. */
const MAX_CONNECTIONS = 6;

export interface ApiRequest {
  /** `/api/v1/namespaces/shop/pods`; names in it are encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly subject: ApiSubject;
  readonly signal: AbortSignal;
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
  get(request: ApiRequest): Promise<ClusterResult<ApiResponse>>;
  /** Credentials, TLS and proxy for a WebSocket to the server. */
  webSocketOptions(): Promise<ClusterResult<ClientOptions>>;
  close(): Promise<void>;
}

/** Reads from one API server with one pool of connections. */
export function createApi(config: LoadedConfig): Api {
  const credential = createCredentialSource(config);
  // A new certificate needs new connections; the old ones stay open for the requests that use them.
  const dispatchers: Promise<Dispatcher>[] = [];
  let hasAnswered = false;

  const authenticate = async (): Promise<ClusterResult<Dispatcher>> => {
    const refreshed = await credential.refresh();
    if (!refreshed.ok) return refreshed;
    const newest = refreshed.value ? undefined : dispatchers.at(-1);
    if (newest !== undefined) return ok(await newest);
    const created = createDispatcher(config);
    dispatchers.push(created);
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
        dispatcher: ready.value,
        headers: { ...headers, accept: asked.accept ?? 'application/json', 'user-agent': 'netdiag-tui' },
        signal: AbortSignal.any([asked.signal, limit]),
      });
      hasAnswered = true;
      const receivedAtMs = Date.now();
      const durationMs = performance.now() - startedAt;
      const text = await response.body.text();
      if (response.statusCode !== 200) return failed(failureOfStatus(response.statusCode, text, asked.subject));
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
      const settled = await Promise.allSettled(dispatchers);
      await Promise.all(settled.map((open) => (open.status === 'fulfilled' ? open.value.destroy() : Promise.resolve())));
    },
  };
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
  return { kind: 'bad-kubeconfig', detail: error instanceof Error ? error.message : String(error) };
}

type ConnectionOptions = Omit<RequestOptions, 'headers'> & { headers?: Record<string, string> };

/** TLS, bearer token, basic authentication and impersonation of the config's user, and an agent that goes through its proxy. */
async function connectionOptionsOf({ kubeConfig }: LoadedConfig): Promise<ConnectionOptions> {
  const options: ConnectionOptions = {};
  await kubeConfig.applyToHTTPSOptions(options);
  return options;
}

async function headersOf(config: LoadedConfig): Promise<Record<string, string>> {
  const { headers, auth } = await connectionOptionsOf(config);
  const basic = auth === undefined || auth === null ? {} : { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
  return { ...basic, ...headers };
}

async function createDispatcher(config: LoadedConfig): Promise<Dispatcher> {
  const { ca, cert, key, servername, rejectUnauthorized } = await connectionOptionsOf(config);
  const tls = Object.fromEntries(Object.entries({ ca, cert, key, servername, rejectUnauthorized }).filter(([, value]) => value !== undefined));
  const { proxyUrl } = config.cluster;
  if (proxyUrl?.startsWith('socks') === true) return socksDispatcher(config);
  if (proxyUrl !== undefined) return new ProxyAgent({ uri: proxyUrl, requestTls: tls, connections: MAX_CONNECTIONS });
  return new Agent({ connections: MAX_CONNECTIONS, connect: { ...tls, timeout: CONNECT_MS }, allowH2: false });
}

/** Only the client can make this one; it hands it out as part of a request of its own. */
async function socksDispatcher({ kubeConfig }: LoadedConfig): Promise<Dispatcher> {
  const made = Promise.withResolvers<Dispatcher>();
  const request = { setHeaderParam: () => undefined, setDispatcher: made.resolve };
  await kubeConfig.applySecurityAuthentication(request as unknown as RequestContext);
  return made.promise;
}

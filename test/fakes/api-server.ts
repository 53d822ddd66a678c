/** An API server of few words, for tests: answers given by path, exec over a WebSocket, and what was asked of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { openCluster, type ClusterConnection } from '../../src/kube/client.ts';

export type Answer =
  | { readonly status?: number; readonly body: unknown; readonly date?: string }
  /** Accepts the connection and never answers. */
  | 'hang';

export interface FakeApiServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly { readonly url: URL; readonly headers: IncomingMessage['headers']; /** Each value of a header that was sent more than once. */ readonly distinct: IncomingMessage['headersDistinct'] }[];
  /** Connections ever accepted. */
  connections(): number;
}

export interface FakeApiOptions {
  readonly answer?: (url: URL, request: IncomingMessage) => Answer | undefined;
  /** The command's side of an exec. */
  readonly onExec?: (socket: WebSocket, url: URL) => void;
  /** Refuses the WebSocket with this answer. */
  readonly refuseExec?: { readonly status: number; readonly body: unknown };
  /** Subprotocols that the server knows; absent: v5 and v4. */
  readonly protocols?: readonly string[];
}

export function forbidden(message: string): { status: number; body: unknown } {
  return { status: 403, body: { kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message } };
}

export async function startApiServer(options: FakeApiOptions): Promise<FakeApiServer> {
  const requests: { url: URL; headers: IncomingMessage['headers']; distinct: IncomingMessage['headersDistinct'] }[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    requests.push({ url, headers: request.headers, distinct: request.headersDistinct });
    const answer = options.answer?.(url, request) ?? { status: 404, body: { kind: 'Status', message: `${url.pathname} not found` } };
    if (answer !== 'hang') send(response, answer.status ?? 200, answer.body, answer.date);
  });
  server.on('connection', () => { connections += 1; });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered].find((name) => (options.protocols ?? ['v5.channel.k8s.io', 'v4.channel.k8s.io']).includes(name)) ?? false,
  });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    requests.push({ url, headers: request.headers, distinct: request.headersDistinct });
    if (options.refuseExec !== undefined) {
      const body = JSON.stringify(options.refuseExec.body);
      socket.end(`HTTP/1.1 ${String(options.refuseExec.status)} X\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
    } else if (options.onExec !== undefined) {
      sockets.handleUpgrade(request, socket, head, (webSocket) => options.onExec?.(webSocket, url));
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown, date: string | undefined): void {
  if (date !== undefined) response.setHeader('date', date);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Writes a kubeconfig for the server, in a folder of its own. */
export function kubeconfigFor(url: string, user: Record<string, unknown> = { token: 'secret-token' }): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  folders.push(folder);
  const file = join(folder, 'config');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'fake', user: 'me', namespace: 'shop' } }],
    clusters: [{ name: 'fake', cluster: { server: url } }],
    users: [{ name: 'me', user }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

export async function connectTo(server: FakeApiServer, user?: Record<string, unknown>): Promise<ClusterConnection> {
  const opened = await openCluster({ kubeconfig: kubeconfigFor(server.url, user), context: null, environment: {} });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

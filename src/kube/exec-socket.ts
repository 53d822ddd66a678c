import type { IncomingMessage } from 'node:http';
import pLimit, { type LimitFunction } from 'p-limit';
import WebSocket, { type RawData } from 'ws';
import type { ClusterFailure } from '../domain/cluster.ts';
import { cleanText } from '../domain/sanitise.ts';
import { wayTo, type Api } from './api.ts';
import { failureOfError, failureOfStatus, reasonOf } from './failure.ts';

/*
 * Commands over the API's WebSocket, by the subprotocols v5.channel.k8s.io and v4.channel.k8s.io (k8s.io/apimachinery,
 * pkg/util/remotecommand/constants.go): each message begins with a byte that names its stream. The client's own handler ends on the
 * status message, has no time limit and tells a refused handshake as a bare "unexpected server response"; so it is done here.
 */
const V5 = 'v5.channel.k8s.io';
const PROTOCOLS = [V5, 'v4.channel.k8s.io'];
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const;
/** v5 only: 255 and a channel's number closes that channel. */
const CLOSE_CHANNEL = 255;
const HANDSHAKE_MS = 5_000;
/** A peer that has not answered by the next ping is gone: found in twice this. */
const PING_EVERY_MS = 3_000;
/**
 * Commands of one pod that are being started at once. The runtime starts them one after the other anyway, and containerd's shim of 1.6.20
 * (Debian 12) hangs for good, and the pod with it, when more than 32 processes end while it starts one: two of each command's, the
 * runtime's own among them.
 */
const STARTING_AT_ONCE = 6;
/** A command that says nothing is taken as started this long after its connection. */
const STARTED_AFTER_MS = 1_000;

export interface ContainerAddress {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** How an exec came to its end. */
export type ExecEnding =
  | { readonly kind: 'exited'; readonly exitCode: number }
  /** The server's Status says that the command was not run, or not to its end; in its words. */
  | { readonly kind: 'error'; readonly detail: string }
  /** The request was refused or nobody answered. */
  | { readonly kind: 'refused'; readonly failure: ClusterFailure }
  /** The connection ended without a status: whether the command ended is not known. */
  | { readonly kind: 'lost'; readonly detail: string };

export interface ExecSinks {
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface ExecSession {
  write(bytes: Uint8Array): void;
  endInput(): void;
  /** Tells a remote terminal its size; nothing where there is none. */
  resize(size: TerminalSize): void;
  readonly ended: Promise<ExecEnding>;
  /** Holds output back at the far end until `resume`, for a reader that is slower than the command. */
  pause(): void;
  resume(): void;
  /** Closes the connection. The command goes on in the container. */
  disconnect(): void;
}

/** What stands at the command's standard input. */
export type ExecInput = 'none' | 'open' | { readonly terminal: TerminalSize };

export interface PodExec {
  readonly context: string;
  /** `terminal`: the command gets one of that size; its standard error is then part of its standard output. */
  start(address: ContainerAddress, argv: readonly string[], input: ExecInput, sinks: ExecSinks): ExecSession;
}

export function createPodExec(api: Api): PodExec {
  const limits = new Map<string, LimitFunction>();
  const limitOf = ({ namespace, pod }: ContainerAddress): LimitFunction => {
    const key = `${namespace}/${pod}`;
    const limit = limits.get(key) ?? pLimit(STARTING_AT_ONCE);
    limits.set(key, limit);
    return limit;
  };
  return {
    context: api.config.context,
    start: (address, argv, input, sinks) => startExec(api, address, argv, input, sinks, limitOf(address)),
  };
}

function execUrl(server: string, { namespace, pod, container }: ContainerAddress, argv: readonly string[], input: ExecInput): string {
  const hasTerminal = typeof input === 'object';
  const query = new URLSearchParams({ container, stdin: String(input !== 'none'), stdout: 'true', stderr: String(!hasTerminal), tty: String(hasTerminal) });
  for (const argument of argv) query.append('command', argument);
  const path = ['api', 'v1', 'namespaces', namespace, 'pods', pod, 'exec'].map(encodeURIComponent).join('/');
  return `${server.replace(/^http/u, 'ws')}/${path}?${query.toString()}`;
}

function startExec(api: Api, address: ContainerAddress, argv: readonly string[], input: ExecInput, sinks: ExecSinks, limit: LimitFunction): ExecSession {
  const ended = Promise.withResolvers<ExecEnding>();
  // What is written before the connection stands is sent when it does.
  const waiting: Uint8Array[] = [];
  let socket: WebSocket | null = null;
  let isDisconnected = false;
  const send = (message: Uint8Array): void => {
    // Before v5 standard input cannot be closed alone, and closing the socket would lose the command's output.
    if (socket?.readyState === WebSocket.OPEN) {
      if (message[0] !== CLOSE_CHANNEL || socket.protocol === V5) socket.send(message);
    } else if (socket === null || socket.readyState === WebSocket.CONNECTING) {
      waiting.push(message);
    }
  };
  /** Settles when the command has started, or never will. */
  const connect = async (): Promise<void> => {
    if (isDisconnected) return;
    const options = await api.webSocketOptions();
    if (!options.ok) {
      ended.resolve({ kind: 'refused', failure: options.failure });
    } else if (!isDisconnected) {
      const { server } = api.config.cluster;
      const opened = new WebSocket(execUrl(server, address, argv, input), PROTOCOLS, { ...options.value, handshakeTimeout: HANDSHAKE_MS });
      socket = opened;
      const started = Promise.withResolvers<undefined>();
      const start = (): void => { started.resolve(undefined); };
      opened.on('open', () => {
        waiting.splice(0).forEach(send);
        setTimeout(start, STARTED_AFTER_MS).unref();
      });
      // The server's first messages are empty ones, a channel each.
      opened.on('message', (data: RawData) => { if (bytesOf(data).length > 1) start(); });
      void followSocket(opened, address, wayTo(api.config), sinks).then(ended.resolve).finally(start);
      await started.promise;
    }
  };
  const resize = ({ columns, rows }: TerminalSize): void => {
    if (typeof input === 'object') send(Buffer.concat([Uint8Array.of(CHANNEL.resize), Buffer.from(JSON.stringify({ Width: columns, Height: rows }))]));
  };
  if (typeof input === 'object') resize(input.terminal);
  void limit(connect);
  return {
    resize,
    write: (bytes) => { send(Buffer.concat([Uint8Array.of(CHANNEL.stdin), bytes])); },
    endInput: () => { send(Uint8Array.of(CLOSE_CHANNEL, CHANNEL.stdin)); },
    ended: ended.promise,
    pause: () => { socket?.pause(); },
    resume: () => { socket?.resume(); },
    disconnect() {
      isDisconnected = true;
      if (socket === null) ended.resolve({ kind: 'lost', detail: 'ended before it was connected' });
      else socket.terminate();
    },
  };
}

/** Settles with the status, a refused handshake, or the loss of the connection; never rejects. */
function followSocket(socket: WebSocket, address: ContainerAddress, way: string, sinks: ExecSinks): Promise<ExecEnding> {
  const { promise, resolve } = Promise.withResolvers<ExecEnding>();
  let status: ExecEnding | null = null;
  let isAlive = true;
  let silence = '';
  // A connection that a firewall has forgotten says nothing at all; a missing pong does.
  const ping = setInterval(() => {
    // While it is held back its pongs are not read either.
    if (socket.readyState !== WebSocket.OPEN || socket.isPaused) return;
    if (!isAlive) {
      silence = `the other end has been silent for ${String((2 * PING_EVERY_MS) / 1000)} s`;
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, PING_EVERY_MS);
  ping.unref();
  const finish = (ending: ExecEnding): void => {
    clearInterval(ping);
    resolve(ending);
  };

  socket.on('pong', () => { isAlive = true; });
  socket.on('message', (data: RawData) => {
    isAlive = true;
    const message = bytesOf(data);
    const payload = message.subarray(1);
    if (message[0] === CHANNEL.stdout) sinks.stdout(payload);
    else if (message[0] === CHANNEL.stderr) sinks.stderr(payload);
    else if (message[0] === CHANNEL.error && payload.length > 0) {
      // Output that was sent before the status has arrived before it: one connection, in order.
      status = readStatus(payload.toString('utf8'));
      socket.close();
      finish(status);
    }
  });
  socket.on('unexpected-response', (request, response) => {
    void readRefusal(response, address).then((failure) => {
      finish({ kind: 'refused', failure });
      request.destroy();
    });
  });
  socket.on('error', (error) => {
    finish(socket.protocol === '' ? { kind: 'refused', failure: noWebSocket(error, way) } : { kind: 'lost', detail: reasonOf(error) });
  });
  socket.on('close', (code, reason) => {
    const why = silence === '' ? `${String(code)} ${reason.toString()}`.trim() : silence;
    finish(status ?? { kind: 'lost', detail: cleanText(`the connection ended without a status (${why})`) });
  });
  return promise;
}

/** Nobody answered, or not as a WebSocket does: a server or a proxy on the way that knows SPDY alone, or neither. */
function noWebSocket(error: Error, way: string): ClusterFailure {
  // Server sent no subprotocol / Server sent an invalid subprotocol / Invalid Sec-WebSocket-Accept header / Invalid Upgrade header     ws 8.18
  if (/\bsubprotocol\b|Invalid (?:Sec-WebSocket-Accept|Upgrade) header/u.test(error.message)) return { kind: 'failed', status: null, detail: cleanText(`${way} does not speak ${PROTOCOLS.join(' or ')} over WebSocket: ${error.message}`) };
  return failureOfError(error, way, new AbortController().signal);
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

interface ExecStatus {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/**
 * The Status object on the error channel:
 *   {"metadata":{},"status":"Success"}
 *   {"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: ...","reason":"NonZeroExitCode",
 *    "details":{"causes":[{"reason":"ExitCode","message":"7"}]}}                                   Kubernetes 1.34
 */
export function readStatus(text: string): ExecEnding {
  try {
    const status = JSON.parse(text) as ExecStatus;
    if (status.status === 'Success') return { kind: 'exited', exitCode: 0 };
    const exitCode = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message ?? '';
    if (status.reason === 'NonZeroExitCode' && /^\d+$/u.test(exitCode)) return { kind: 'exited', exitCode: Number(exitCode) };
    return { kind: 'error', detail: cleanText(status.message ?? text) };
  } catch {
    return { kind: 'error', detail: cleanText(text) };
  }
}

async function readRefusal(response: IncomingMessage, { namespace, pod }: ContainerAddress): Promise<ClusterFailure> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > 100_000) break;
      chunks.push(chunk);
    }
  } catch {
    // The status alone says enough.
  }
  const verb = /\bcannot (create|get) resource/u.exec(Buffer.concat(chunks).toString('utf8'))?.[1] === 'create' ? 'create' : 'get';
  const subject = { verb, resource: 'pods/exec', namespace, name: pod } as const;
  const failure = failureOfStatus(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'), subject);
  // Upgrade request required     Kubernetes 1.34, status 400: the request has lost its Upgrade header on the way, as proxies for HTTP/2 do
  if (failure.kind !== 'failed' || !/^upgrade request required/iu.test(failure.detail)) return failure;
  return { ...failure, detail: `the connection was not made a WebSocket, as by a proxy on the way that passes none on: ${failure.detail}` };
}

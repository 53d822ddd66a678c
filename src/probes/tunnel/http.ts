import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpFact } from '../../domain/facts.ts';
import { keepHeaders } from '../../tools/http/headers.ts';
import { printableStart } from '../../tools/protocol/printable.ts';
import { within } from './deadline.ts';

export interface HttpQuestion {
  readonly url: string;
  /** host:port of the proxy that gets the request; null when it goes straight to the server or through a CONNECT tunnel that is made already. */
  readonly forwardProxy: string | null;
  /** host:port of the proxy that the connection went through, in either way; null when direct. */
  readonly proxy: string | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly remoteAddress: string | null;
  /** performance.now() when the run began: firstByteMs and totalMs count from here. */
  readonly startedAt: number;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly ending?: () => Promise<'closed' | 'reset'>;
}

/** As with curl: enough of the body to see it stall, no more. */
const MAX_BODY_BYTES = 262_144;
const KEPT_BODY_BYTES = 4_096;

interface Answer {
  readonly response: IncomingMessage;
  readonly firstByteMs: number;
}

/** One GET over an open stream (plain or secured). Never throws for what the peer did; a stopped run is `no-answer`, for the caller to drop. */
export async function httpOverStream(stream: Duplex, question: HttpQuestion): Promise<HttpFact> {
  const url = new URL(question.url);
  const since = (): number => Math.round(performance.now() - question.startedAt);
  const deadlineAt = performance.now() + question.timeoutMs;
  const outgoing = request({
    // Without an agent, or node:http would dial for itself: from this machine, and not from the vantage.
    createConnection: () => stream,
    method: 'GET',
    path: question.forwardProxy === null ? `${url.pathname}${url.search}` : url.href,
    setHost: false,
    // A server that is merely sloppy is still an HTTP server.
    insecureHTTPParser: true,
    headers: {
      Host: url.host,
      'User-Agent': 'netdiag-tui',
      Accept: '*/*',
      Connection: 'close',
    },
  });
  const answered = new Promise<Answer>((resolve) => outgoing.once('response', (response) => { resolve({ response, firstByteMs: since() }); }));
  const switched = new Promise<Answer>((resolve) => outgoing.once('upgrade', (response) => { resolve({ response, firstByteMs: since() }); }));
  const failed = new Promise<NodeJS.ErrnoException>((resolve) => outgoing.on('error', resolve));
  outgoing.end();
  const first = await within(question.timeoutMs, question.signal, answered, switched, failed);
  const base = {
    kind: 'http',
    url: question.url,
    remoteAddress: question.remoteAddress,
    proxy: question.proxy,
    headers: {},
    bodyStart: '',
    connectMs: question.connectMs,
    tlsMs: question.tlsMs,
    firstByteMs: null,
  } as const;
  if (first === null || first instanceof Error) {
    const failure = first === null ? { outcome: 'no-answer' as const, bodyStart: '' } : await readFailure(first, question);
    stream.destroy();
    return { ...base, ...failure, status: null, totalMs: since() };
  }
  const body = await readBody(first.response, deadlineAt, question.signal);
  stream.destroy();
  const { response } = first;
  return {
    ...base,
    outcome: body.whole === null ? 'no-answer' : body.whole ? 'response' : 'partial',
    status: response.statusCode ?? null,
    headers: keepHeaders(Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')] as const)),
    bodyStart: printableStart(body.start),
    firstByteMs: first.firstByteMs,
    totalMs: since(),
  };
}

async function readFailure(error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer }, question: HttpQuestion): Promise<Pick<HttpFact, 'outcome' | 'bodyStart'>> {
  // llhttp: HPE_INVALID_CONSTANT "Parse Error: Expected HTTP/, RTSP/ or ICE/"; at the end of the stream HPE_INVALID_EOF_STATE
  if (error.code?.startsWith('HPE_') === true && error.code !== 'HPE_INVALID_EOF_STATE') {
    return { outcome: 'not-http', bodyStart: error.rawPacket === undefined ? '' : printableStart(error.rawPacket) };
  }
  if (/\bread ECONNRESET\b/u.test(error.message)) return { outcome: 'reset', bodyStart: '' };
  return { outcome: question.ending === undefined ? 'closed' : await question.ending(), bodyStart: '' };
}

interface Body {
  readonly start: Buffer;
  /** False: it ended or broke before its end; null: the rest did not come in time. */
  readonly whole: boolean | null;
}

async function readBody(response: IncomingMessage, deadlineAt: number, signal: AbortSignal): Promise<Body> {
  let start = Buffer.alloc(0);
  let length = 0;
  const finished = new Promise<boolean>((resolve) => {
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (start.length < KEPT_BODY_BYTES) start = Buffer.concat([start, chunk]);
      if (length >= MAX_BODY_BYTES) resolve(true);
    });
    response.on('end', () => { resolve(response.complete); });
    response.on('error', () => { resolve(false); });
    response.on('close', () => { resolve(response.complete); });
  });
  const ended = await within(deadlineAt - performance.now(), signal, finished);
  // A stream of events never ends, and is well.
  const endless = /^text\/event-stream/u.test(response.headers['content-type'] ?? '');
  return { start, whole: ended ?? (endless || response.statusCode === 101 ? true : null) };
}

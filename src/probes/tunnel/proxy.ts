import type { Duplex } from 'node:stream';
import type { HttpFact } from '../../domain/facts.ts';
import { keepHeaders } from '../../tools/http/headers.ts';
import { printableStart } from '../../tools/protocol/printable.ts';
import { within } from './deadline.ts';

export interface ProxyQuestion {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** host:port of the proxy, for the fact. */
  readonly proxy: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly startedAt: number;
  readonly connectMs: number | null;
  readonly ending?: () => Promise<'closed' | 'reset'>;
}

/** null: the tunnel is made, and the stream now leads to host:port. */
export type ProxyResult = HttpFact | null;

const MAX_HEAD_BYTES = 16_384;

/** Asks a proxy for a tunnel (CONNECT, RFC 9110 section 9.3.6). What comes behind the proxy's answer stays in the stream. */
export async function connectThroughProxy(stream: Duplex, question: ProxyQuestion): Promise<ProxyResult> {
  const authority = `${question.host.includes(':') ? `[${question.host}]` : question.host}:${String(question.port)}`;
  stream.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: netdiag-tui\r\n\r\n`);
  const head = await within(question.timeoutMs, question.signal, readHead(stream));
  const totalMs = Math.round(performance.now() - question.startedAt);
  const base = {
    kind: 'http', url: question.url, remoteAddress: null, proxy: question.proxy, headers: {}, bodyStart: '',
    connectMs: question.connectMs, tlsMs: null, firstByteMs: null, totalMs, status: null,
  } as const;
  if (head === null) return { ...base, outcome: 'no-answer' };
  if (!head.whole && head.text === '') return { ...base, outcome: question.ending === undefined ? 'closed' : await question.ending() };
  // HTTP/1.1 200 Connection established
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r?\n|$)/u.exec(head.text)?.[1];
  if (!head.whole || status === undefined) return { ...base, outcome: head.whole || !head.text.startsWith('HTTP/') ? 'not-http' : 'closed', bodyStart: printableStart(head.text) };
  if (status.startsWith('2')) return null;
  return { ...base, outcome: 'proxy-refused', status: Number(status), headers: keepHeaders(fieldsOf(head.text)), bodyStart: printableStart(head.rest), firstByteMs: totalMs };
}

interface Head {
  readonly text: string;
  readonly rest: Buffer;
  readonly whole: boolean;
}

function readHead(stream: Duplex): Promise<Head> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const finish = (head: Head): void => {
      stream.off('data', take).off('end', stop).off('close', stop);
      stream.pause();
      if (head.whole && head.rest.length > 0) stream.unshift(head.rest);
      resolve(head);
    };
    const stop = (): void => { finish({ text: bytes.toString('latin1'), rest: Buffer.alloc(0), whole: false }); };
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end >= 0) finish({ text: bytes.subarray(0, end).toString('latin1'), rest: bytes.subarray(end + 4), whole: true });
      else if (bytes.length > MAX_HEAD_BYTES) stop();
    };
    stream.on('data', take).on('end', stop).on('close', stop);
  });
}

function fieldsOf(head: string): readonly (readonly [string, string])[] {
  return head.split('\r\n').slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
  });
}

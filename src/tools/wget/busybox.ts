import type { CommandOutput } from '../../domain/command.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { Fact, HttpFact } from '../../domain/facts.ts';
import { readUrl } from '../curl/argv.ts';
import { connectOutcomeOf, recogniseErrno } from '../errno/strerror.ts';
import { keepHeaders } from '../http/headers.ts';
import { noAnswer } from '../no-answer.ts';
import { printableStart } from '../protocol/printable.ts';
import { tlsFailureInText } from '../tls/error-text.ts';
import { connectFact, fieldsOf, httpFact, tlsFact, type Peer } from './facts.ts';

/**
 * wget of busybox 1.2x and later, for plain HTTP alone: over TLS it does not verify certificates, and its errors do not tell a handshake from an answer.
 * No -T: Debian's 1.35 crashes with it, so the vantage's limit ends a silent connection. It cannot be led to another address than the name's own.
 */
export const busyboxWgetDialect: Dialect<'request'> = {
  id: 'wget-busybox',
  tool: 'wget',
  implementation: 'busybox',
  argv({ url, address, direct }) {
    const parsed = readUrl(url);
    if (parsed === null || parsed.protocol !== 'http:') return null;
    const host = parsed.hostname.replace(/^\[|\]$/gu, '');
    if (address !== null && address !== host) return null;
    return ['wget', '-S', '-O', '-', ...(direct ? ['-Y', 'off'] : []), '--', url];
  },
  parse: parseBusyboxWget,
};

/** A body that has not come after this long, when the limit ends the command, has stopped short. */
const STALLED_MS = 2000;

/** Our own run or a pasted one: connect, then http (or tls). `Connecting to` alone is said before the connection and proves nothing. */
export function parseBusyboxWget(output: CommandOutput): readonly Fact[] {
  const own = /^(?:Connecting to |wget: )/mu.test(output.stderr);
  const text = firstRequest(own ? output.stderr : output.stdout);
  // Connecting to web.test:81 (192.0.2.2:81)        Connecting to web.test (192.0.2.2:80)      (1.35; older the same)
  const connecting = /^Connecting to (\S+) \(\[?([0-9a-f.:]+?)\]?:(\d+)\)$/mu.exec(text);
  if (connecting === null) return [noAnswer(output)];
  const host = (connecting[1] ?? '').replace(/:\d+$/u, '').replace(/^\[|\]$/gu, '');
  const peer: Peer = { host, address: connecting[2] ?? null, port: Number(connecting[3]) };
  // wget: can't connect to remote host (192.0.2.2): Connection refused
  const failure = /^wget: can't connect to remote host(?: \([^)]*\))?: (.+)$/mu.exec(text)?.[1];
  if (failure !== undefined) return [connectFact(host, peer.address, peer.port, connectOutcomeOf(failure), failure)];
  const answer = readAnswer(text, peer, own ? output.stdout : '', output.exitCode === null && own && output.durationMs >= STALLED_MS);
  if (answer === null) return [noAnswer(output)];
  return [connectFact(host, peer.address, peer.port, 'connected', null), answer];
}

/** It follows redirects by itself: what comes after the first answer is another request. */
function firstRequest(text: string): string {
  const second = /^ {2}HTTP\/[^\n]*\n(?: {2}[^\n]*\n)*(?=Connecting to )/mu.exec(text);
  return second === null ? text : text.slice(0, second.index + second[0].length);
}

function readAnswer(text: string, peer: Peer, body: string, stopped: boolean): Fact | null {
  const fact = (outcome: HttpFact['outcome'], status: number | null, more: Partial<Pick<HttpFact, 'headers' | 'bodyStart'>> = {}): HttpFact =>
    httpFact(peer, { url: null, proxy: null, outcome, status, headers: more.headers ?? {}, bodyStart: more.bodyStart ?? printableStart(body) });
  //   HTTP/1.1 200 OK       (-S)             wget: server returned error: HTTP/1.1 503 Service Unavailable
  const head = /^ {2}HTTP\/[\d.]+ (\d{3})[^\n]*\n((?: {2}[\w-]+: [^\n]*\n)*)/mu.exec(text);
  const status = head?.[1] ?? /^wget: server returned error: HTTP\/[\d.]+ (\d{3})/mu.exec(text)?.[1];
  if (status !== undefined) {
    // wget: connection closed prematurely
    const partial = /^wget: (?:connection closed prematurely|short read|read error|download timed out)/mu.test(text);
    const headers = keepHeaders(fieldsOf(head?.[2] ?? ''));
    const stalled = stopped && Number(headers['content-length'] ?? 0) > Buffer.byteLength(body);
    return fact(partial || stalled ? 'partial' : 'response', Number(status), { headers });
  }
  // wget: TLS error from peer (alert code 40): handshake failure       wget: short read, have only 0
  const tls = /^(?:wget|ssl_client): (.*(?:TLS|short read|handshake|certificate).*)$/mu.exec(text)?.[1];
  if (tls !== undefined) return tlsFact({ ...peer }, readTls(tls), printableStart(tls));
  // `  SSH-2.0-OpenSSH_9.2p1 Debian-2` where the status line stands
  const first = /^Connecting to [^\n]*\n {2}(?!HTTP\/)([^\n]*)/mu.exec(text)?.[1];
  if (first !== undefined) return fact('not-http', null, { bodyStart: printableStart(first) });
  // wget: error getting response: Connection reset by peer     wget: error getting response         wget: download timed out
  const ended = /^wget: error getting response(?:: (.*))?$/mu.exec(text);
  if (ended === null) return null;
  const errno = recogniseErrno(ended[1] ?? '')?.outcome;
  return fact(errno === 'reset' ? 'reset' : errno === 'timeout' ? 'no-answer' : 'closed', null);
}

function readTls(text: string): NonNullable<ReturnType<typeof tlsFailureInText>> {
  const alert = /alert code (\d+)/u.exec(text)?.[1];
  return tlsFailureInText(alert === undefined ? text : `SSL alert number ${alert}`, true) ?? { failure: 'handshake', verifyCode: null, alert: null };
}

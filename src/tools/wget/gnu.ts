import { isIP } from 'node:net';
import type { CommandOutput } from '../../domain/command.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { Fact, HttpFact } from '../../domain/facts.ts';
import { readUrl } from '../curl/argv.ts';
import { connectOutcomeOf, recogniseErrno } from '../errno/strerror.ts';
import { keepHeaders } from '../http/headers.ts';
import { unavailable } from '../no-answer.ts';
import { printableStart } from '../protocol/printable.ts';
import { tlsFailureInText } from '../tls/error-text.ts';
import { connectFact, fieldsOf, httpFact, resolveFact, tlsFact, type Peer } from './facts.ts';

/** GNU wget 1.15 and later, with GnuTLS or OpenSSL. It cannot be led to an address other than the name's own, so it is asked only where that is not wanted. */
export const gnuWgetDialect: Dialect<'request'> = {
  id: 'wget-gnu',
  tool: 'wget',
  implementation: 'gnu',
  argv({ url, address, direct }, limits) {
    const parsed = readUrl(url);
    if (parsed === null) return null;
    const host = parsed.hostname.replace(/^\[|\]$/gu, '');
    if (address !== null && address !== host) return null;
    const connectSeconds = String(Math.max(1, Math.ceil(limits.connectTimeoutMs / 1000)));
    const readSeconds = String(Math.max(1, Math.floor((limits.commandTimeoutMs - limits.connectTimeoutMs) / 1000) - 1));
    return [
      ...['wget', '--no-config', '-S', '-O', '-', '--tries=1', '--max-redirect=0', '--content-on-error', '--no-hsts'],
      ...[`--connect-timeout=${connectSeconds}`, `--dns-timeout=${connectSeconds}`, `--read-timeout=${readSeconds}`],
      ...(direct ? ['--no-proxy'] : []),
      ...['--', url],
    ];
  },
  parse: parseGnuWget,
};

/** Our own run or a pasted transcript: resolve, a connect for each address tried, tls, http. */
export function parseGnuWget(output: CommandOutput): readonly Fact[] {
  const own = /^--\d{4}-\d\d-\d\d|^(?:Resolving|Connecting to) /mu.test(output.stderr);
  const text = own ? output.stderr : output.stdout;
  const body = own ? output.stdout : '';
  // A paste may hold several tries and redirects: the last try is the one that counts.
  const tries = text.split(/^(?=--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--)/mu);
  const last = tries.at(-1) ?? '';
  // --2026-11-23 03:47:18--  https://web.test:8443/
  const url = /^--[\d-]+ [\d:]+-- +(?:\(try: ?\d+\) +)?(\S+)/u.exec(last)?.[1] ?? null;
  const { facts, peer } = readConnections(last);
  const proxied = isProxied(last, url, peer);
  const tls = peer === null || url?.startsWith('https:') !== true ? null : readTls(last, targetOf(url, peer, proxied));
  const http = tls !== null && tls.failure !== null ? null : peer === null ? null : readAnswer(last, url, peer, proxied, body);
  // Behind a refusing proxy there was no handshake: wget calls that `Unable to establish SSL connection` all the same.
  const refused = http?.outcome === 'proxy-refused';
  const all = [...facts, ...(tls === null || refused ? [] : [tls]), ...(http === null ? [] : [http])];
  if (all.length > 0) return all;
  // wget: unrecognized option '--no-such-option'
  const words = output.stderr.split('\n').find((line) => line.startsWith('wget: ')) ?? output.stderr.split('\n')[0] ?? '';
  return [unavailable(output.exitCode === 2 ? 'command-failed' : 'not-understood', words)];
}

function readConnections(text: string): { readonly facts: readonly Fact[]; readonly peer: Peer | null } {
  const facts: Fact[] = [];
  let peer: Peer | null = null;
  for (const line of text.split('\n')) {
    // Resolving both.test (both.test)... 2001:db8::2, 192.0.2.2      Resolving no-such-name.example (no-such-name.example)... failed: Name or service not known.
    const resolving = /^Resolving (\S+)(?: \([^)]*\))?\.\.\. ?(.+)$/u.exec(line);
    if (resolving !== null) facts.push(readResolving(resolving[1] ?? '', resolving[2] ?? ''));
    // Connecting to both.test (both.test)|192.0.2.2|:81... failed: Connection refused.       Connecting to 192.0.2.2:8081... connected.       Connecting to [2001:db8::2]:81...
    const connecting = /^Connecting to (\[[^\]]+\]|[^\s|:]+)(?: \([^)]*\))?(?:\|([^|]+)\|)?:(\d+)\.\.\. (connected|failed: (.+?))\.?$/u.exec(line);
    if (connecting === null) continue;
    const host = (connecting[1] ?? '').replace(/^\[|\]$/gu, '');
    const address = connecting[2] ?? (isIP(host) === 0 ? null : host);
    const port = Number(connecting[3]);
    const failure = connecting[5] ?? null;
    facts.push(connectFact(host, address, port, failure === null ? 'connected' : connectOutcomeOf(failure), failure));
    if (failure === null) peer = { host, address, port };
  }
  return { facts, peer };
}

function readResolving(name: string, result: string): Fact {
  const failure = /^failed: (.+?)\.?$/u.exec(result)?.[1];
  if (failure === undefined) return resolveFact(name, 'answered', result.split(/,\s*/u).filter((one) => isIP(one) !== 0));
  if (/timed out/iu.test(failure)) return resolveFact(name, 'timeout');
  if (/temporary failure|try again/iu.test(failure)) return resolveFact(name, 'try-again');
  return resolveFact(name, /not known|no address|No IPv4\/IPv6 addresses|does not resolve/iu.test(failure) ? 'not-found' : 'failed');
}

/** `Proxy request sent`, `Proxy tunneling failed`, or a peer that is not what the URL names. */
function isProxied(text: string, url: string | null, peer: Peer | null): boolean {
  if (/^Proxy request sent|^Proxy tunneling failed/mu.test(text)) return true;
  const parsed = url === null ? null : readUrl(url);
  return parsed !== null && peer !== null && parsed.hostname.replace(/^\[|\]$/gu, '') !== peer.host;
}

function targetOf(url: string | null, peer: Peer, proxied: boolean): Peer {
  const parsed = url === null ? null : readUrl(url);
  if (!proxied || parsed === null) return peer;
  return { host: parsed.hostname, address: null, port: parsed.port === '' ? 443 : Number(parsed.port) };
}

function readTls(text: string, peer: Peer): ReturnType<typeof tlsFact> | null {
  const lines = text.split('\n').filter((line) => TLS_LINE.test(line));
  if (lines.length === 0) return /request sent, awaiting response/u.test(text) ? tlsFact(peer, null, null) : null;
  // A certificate that is not trusted gets a line of its own before the line that says why.
  const meanings = lines.map((line) => ({ line, meaning: tlsFailureInText(line, true) }));
  const exact = meanings.find(({ meaning }) => meaning !== null && meaning.failure !== 'untrusted' && meaning.failure !== 'handshake') ?? null;
  const silent = lines.length === 1 && (lines[0] ?? '').startsWith('Unable to establish SSL connection');
  if (silent) return tlsFact(peer, { failure: 'handshake', verifyCode: null, alert: null }, lines[0] ?? null);
  const found = exact ?? meanings.find(({ meaning }) => meaning !== null) ?? meanings[0];
  if (found === undefined) return null;
  return tlsFact(peer, withGnuTls(found.line, lines) ?? found.meaning ?? { failure: 'handshake', verifyCode: null, alert: null }, printableStart(found.line.trim()));
}

/**
 * ERROR: The certificate of 'web.test' has expired.      The certificate's owner does not match hostname 'web.test'        (GnuTLS)
 * ERROR: cannot verify web.test's certificate, issued by 'CN=x':        Self-signed certificate encountered.                (OpenSSL)
 * GnuTLS: received alert [40]: Handshake failed     OpenSSL: error:...     Unable to establish SSL connection.
 */
const TLS_LINE = /^(?:ERROR: |GnuTLS: |OpenSSL: |The certificate|Unable to establish SSL|Failed writing HTTP request: .*session)|certificate common name|^ {2,}(?:Self-signed|Unable to locally|Issued certificate)/u;

function withGnuTls(line: string, lines: readonly string[]): ReturnType<typeof tlsFailureInText> {
  // GnuTLS: received alert [40]: Handshake failed
  const alert = lines.map((one) => /received alert \[(\d+)\]/u.exec(one)?.[1]).find((one) => one !== undefined);
  if (alert !== undefined) return tlsFailureInText(`SSL alert number ${alert}`);
  // GnuTLS: Error in the pull function.       (the read failed: a reset)
  if (/Error in the p(?:ull|ush) function/u.test(line)) return { failure: 'reset', verifyCode: null, alert: null };
  return null;
}

function readAnswer(text: string, url: string | null, peer: Peer, proxied: boolean, body: string): HttpFact | null {
  const proxy = proxied ? `${peer.host ?? ''}:${String(peer.port ?? '')}` : null;
  const target = proxied ? { ...peer, address: null } : peer;
  const fact = (outcome: HttpFact['outcome'], status: number | null, headers: HttpFact['headers'] = {}): HttpFact =>
    httpFact(target, { url, proxy, outcome, status, headers, bodyStart: printableStart(body) });
  // Proxy tunneling failed: ForbiddenUnable to establish SSL connection.     (the reason phrase, without the number)
  const tunnel = /^Proxy tunneling failed: (.*?)(?:Unable to establish SSL connection\.)?$/mu.exec(text);
  if (tunnel !== null) return fact('proxy-refused', STATUS_OF_REASON[(tunnel[1] ?? '').toLowerCase()] ?? null);
  // HTTP request sent, awaiting response... 503 Service Unavailable       with -S the head stands below:  `  HTTP/1.1 503 Service Unavailable`
  const awaited = /(?:HTTP|Proxy) request sent, awaiting response\.\.\. ?(.*)$/mu.exec(text);
  if (awaited === null) return null;
  const after = text.slice(awaited.index);
  const head = /^ {2}HTTP\/[\d.]+ (\d{3})[^\n]*\n((?: {2}\S[^\n]*\n)*)/mu.exec(after);
  const status = head?.[1] ?? /^(\d{3})(?: |$)/u.exec(awaited[1] ?? '')?.[1];
  if (status !== undefined) return fact(isPartial(after) ? 'partial' : 'response', Number(status), keepHeaders(fieldsOf(head?.[2] ?? '')));
  // ... awaiting response... No data received.     Read error (Connection reset by peer) in headers.    Read error (Connection timed out) in headers.
  const errno = recogniseErrno(awaited[1] ?? '')?.outcome;
  if (errno === 'timeout') return fact('no-answer', null);
  if (errno === 'reset') return fact('reset', null);
  if (/No data received|End of file while parsing headers/iu.test(awaited[1] ?? '')) return fact('closed', null);
  // 200 No headers, assuming HTTP/0.9      with -S nothing but:  Length: unspecified
  return /assuming HTTP\/0\.9|^Length: unspecified/mu.test(after) || body !== '' ? fact('not-http', null) : null;
}

/** (2.74 MB/s) - Connection closed at byte 9. Giving up.        (1009 KB/s) - Read error at byte 5/100000 (Connection timed out). Giving up. */
function isPartial(text: string): boolean {
  return / - (?:Connection closed at byte|Read error at byte)/u.test(text);
}

/** Reason phrases of RFC 9110 and of common proxies, which is all that wget tells of a refused tunnel. */
const STATUS_OF_REASON: Readonly<Record<string, number>> = {
  forbidden: 403,
  'proxy authentication required': 407,
  'access denied': 403,
  'bad gateway': 502,
  'service unavailable': 503,
  'gateway timeout': 504,
  'gateway time-out': 504,
  'method not allowed': 405,
  'not found': 404,
};

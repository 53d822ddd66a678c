import { isIPv6 } from 'node:net';
import type { Limits } from '../../domain/dialect.ts';
import type { Question } from '../../domain/question.ts';

export const CURL_MARKER = 'netdiag-curl';

/** Bodies longer than this are not read: headers and the first characters are what is wanted. */
const MAX_BODY_BYTES = 262_144;

/**
 * What -w writes as the last line of standard output. An old curl says `unknown --write-out variable` on standard error for what it does not know
 * (exitcode and errormsg came with 7.75.0) and leaves it out.
 */
export const WRITE_OUT = [
  CURL_MARKER,
  'code=%{http_code}',
  'connect_code=%{http_connect}',
  'dns=%{time_namelookup}',
  'connect=%{time_connect}',
  'tls=%{time_appconnect}',
  'first=%{time_starttransfer}',
  'total=%{time_total}',
  'verify=%{ssl_verify_result}',
  'ip=%{remote_ip}',
  'port=%{remote_port}',
  'connects=%{num_connects}',
  'size=%{size_download}',
  'exit=%{exitcode}',
].join(' ');

/**
 * argv of one GET: no ~/.curlrc (-q has to come first), no redirects followed, no globbing, whole seconds (decimals came with 7.32). null when curl cannot
 * be led to `address`: an IPv6 literal in the URL (--resolve splits at colons) that is not the address itself.
 */
export function curlArgv(question: Extract<Question, { kind: 'request' }>, limits: Limits): readonly string[] | null {
  const url = readUrl(question.url);
  if (url === null) return null;
  const pinned = question.address === null ? [] : pinAddress(url, question.address);
  if (pinned === null) return null;
  const maxSeconds = Math.max(1, Math.floor(limits.commandTimeoutMs / 1000) - 1);
  return [
    ...['curl', '-q', '-g', '-sS', '-v'],
    ...['--connect-timeout', String(Math.min(maxSeconds, Math.max(1, Math.ceil(limits.connectTimeoutMs / 1000))))],
    ...['--max-time', String(maxSeconds)],
    ...['--max-filesize', String(MAX_BODY_BYTES)],
    ...['-w', `\\n${WRITE_OUT}\\n`],
    ...(question.direct ? ['--noproxy', '*'] : []),
    ...pinned,
    ...['--url', question.url],
  ];
}

/** --resolve HOST:PORT:ADDRESS (7.21.3); nothing when the URL's host is the address already. */
function pinAddress(url: URL, address: string): readonly string[] | null {
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (host === address) return [];
  if (isIPv6(host)) return null;
  const port = url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
  return ['--resolve', `${host}:${port}:${address}`];
}

/** The URL when it is one that curl fetches over HTTP; null otherwise. */
export function readUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}

import type { CurlEvent } from './events.ts';

type ErrorEvent = Extract<CurlEvent, { kind: 'error' }>;

/**
 * With -s and without -S curl prints no `curl: (N)` line; -v tells the same message all the same, behind a star. The exit code is the one that
 * goes with the message (curl(1), EXIT CODES).
 */
const TOLD: readonly (readonly [message: RegExp, exitCode: number])[] = [
  // * SSL certificate problem: certificate has expired      * SSL: no alternative certificate subject name matches target host name 'web.test'    (7.88, OpenSSL)
  [/^(?:SSL certificate problem: |SSL: (?:no alternative|certificate subject name|unable to obtain)|server certificate verification failed)/u, 60],
  // * OpenSSL/3.0.19: error:0A000410:SSL routines::sslv3 alert handshake failure      * OpenSSL SSL_connect: Connection reset by peer in connection to web.test:8443
  [/^(?:OpenSSL\/\S+: error:|TLS connect error: error:|error:[\dA-F]{8}:|OpenSSL SSL_connect: |gnutls_handshake\(\) failed: |schannel: failed)/u, 35],
  // * Could not resolve host: web.invalid
  [/^Could(?: not|n't) resolve host/u, 6],
  [/^Could(?: not|n't) resolve proxy/u, 5],
  // * Connection timed out after 3001 milliseconds      * Operation timed out after 9001 milliseconds with 0 bytes received      * Resolving timed out after 2000 milliseconds
  [/^(?:Connection|Operation|Resolving|SSL connection) (?:timed out|timeout)(?: after|$)/u, 28],
  // * Empty reply from server
  [/^Empty reply from server/u, 52],
  // * Recv failure: Connection reset by peer      * CONNECT tunnel failed, response 403  (7.85)      * Received HTTP code 407 from proxy after CONNECT  (older)
  [/^(?:Recv failure: |OpenSSL SSL_read: |CONNECT tunnel failed, response \d{3}|Received HTTP code \d{3} from proxy after CONNECT)/u, 56],
  [/^Send failure: /u, 55],
];

/** The error that a line of -v tells; null when it tells none. */
export function toldError(line: string): ErrorEvent | null {
  const message = /^\* +(.*)$/u.exec(line)?.[1]?.trimEnd();
  if (message === undefined) return null;
  const told = TOLD.find(([pattern]) => pattern.test(message));
  return told === undefined ? null : { kind: 'error', exitCode: told[1], message };
}

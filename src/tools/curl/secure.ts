import { isIP } from 'node:net';
import type { Certificate, TlsFact, TlsFailure } from '../../domain/facts.ts';
import { printableStart } from '../protocol/printable.ts';
import { alertInText } from '../tls/alerts.ts';
import { isoDate } from '../tls/certificate.ts';
import { tlsFailureInText, type TlsErrorMeaning } from '../tls/error-text.ts';
import { failureOfVerifyCode } from '../tls/verify-codes.ts';
import { handshakeDuration } from './connections.ts';
import type { CurlEvent } from './events.ts';
import type { CurlMarker } from './marker.ts';

/** curl(1) EXIT CODES that are about TLS, in every version that had them. 77 and 58 (files of our own) are not about the peer. */
const TLS_EXIT_CODES: ReadonlySet<number> = new Set([35, 51, 53, 54, 60, 80, 83, 90, 91, 98]);
const CERTIFICATE_FAILURES: ReadonlySet<TlsFailure> = new Set(['expired', 'not-yet-valid', 'self-signed', 'unknown-ca', 'incomplete-chain', 'hostname-mismatch', 'untrusted']);

/** The handshake that the events prove; null when none was begun. */
export function readTls(events: readonly CurlEvent[], host: string | null, marker: CurlMarker | null): TlsFact | null {
  const error = events.findLast((event) => event.kind === 'error') ?? null;
  const began = events.some((event) => event.kind === 'tls-began' || event.kind === 'tls-established' || event.kind === 'certificate-requested');
  const byExit = error !== null && (TLS_EXIT_CODES.has(error.exitCode) || (error.exitCode !== 1 && isTlsMessage(error.message)));
  if (!began && !byExit) return null;
  const established = events.findLast((event) => event.kind === 'tls-established') ?? null;
  const requested = events.some((event) => event.kind === 'certificate-requested');
  const meaning = readFailure(events, error, established !== null, requested, marker);
  // Cut before the handshake ended, and nothing says how it ended: nothing is known.
  if (established === null && meaning === null) return null;
  const connected = events.findLast((event) => event.kind === 'connected') ?? null;
  const tunnel = events.findLast((event) => event.kind === 'tunnel-asked') ?? null;
  const name = tunnel?.host ?? host ?? connected?.host ?? null;
  const failure = meaning?.failure ?? null;
  return {
    kind: 'tls',
    host: name,
    address: tunnel === null ? (connected?.address ?? null) : null,
    port: tunnel?.port ?? connected?.port ?? null,
    serverName: name === null || isIP(name) !== 0 ? null : name,
    established: established !== null,
    failure,
    verified: events.some((event) => event.kind === 'tls-verified') || (failure !== null && CERTIFICATE_FAILURES.has(failure)),
    verifyCode: meaning?.verifyCode ?? (events.some((event) => event.kind === 'tls-verified') ? 0 : null),
    alert: meaning?.alert ?? null,
    version: established?.version ?? null,
    cipher: established?.cipher ?? null,
    alpn: events.findLast((event) => event.kind === 'alpn')?.protocol ?? null,
    chain: readLeaf(events),
    // Only OpenSSL's messages name a CertificateRequest: with another library its absence says nothing.
    clientCertificateRequested: requested ? true : events.some((event) => event.kind === 'tls-began') && established !== null && hasMessages(events) ? false : null,
    detail: meaning === null ? null : meaning.detail,
    elapsedMs: handshakeDuration(marker),
  };
}

type Reading = TlsErrorMeaning & { readonly detail: string };

function readFailure(
  events: readonly CurlEvent[],
  error: Extract<CurlEvent, { kind: 'error' }> | null,
  established: boolean,
  requested: boolean,
  marker: CurlMarker | null,
): Reading | null {
  const alertText = events.findLast((event) => event.kind === 'tls-alert')?.text ?? null;
  const alert = alertText === null ? null : alertInText(alertText);
  // *  SSL certificate verify result: self-signed certificate (18), continuing anyway.     (with -k)
  const insecure = events.findLast((event) => event.kind === 'tls-problem')?.text ?? null;
  if (insecure !== null && error === null) return reading(insecure, false);
  if (error === null) return null;
  const answered = events.some((event) => event.kind === 'status');
  if (established && !TLS_EXIT_CODES.has(error.exitCode) && !isTlsMessage(error.message) && !(requested && !answered && ENDED.test(error.message))) return null;
  const said = reading(error.message, true) ?? timedOut(error, established) ?? { failure: 'handshake', verifyCode: null, alert: null, detail: error.message };
  const withAlert: Reading = { ...said, alert: said.alert ?? alert };
  if (requested && wantsCertificate(withAlert.failure)) return { ...withAlert, failure: 'client-certificate-required' };
  return withVerifyResult(withAlert, error.exitCode, marker);
}

const ENDED = /Empty reply|Recv failure|reset by peer|SSL_ERROR_SYSCALL|unexpected eof|Send failure/iu;

function reading(text: string, inHandshake: boolean): Reading | null {
  const meaning = tlsFailureInText(text, inHandshake);
  return meaning === null ? null : { ...meaning, detail: printableStart(text) };
}

function timedOut(error: Extract<CurlEvent, { kind: 'error' }>, established: boolean): Reading | null {
  return error.exitCode === 28 && !established ? { failure: 'timeout', verifyCode: null, alert: null, detail: error.message } : null;
}

function wantsCertificate(failure: TlsFailure): boolean {
  return failure === 'no-shared-cipher' || failure === 'handshake' || failure === 'closed' || failure === 'reset';
}

/** %{ssl_verify_result} says more than some messages do; it is 1 before any verification (curl 7.88), so it counts only for a rejected certificate. */
function withVerifyResult(said: Reading, exitCode: number, marker: CurlMarker | null): Reading {
  const result = marker?.verifyResult ?? null;
  if (exitCode !== 60 || result === null || result <= 1 || said.failure === 'hostname-mismatch') return said;
  return { ...said, verifyCode: result, failure: said.failure === 'untrusted' ? (failureOfVerifyCode(result) ?? said.failure) : said.failure };
}

/** Words that only a TLS library says, in messages of exit codes that other things share (56, 55, 28, 7). */
function isTlsMessage(message: string): boolean {
  return /SSL|TLS alert|GnuTLS|gnutls|schannel|tlsv1|mbedtls/iu.test(message) && !/proxy CONNECT/iu.test(message);
}

function hasMessages(events: readonly CurlEvent[]): boolean {
  return events.some((event) => event.kind === 'tls-established' && event.version !== null) && events.some((event) => event.kind === 'certificate');
}

/** The leaf, as far as -v shows it: without its issuer when the name did not match. */
function readLeaf(events: readonly CurlEvent[]): readonly Certificate[] {
  const field = (name: string): string | null => {
    const found = events.findLast((event) => event.kind === 'certificate' && event.field === name);
    return found?.kind === 'certificate' ? found.value : null;
  };
  const subject = field('subject');
  if (subject === null) return [];
  const name = field('name');
  const issuer = oneLine(field('issuer') ?? '');
  return [
    {
      subject: oneLine(subject),
      issuer,
      names: name === null ? [] : [printableStart(name)],
      notBefore: isoDate(field('start')),
      notAfter: isoDate(field('expire')),
      selfSigned: issuer === oneLine(subject),
    },
  ];
}

/** curl writes `CN=a; O=b`. */
function oneLine(name: string): string {
  return printableStart(name.split('; ').join(', '));
}

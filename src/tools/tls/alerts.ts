import type { TlsFailure } from '../../domain/facts.ts';

interface Alert {
  readonly number: number;
  /** RFC name, in lower case with spaces; OpenSSL, GnuTLS, Go, rustls and Java write it with `_`, capitals or nothing between. */
  readonly name: string;
  /** What it says when a client receives it. */
  readonly failure: TlsFailure;
}

/** Alerts that end a handshake, as a client receives them (RFC 8446 section 6, RFC 5246 section 7.2.2, IANA TLS Alerts). */
const ALERTS: readonly Alert[] = [
  { number: 0, name: 'close notify', failure: 'closed' },
  { number: 10, name: 'unexpected message', failure: 'handshake' },
  { number: 20, name: 'bad record mac', failure: 'handshake' },
  { number: 22, name: 'record overflow', failure: 'handshake' },
  { number: 40, name: 'handshake failure', failure: 'no-shared-cipher' },
  // 41-46, 48 and 49 speak about *our* certificate: the peer wanted one, or did not like it.
  { number: 41, name: 'no certificate', failure: 'client-certificate-required' },
  { number: 42, name: 'bad certificate', failure: 'client-certificate-required' },
  { number: 43, name: 'unsupported certificate', failure: 'client-certificate-required' },
  { number: 44, name: 'certificate revoked', failure: 'client-certificate-required' },
  { number: 45, name: 'certificate expired', failure: 'client-certificate-required' },
  { number: 46, name: 'certificate unknown', failure: 'client-certificate-required' },
  { number: 47, name: 'illegal parameter', failure: 'handshake' },
  { number: 48, name: 'unknown ca', failure: 'client-certificate-required' },
  { number: 49, name: 'access denied', failure: 'client-certificate-required' },
  { number: 50, name: 'decode error', failure: 'handshake' },
  { number: 51, name: 'decrypt error', failure: 'handshake' },
  { number: 70, name: 'protocol version', failure: 'version' },
  { number: 71, name: 'insufficient security', failure: 'no-shared-cipher' },
  { number: 80, name: 'internal error', failure: 'handshake' },
  { number: 86, name: 'inappropriate fallback', failure: 'version' },
  { number: 90, name: 'user canceled', failure: 'handshake' },
  { number: 109, name: 'missing extension', failure: 'handshake' },
  { number: 110, name: 'unsupported extension', failure: 'handshake' },
  { number: 112, name: 'unrecognized name', failure: 'unrecognized-name' },
  { number: 113, name: 'bad certificate status response', failure: 'handshake' },
  { number: 116, name: 'certificate required', failure: 'client-certificate-required' },
  { number: 120, name: 'no application protocol', failure: 'handshake' },
];

/** What an alert received from the server means for the client; null for a number that is no alert. */
export function failureOfAlert(number: number): TlsFailure | null {
  return ALERTS.find((alert) => alert.number === number)?.failure ?? null;
}

/**
 * The alert that the *peer* sent, as a tool's or library's message names it; null when the text names none. Messages about
 * alerts that the client itself sends ("alert (out)") are not for this function.
 */
export function alertInText(text: string): number | null {
  // OpenSSL: ...:SSL alert number 40
  // curl -v, GnuTLS: * TLSv1.2 (IN), TLS alert, handshake failure (552):   (0x228: level 2, description 40)
  const number = /\bSSL alert number (\d{1,3})\b/iu.exec(text)?.[1];
  if (number !== undefined) return Number(number);
  const curl = /\(IN\), TLS alert, [^(]*\((\d{1,3})\)/u.exec(text)?.[1];
  if (curl !== undefined) return Number(curl) & 0xff;
  if (!ALERT_CONTEXT.test(text)) return null;
  const flat = flatten(text);
  return ALERTS.filter((alert) => alert.number !== 0)
    .toSorted((a, b) => b.name.length - a.name.length)
    .find((alert) => flat.includes(flatten(alert.name)))?.number ?? null;
}

/**
 * OpenSSL: sslv3 alert handshake failure; tlsv13 alert certificate required; ssl/tls alert handshake failure (3.2)
 * Go: remote error: tls: handshake failure        Java: Received fatal alert: protocol_version
 * rustls: received fatal alert: HandshakeFailure  Node: ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION
 * mbedTLS and GnuTLS: "fatal alert ... received"; curl with GnuTLS: gnutls_handshake() failed: Handshake failed
 */
const ALERT_CONTEXT = /alert[ _:]|remote error: tls:|\balert\b/iu;

function flatten(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/gu, '');
}

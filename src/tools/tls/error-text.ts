import type { TlsFailure } from '../../domain/facts.ts';
import { alertInText, failureOfAlert } from './alerts.ts';
import { failureOfVerifyCode, verifyCodeInText } from './verify-codes.ts';

export interface TlsErrorMeaning {
  readonly failure: TlsFailure;
  readonly verifyCode: number | null;
  /** Number of the alert that the peer sent; null when it sent none that the text names. */
  readonly alert: number | null;
}

interface Pattern {
  readonly failure: TlsFailure;
  readonly text: RegExp;
}

/** Words about the certificate's name, before anything else: they are the most exact. */
const NAME: readonly Pattern[] = [
  {
    failure: 'hostname-mismatch',
    // curl, OpenSSL: SSL: no alternative certificate subject name matches target host name 'a.example'
    // curl, OpenSSL: SSL: certificate subject name 'b.example' does not match target hostname 'a.example'
    // curl 8, OpenSSL: subjectAltName does not match hostname a.example
    text: /no alternative certificate subject name matches|certificate subject name .{0,300}does not match|subjectAltName does not match/iu,
  },
  {
    failure: 'hostname-mismatch',
    // Python 3.11: certificate verify failed: Hostname mismatch, certificate is not valid for 'a.example'.
    // Go: x509: certificate is valid for b.example, not a.example; cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs
    // Node: Hostname/IP does not match certificate's altnames; ERR_TLS_CERT_ALTNAME_INVALID
    text: /hostname mismatch|IP address mismatch|certificate is (?:not )?valid for|doesn't contain any IP SANs|not valid for any names|altname|legacy Common Name field/iu,
  },
  {
    failure: 'hostname-mismatch',
    // Java: No subject alternative DNS name matching a.example found; No name matching a.example found; Certificate for <a> doesn't match any of
    // GNU wget, GnuTLS: The certificate's owner does not match hostname 'a.example'; OpenSSL: certificate common name 'b' doesn't match requested host name 'a'
    // libpq: server certificate for "b" does not match host name "a"; rustls: NotValidForName; .NET: RemoteCertificateNameMismatch
    text: /subject alternative (?:DNS |IP address )?names? (?:matching|present)|no name matching|certificate for <.{0,300}doesn't match|owner does not match hostname|doesn't match requested host name|does not match host ?name|NotValidForName|RemoteCertificateNameMismatch|name in the certificate does not match|SEC_E_WRONG_PRINCIPAL|BADCERT_CN_MISMATCH|domain name mismatch|peer subject name mismatch|certificate common name/iu,
  },
];

/** Words about dates and issuers that libraries other than OpenSSL use. */
const CERTIFICATE: readonly Pattern[] = [
  // Go: x509: certificate has expired or is not yet valid: current time 2024-01-01T00:00:00Z is before 2025-01-01T00:00:00Z
  { failure: 'not-yet-valid', text: /expired or is not yet valid: current time \S+ is before/iu },
  { failure: 'expired', text: /expired or is not yet valid/iu },
  // GnuTLS, wget: not yet activated; rustls: certificate not valid yet, NotValidYet; Java: CertificateNotYetValidException; wget: Issued certificate not yet valid.
  { failure: 'not-yet-valid', text: /not (?:yet )?(?:been )?activated|not[ _]?valid[ _]?yet|not[ _]?yet[ _]?valid|CertificateNotYetValid|BADCERT_FUTURE|before its validity/iu },
  // Java: CertificateExpiredException: NotAfter; rustls: certificate expired; Node: CERT_HAS_EXPIRED; wget: Issued certificate has expired; Schannel: SEC_E_CERT_EXPIRED
  { failure: 'expired', text: /cert(?:ificate)?[ _]?(?:has )?[ _]?expired|CERT_HAS_EXPIRED|certificate.{0,40}has expired|NotTimeValid|BADCERT_EXPIRED|chain (?:is|uses) expired/iu },
  // Node: DEPTH_ZERO_SELF_SIGNED_CERT; GNU wget, OpenSSL: Self-signed certificate encountered.
  { failure: 'self-signed', text: /DEPTH_ZERO_SELF_SIGNED_CERT|self[- ]signed certificate encountered/iu },
  { failure: 'unknown-ca', text: /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/u },
  {
    failure: 'unknown-ca',
    // Go: certificate signed by unknown authority; Java: PKIX path building failed; rustls: UnknownIssuer; .NET: UntrustedRoot, PartialChain
    // GNU wget: Unable to locally verify the issuer's authority. / doesn't have a known issuer; Schannel: SEC_E_UNTRUSTED_ROOT; macOS: not trusted
    text: /signed by (?:an )?unknown authority|PKIX path building failed|unable to find valid certification path|UnknownIssuer|unknown issuer|UntrustedRoot|PartialChain|locally verify the issuer|have a known issuer|certificate issuer is unknown|SEC_E_UNTRUSTED_ROOT|CERT_E_UNTRUSTEDROOT|BADCERT_NOT_TRUSTED|signer not found|no signer error|ASN no signer|not signed by a trusted|CAUsedAsEndEntity|certificate chain .{0,40}not trusted/iu,
  },
];

/** What the peer did instead of a handshake. */
const HANDSHAKE: readonly Pattern[] = [
  {
    failure: 'plaintext',
    // OpenSSL 1.0/1.1/3: wrong version number; http request; packet length too long; unknown protocol (1.0 and older); bad record type
    // GnuTLS: An unexpected TLS packet was received.; A packet with illegal or unsupported version was received.
    // Go: tls: first record does not look like a TLS handshake; http: server gave HTTP response to HTTPS client
    // rustls: received corrupt message of type InvalidContentType; Java: Unsupported or unrecognized SSL message; Schannel: SEC_E_INVALID_TOKEN
    text: /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|SSL23_GET_SERVER_HELLO:unknown protocol|unexpected TLS packet|illegal or unsupported version|does not look like a TLS handshake|HTTP response to HTTPS client|corrupt message of type|unrecognized SSL message|plaintext connection\?|record layer failure|bad record type|:https?(?: proxy)? request\b|ERR_SSL_HTTPS?_(?:PROXY_)?REQUEST|SEC_E_INVALID_TOKEN|rx_record_too_long|not an? (?:TLS|SSL) (?:record|message)|does not support SSL|invalid SSL record/iu,
  },
  {
    failure: 'version',
    // OpenSSL: unsupported protocol; no protocols available; legacy sigalg disallowed or unsupported (3.x, from a server of TLS 1.0 or 1.1); Go: tls: server selected unsupported protocol version 301; protocol version not supported
    // Java: The server selected protocol version TLS10 is not accepted by client preferences; No appropriate protocol; rustls: PeerIncompatible
    text: /unsupported[ _]protocol|no[ _]protocols[ _]available|unsupported protocol version|protocol version not supported|not accepted by client preferences|No appropriate protocol|version[ _]too[ _](?:low|high)|inappropriate[ _]fallback|SEC_E_UNSUPPORTED_FUNCTION|unsupported SSL version|UnsupportedProtocol|NoSupportedVersion|legacy sigalg disallowed|SupportedVersionsNotAvailable|tls version mismatch|VERSION_NEGOTIATION/iu,
  },
  {
    failure: 'client-certificate-required',
    // Go: remote error: tls: certificate required; curl 98: SSL Client Certificate required; mysql: Connections using insecure transport
    text: /certificate required|client certificate required|peer did not return a certificate|certificate_required|no required (?:SSL|TLS) certificate/iu,
  },
  // OpenSSL: no ciphers available; no cipher match; Java: no cipher suites in common; Schannel: SEC_E_ALGORITHM_MISMATCH
  { failure: 'no-shared-cipher', text: /no (?:shared )?ciphers?(?: available| match| overlap| suites? in common|\b)|no cipher suites? in common|SEC_E_ALGORITHM_MISMATCH|NoCipherSuitesInCommon|dh key too small|unsupported curve|could not negotiate a supported cipher/iu },
  { failure: 'unrecognized-name', text: /unrecogni[sz]ed[ _]name/iu },
  { failure: 'reset', text: /ECONNRESET|reset by (?:the )?peer|errno[=:] ?(?:104|54|10054)\b|forcibly closed|Broken pipe|ssl-errno 104/iu },
  {
    failure: 'closed',
    // OpenSSL 3: unexpected eof while reading; curl: OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to a.example:443 (errno 0)
    // Node: Client network socket disconnected before secure TLS connection was established; GnuTLS: The TLS connection was non-properly terminated.
    // Java: Remote host terminated the handshake; Python: EOF occurred in violation of protocol; busybox: short read, have only 0
    text: /unexpected[ _]eof|SSL_ERROR_SYSCALL|SSL_ERROR_ZERO_RETURN|disconnected before secure TLS|non-properly terminated|terminated the handshake|closed connection during handshake|EOF occurred in violation|handshake(?: failed)?: EOF|tls handshake eof|short read, have only|peer closed|closed abruptly|server closed abruptly|EOF detected|errno=0\b|failed to receive handshake|Connection was closed by|PR_END_OF_FILE/iu,
  },
  { failure: 'timeout', text: /(?:SSL|TLS)[ _]?(?:connection|handshake)? ?(?:timeout|timed out)|handshake (?:timeout|timed out|operation timed out)/iu },
];

/** Words that say no more than that it failed; `x509: ...` of Go is always about a certificate. */
const UNSPECIFIC: readonly Pattern[] = [
  { failure: 'untrusted', text: /certificate[ _]verif(?:y|ication)[ _](?:failed|error)|certificate problem|certificate verify failed|remote certificate (?:is|was) (?:invalid|rejected)|invalid peer certificate|peer certificate cannot be authenticated|X509_verify_cert|failed to verify certificate|certificate .{0,80}is not trusted|cannot verify .{0,300}certificate|Issuer check against peer certificate|^Verification error: |x509: |BADCERT/imu },
  { failure: 'handshake', text: /SSL connect error|no certificate presented by|no peer certificate available|ssl[ _]handshake|tls[ _]handshake|handshake[ _]fail|gnutls_handshake|SSL_connect|fatal alert|SSL routines|error:[0-9A-F]{8}:|schannel:|ERR_SSL_|mbedtls_ssl_handshake|ssl_handshake returned|SSL error|SSL connection could not be established|\bEPROTO\b/iu },
];

/**
 * What a TLS library's or tool's message says: one line or a whole message. Order of judgement: the certificate's name, OpenSSL's verify
 * result, other libraries' words about certificates, what the peer did, an alert that it sent, and only then words that say no more than "failed".
 * null: the text says nothing of TLS. Plain network words (reset, timed out) count only when `inHandshake` says that a handshake was under way.
 */
export function tlsFailureInText(text: string, inHandshake = false): TlsErrorMeaning | null {
  const name = firstMatch(NAME, text);
  const verifyCode = verifyCodeInText(text);
  if (name !== null) return { failure: name, verifyCode: verifyCode ?? 62, alert: null };
  // An alert is the peer's view of *our* certificate: `alert certificate expired` is not an expired server.
  const alert = alertInText(text);
  const ofAlert = alert === null ? null : failureOfAlert(alert);
  if (ofAlert !== null) return { failure: ofAlert, verifyCode: null, alert };
  if (verifyCode !== null) return { failure: failureOfVerifyCode(verifyCode) ?? 'untrusted', verifyCode, alert: null };
  const said = firstMatch(CERTIFICATE, text) ?? firstMatch(HANDSHAKE, text);
  const network = said === 'reset' || said === 'closed' || said === 'timeout';
  if (said !== null && (!network || inHandshake || mentionsTls(text))) return { failure: said, verifyCode: null, alert: null };
  const vague = firstMatch(UNSPECIFIC, text);
  return vague === null ? null : { failure: vague, verifyCode: null, alert: null };
}

function mentionsTls(text: string): boolean {
  return /\b(?:TLS|SSL)|_SSL|gnutls|handshake|secure TLS|short read, have only|EOF occurred in violation|unexpected[ _]eof while/iu.test(text);
}

function firstMatch(patterns: readonly Pattern[], text: string): TlsFailure | null {
  return patterns.find((pattern) => pattern.text.test(text))?.failure ?? null;
}

import type { X509Certificate } from 'node:crypto';
import type { Certificate, TlsFact, TlsFailure } from '../../domain/facts.ts';
import { printableStart } from '../protocol/printable.ts';
import { certificatesInPem, describeCertificate, isoDate } from '../tls/certificate.ts';
import { tlsFailureInText, type TlsErrorMeaning } from '../tls/error-text.ts';
import { issuerIsIntermediate } from '../tls/judge.ts';
import { failureOfVerifyCode } from '../tls/verify-codes.ts';

/** What s_client says of the handshake, after CONNECTED; null when it was cut before its summary and no error was printed. */
export function readHandshake(text: string): TlsFact | null {
  const error = readError(text);
  // New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384     (1.0.2: New, TLSv1/SSLv3, Cipher is ...)     New, (NONE), Cipher is (NONE)
  const summary = /^(?:New|Reused), ([^,]+), Cipher is (\S+)$/mu.exec(text);
  if (error === null && summary === null) return null;
  const cipher = summary === null || summary[2] === '(NONE)' ? null : (summary[2] ?? null);
  const version = versionOf(text, summary?.[1] ?? null);
  // Only TLS 1.3 refuses a client after its handshake is done: alert 116.
  const established = cipher !== null && (error === null || (version === 'TLSv1.3' && error.failure === 'client-certificate-required'));
  const sent = sentCertificates(text);
  const hasCertificate = !/^no peer certificate available$/mu.test(text) && summary !== null;
  const codes = hasCertificate ? verifyCodes(text) : [];
  const requested = certificateRequested(text, established);
  const failure = error === null ? failureOfCodes(codes, sent) : afterRequest(error.failure, requested, summary !== null);
  return {
    kind: 'tls',
    host: null,
    address: null,
    port: null,
    serverName: null,
    established,
    failure,
    verified: codes.length > 0,
    verifyCode: codes.at(-1) ?? null,
    alert: error?.alert ?? null,
    version: cipher === null ? null : version,
    cipher,
    // ALPN protocol: http/1.1       No ALPN negotiated
    alpn: /^ALPN protocol: (\S+)$/mu.exec(text)?.[1] ?? null,
    chain: sent.length > 0 ? sent.map(describeCertificate) : listedChain(text),
    clientCertificateRequested: requested,
    detail: error?.detail ?? (failure === null ? null : verifyWords(text)),
    elapsedMs: null,
  };
}

type HandshakeError = TlsErrorMeaning & { readonly detail: string };

function readError(text: string): HandshakeError | null {
  // 4077434B687F0000:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../ssl/record/rec_layer_s3.c:1601:SSL alert number 70   (3.0)
  // 140034567:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:331:                                     (1.1.1)
  // 140034567:error:140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol:s23_clnt.c:827:                                                     (1.0.2)
  const library = /^[0-9A-F]+:error:[0-9A-F]+:SSL routines:(.*)$/mu.exec(text);
  if (library !== null) {
    const words = /^[^:]*:([^:]*)/u.exec(library[1] ?? '')?.[1] ?? '';
    const meaning = tlsFailureInText(library[0], true) ?? { failure: 'handshake', verifyCode: null, alert: null };
    return { ...meaning, detail: printableStart(words) };
  }
  // write:errno=104     read:errno=0     SSL_connect:errno=104 (2013 and older)
  const system = /^(?:write|read|SSL_connect):errno=(\d+)$/mu.exec(text);
  if (system === null) return null;
  // After a whole handshake this is how the end of the connection looks.
  if (/^(?:New|Reused), [^(][^,]*, Cipher is [^(]/mu.test(text)) return null;
  return { failure: system[1] === '104' || system[1] === '32' ? 'reset' : 'closed', verifyCode: null, alert: null, detail: system[0] };
}

function versionOf(text: string, summary: string | null): string | null {
  //     Protocol  : TLSv1.2           in the session of TLS 1.2 and older; the summary of 1.0.2 says only TLSv1/SSLv3
  const session = /^ +Protocol +: (\S+)$/mu.exec(text)?.[1];
  return session ?? (summary === null || summary.includes('/') || summary === '(NONE)' ? null : summary);
}

/** In the order they were found; the last is what `Verify return code` says. */
function verifyCodes(text: string): readonly number[] {
  // verify error:num=20:unable to get local issuer certificate
  const errors = [...text.matchAll(/^verify error:num=(\d+):/gmu)].map((match) => Number(match[1]));
  // Verify return code: 21 (unable to verify the first certificate)      (in TLS 1.2 indented, inside the session)
  const result = /^ *Verify return code: (\d+) /mu.exec(text)?.[1];
  return result === undefined ? errors : [...errors.filter((code) => code !== Number(result)), Number(result)];
}

function verifyWords(text: string): string | null {
  return /^ *Verify return code: \d+ \((.*)\)$/mu.exec(text)?.[1] ?? null;
}

/** The same order as in tls/judge.ts. */
const PRECEDENCE: readonly TlsFailure[] = ['self-signed', 'expired', 'not-yet-valid', 'incomplete-chain', 'unknown-ca', 'untrusted', 'hostname-mismatch'];

function failureOfCodes(codes: readonly number[], sent: readonly X509Certificate[]): TlsFailure | null {
  const failures = codes.flatMap((code) => failureOfVerifyCode(code) ?? []);
  const first = PRECEDENCE.find((failure) => failures.includes(failure)) ?? null;
  const top = sent.at(-1);
  const issuerMissing = codes.some((code) => code === 20 || code === 21) && !codes.includes(19);
  return first === 'unknown-ca' && issuerMissing && top !== undefined && issuerIsIntermediate(top) ? 'incomplete-chain' : first;
}

/** Errors come before what the server asked for: an alert that may be about a certificate says no more than that the handshake failed. */
function afterRequest(failure: TlsFailure, requested: boolean | null, whole: boolean): TlsFailure {
  if (!whole && failure === 'no-shared-cipher') return 'handshake';
  const unspecific = failure === 'no-shared-cipher' || failure === 'handshake' || failure === 'closed' || failure === 'reset';
  return requested === true && unspecific ? 'client-certificate-required' : failure;
}

/**
 * `No client certificate CA names sent` is printed for every server that sends none, asked or not; only a CertificateRequest brings signature
 * algorithms, certificate types or names.
 */
function certificateRequested(text: string, established: boolean): boolean | null {
  if (/^(?:Acceptable client certificate CA names|Client Certificate Types: .*|Requested Signature Algorithms: .*)$/mu.test(text)) return true;
  return established ? false : null;
}

function sentCertificates(text: string): readonly X509Certificate[] {
  const seen = new Set<string>();
  return certificatesInPem(text).filter((certificate) => {
    const isNew = !seen.has(certificate.fingerprint256);
    seen.add(certificate.fingerprint256);
    return isNew;
  });
}

/** A paste without PEM blocks still lists the chain: ` 0 s:CN = web.test`, `   i:O = Lab Trust, CN = Lab Root` (1.0.2: ` 0 s:/CN=web.test`). */
function listedChain(text: string): readonly Certificate[] {
  const entries = text.matchAll(/^ *\d+ s:(.*)\n +i:(.*)(?:\n +a:.*)?(?:\n +v:NotBefore: (.*?); NotAfter: (.*))?$/gmu);
  return [...entries].map((match) => {
    const subject = oneLine(match[1] ?? '');
    const issuer = oneLine(match[2] ?? '');
    return { subject, issuer, names: [], notBefore: isoDate(match[3]), notAfter: isoDate(match[4]), selfSigned: subject === issuer };
  });
}

function oneLine(name: string): string {
  const parts = name.startsWith('/') ? name.slice(1).split('/') : name.split(', ');
  return printableStart(parts.map((part) => part.replace(/^([\w.]+) = /u, '$1=')).join(', '));
}

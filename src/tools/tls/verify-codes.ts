import type { TlsFailure } from '../../domain/facts.ts';

interface VerifyCode {
  readonly code: number;
  readonly failure: TlsFailure;
  /** OpenSSL's own words, with the hyphen optional: 1.x writes `self signed`, 3.x `self-signed` (crypto/x509/x509_txt.c). */
  readonly text: RegExp;
}

/** X509_V_ERR_* of OpenSSL (include/openssl/x509_vfy.h). The text of a longer message stands before that of a part of it. */
const VERIFY_CODES: readonly VerifyCode[] = [
  { code: 19, failure: 'unknown-ca', text: /self[- ]signed certificate in (?:the )?certificate chain/iu },
  { code: 18, failure: 'self-signed', text: /self[- ]signed certificate/iu },
  { code: 20, failure: 'unknown-ca', text: /unable to get local issuer certificate/iu },
  { code: 21, failure: 'unknown-ca', text: /unable to verify the (?:first|leaf) certificate/iu },
  { code: 2, failure: 'unknown-ca', text: /unable to get issuer certificate/iu },
  { code: 9, failure: 'not-yet-valid', text: /certificate is not yet valid/iu },
  // Not Go's `certificate has expired or is not yet valid: current time ...`, which says later which of the two.
  { code: 10, failure: 'expired', text: /certificate has expired(?! or is not)/iu },
  { code: 62, failure: 'hostname-mismatch', text: /hostname mismatch/iu },
  { code: 64, failure: 'hostname-mismatch', text: /IP address mismatch/iu },
  { code: 7, failure: 'untrusted', text: /certificate signature failure/iu },
  { code: 22, failure: 'untrusted', text: /certificate chain too long/iu },
  { code: 23, failure: 'untrusted', text: /certificate revoked/iu },
  { code: 24, failure: 'unknown-ca', text: /invalid CA certificate/iu },
  { code: 25, failure: 'untrusted', text: /path length constraint exceeded/iu },
  { code: 26, failure: 'untrusted', text: /(?:unsupported|unsuitable) certificate purpose/iu },
  { code: 27, failure: 'unknown-ca', text: /certificate not trusted/iu },
  { code: 28, failure: 'untrusted', text: /certificate rejected/iu },
  { code: 12, failure: 'untrusted', text: /CRL has expired/iu },
  { code: 66, failure: 'untrusted', text: /EE certificate key too weak/iu },
  { code: 67, failure: 'untrusted', text: /CA certificate key too weak/iu },
  { code: 68, failure: 'untrusted', text: /CA signature digest algorithm too weak/iu },
];

/** What a verify result means. 0 is success: null. 20 and 21 can also mean a server that sends no intermediate: see judge.ts. */
export function failureOfVerifyCode(code: number): TlsFailure | null {
  if (code === 0) return null;
  return VERIFY_CODES.find((entry) => entry.code === code)?.failure ?? 'untrusted';
}

/** The verify result that OpenSSL's words name; null when the text holds none of them. */
export function verifyCodeInText(text: string): number | null {
  return VERIFY_CODES.find((entry) => entry.text.test(text))?.code ?? null;
}

import { X509Certificate } from 'node:crypto';
import type { Certificate } from '../../domain/facts.ts';
import { printableStart } from '../protocol/printable.ts';

/** All certificates of a PEM text, in order. Blocks that are no certificate, or are cut, are left out. */
export function certificatesInPem(text: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:TRUSTED )?CERTIFICATE-----/gu) ?? [];
  return blocks.flatMap((block) => {
    const certificate = readCertificate(block);
    return certificate === null ? [] : [certificate];
  });
}

/** One certificate from PEM text or DER bytes; null when it is none. */
export function readCertificate(source: string | Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(source);
  } catch {
    return null;
  }
}

/** The facts of a certificate that a verdict reads. Names as one line, `CN=a, O=b`, as curl and s_client 3 print them in shape. */
export function describeCertificate(certificate: X509Certificate): Certificate {
  return {
    subject: oneLineName(certificate.subject),
    issuer: oneLineName(certificate.issuer),
    names: alternativeNames(certificate.subjectAltName),
    notBefore: isoDate(certificate.validFrom),
    notAfter: isoDate(certificate.validTo),
    selfSigned: isSelfSigned(certificate),
  };
}

/** Signed by its own key; a certificate whose issuer merely has the same name is not. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  if (certificate.subject !== certificate.issuer) return false;
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    // A key type that this OpenSSL does not know: equal names are all that can be said.
    return true;
  }
}

/** `Jan  1 00:00:00 2024 GMT` (OpenSSL), RFC 2822 or ISO to ISO 8601; null when it is no date. */
export function isoDate(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function oneLineName(name: string | undefined): string {
  return printableStart((name ?? '').split('\n').join(', '));
}

/** `DNS:a.example, IP Address:10.0.0.1, DNS:"odd, name"` (node:crypto) to names. */
function alternativeNames(text: string | undefined): readonly string[] {
  const names = (text ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/gu);
  return [...names].map((match) => printableStart((match[1] ?? '').replace(/^"|"$/gu, '')));
}

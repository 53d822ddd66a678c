import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificatesInPem, describeCertificate } from '../../../src/tools/tls/certificate.ts';
import { tlsFailureInText } from '../../../src/tools/tls/error-text.ts';
import { judgeChain } from '../../../src/tools/tls/judge.ts';
import { readTlsRecords } from '../../../src/tools/tls/records.ts';
import { pem } from '../web-lab/servers.ts';

const one = (name: string): X509Certificate => new X509Certificate(pem(name));
const roots = [one('root')];
const nowMs = Date.parse('2027-01-01T00:00:00Z');
const host = 'web.test';

describe('a chain is judged as a client would', () => {
  const intermediate = one('intermediate');
  it.each([
    ['a whole chain', [one('good'), intermediate], { failure: null, verifyCode: 0 }],
    ['a chain with its certificates in any order and one too many', [one('good'), one('company'), intermediate], { failure: null, verifyCode: 0 }],
    ['the intermediate was not sent', [one('good')], { failure: 'incomplete-chain', verifyCode: 21 }],
    ['an authority that nobody knows', [one('company-leaf')], { failure: 'unknown-ca', verifyCode: 21 }],
    ['an authority that nobody knows, with its root', [one('company-leaf'), one('company')], { failure: 'unknown-ca', verifyCode: 19 }],
    ['self-signed', [one('self-signed')], { failure: 'self-signed', verifyCode: 18 }],
    ['expired', [one('expired'), intermediate], { failure: 'expired', verifyCode: 10 }],
    ['expired comes before an unknown issuer', [one('expired')], { failure: 'expired', verifyCode: 10 }],
    ['not yet valid', [one('not-yet'), intermediate], { failure: 'not-yet-valid', verifyCode: 9 }],
    ['of another name', [one('wrong-name'), intermediate], { failure: 'hostname-mismatch', verifyCode: 62 }],
  ])('%s', (_, chain, expected) => {
    expect(judgeChain({ chain, host, roots, nowMs })).toEqual({ ...expected, verified: true });
  });
  it('a self-signed certificate that is a root of its own is trusted', () => {
    expect(judgeChain({ chain: [one('self-signed')], host, roots: [one('self-signed')], nowMs })).toMatchObject({ failure: null });
  });
  it('self-signed comes before expired', () => {
    expect(judgeChain({ chain: [one('self-signed')], host, roots, nowMs: Date.parse('2200-01-01') })).toMatchObject({ failure: 'self-signed' });
  });
  it('an address is looked for among the addresses', () => {
    const chain = [one('good'), intermediate];
    expect(judgeChain({ chain, host: '192.0.2.2', roots, nowMs })).toMatchObject({ failure: null });
    expect(judgeChain({ chain, host: '192.0.2.3', roots, nowMs })).toMatchObject({ failure: 'hostname-mismatch', verifyCode: 64 });
  });
  it('without a trust store nothing is said of the issuer', () => {
    expect(judgeChain({ chain: [one('company-leaf')], host, roots: null, nowMs })).toEqual({ failure: null, verifyCode: null, verified: false });
    expect(judgeChain({ chain: [one('wrong-name')], host, roots: null, nowMs })).toMatchObject({ failure: 'hostname-mismatch', verified: false });
  });
  it('an empty trust store trusts nobody', () => {
    expect(judgeChain({ chain: [one('good'), intermediate], host, roots: [], nowMs }).failure).not.toBeNull();
  });
});

describe('certificates', () => {
  it('are described by names without their prefixes', () => {
    expect(describeCertificate(one('good'))).toMatchObject({ subject: 'CN=web.test', names: ['web.test', '*.web.test', '192.0.2.2', '127.0.0.1'], notAfter: '2124-01-01T00:00:00.000Z', selfSigned: false });
  });
  it('that are cut are left out', () => {
    expect(certificatesInPem(`${pem('good')}${pem('root').slice(0, 200)}`)).toHaveLength(1);
  });
});

describe('messages of TLS libraries', () => {
  it.each([
    ['certificate has expired', 'expired'],
    ['x509: certificate has expired or is not yet valid: current time 2024-01-01T00:00:00Z is after 2023-01-01T00:00:00Z', 'expired'],
    ['x509: certificate has expired or is not yet valid: current time 2024-01-01T00:00:00Z is before 2025-01-01T00:00:00Z', 'not-yet-valid'],
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'unknown-ca'],
    ['x509: certificate is valid for a.example, not b.example', 'hostname-mismatch'],
    ['remote error: tls: handshake failure', 'no-shared-cipher'],
    ['remote error: tls: certificate required', 'client-certificate-required'],
    ['javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target', 'unknown-ca'],
    ['javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version', 'version'],
    ['java.security.cert.CertificateExpiredException: NotAfter: Thu Jan 01', 'expired'],
    ['[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)', 'plaintext'],
    ["certificate verify failed: Hostname mismatch, certificate is not valid for 'a.example'.", 'hostname-mismatch'],
    ['write EPROTO 80:error:0A000438:SSL routines:ssl3_read_bytes:tlsv1 alert internal error:SSL alert number 80', 'handshake'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unknown-ca'],
    ['received corrupt message of type InvalidContentType', 'plaintext'],
    ['The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot', 'unknown-ca'],
    ['Client network socket disconnected before secure TLS connection was established', 'closed'],
    ["ERROR: The certificate of 'web.test' doesn't have a known issuer.", 'unknown-ca'],
    ['gnutls_handshake() failed: Handshake failed', 'handshake'],
    ['SSL certificate problem: something new', 'untrusted'],
  ])('%s: %s', (text, failure) => {
    expect(tlsFailureInText(text)?.failure).toBe(failure);
  });
  it('an alert about a certificate is about ours, not about the server', () => {
    expect(tlsFailureInText('sslv3 alert certificate expired:SSL alert number 45')).toMatchObject({ failure: 'client-certificate-required', alert: 45 });
  });
  it.each(['Connection refused', 'read ECONNRESET', 'operation timed out', 'GET /tls 200 OK', ''])('%s is nothing of TLS', (text) => {
    expect(tlsFailureInText(text)).toBeNull();
  });
  it('are read without a crash', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { tlsFailureInText(text, true); }));
  });
});

describe('records', () => {
  it('any bytes are read without a crash', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (received, sent) => { readTlsRecords(received, sent); }));
  });
  it('an alert in the clear is read', () => {
    expect(readTlsRecords(Buffer.from([21, 3, 3, 0, 2, 2, 70]), Buffer.alloc(0))).toEqual({ peerSpeaksTls: true, alert: 70, certificateRequested: false });
  });
});

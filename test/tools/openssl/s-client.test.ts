import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/domain/command.ts';
import { parseSClient, sClientDialect } from '../../../src/tools/openssl/s-client.ts';
import { loadFixtures } from '../fixture.ts';

const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 15_000 };
const output = (stdout: string, stderr = ''): CommandOutput => ({ exitCode: null, stdout, stderr, lines: [], durationMs: 0 });
const tools = (version: string) => ({ kind: 'tools', tools: { openssl: 'openssl' }, versions: { openssl: version } }) as const;

describe('what s_client printed is read as facts', () => {
  const fixtures = loadFixtures(new URL('./fixtures/', import.meta.url));
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    expect(fixture.expected).not.toBeNull();
    expect(parseSClient(fixture.output)).toEqual(fixture.expected);
  });
});

describe('a handshake with s_client', () => {
  it('sends the name and checks it', () => {
    expect(sClientDialect.argv({ kind: 'tls', address: '2001:db8::1', port: 443, serverName: 'a.example' }, limits, tools('OpenSSL 3.0.19'))).toEqual(
      ['openssl', 's_client', '-connect', '[2001:db8::1]:443', '-servername', 'a.example', '-verify_hostname', 'a.example', '-showcerts'],
    );
  });
  it('sends no name when none is asked for, with the option where the version knows it', () => {
    const question = { kind: 'tls', address: '192.0.2.2', port: 443, serverName: null } as const;
    expect(sClientDialect.argv(question, limits, tools('OpenSSL 1.1.1w  11 Sep 2023'))).toContain('-noservername');
    expect(sClientDialect.argv(question, limits, tools('OpenSSL 1.0.2u  20 Dec 2019'))).not.toContain('-noservername');
  });
});

describe('versions that are not on this machine', () => {
  it('1.0.2: a plain text port', () => {
    // OpenSSL 1.0.2, ssl/s23_clnt.c and apps/s_client.c
    const text = 'CONNECTED(00000003)\n140:error:140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol:s23_clnt.c:827:\n---\nno peer certificate available\n---\nNew, (NONE), Cipher is (NONE)';
    expect(parseSClient(output(text))[1]).toMatchObject({ failure: 'plaintext', established: false });
  });
  it('1.0.2: a self-signed certificate, its names with slashes', () => {
    const text = 'CONNECTED(00000003)\ndepth=0 CN = a.example\nverify error:num=18:self signed certificate\n---\nCertificate chain\n 0 s:/O=A/CN=a.example\n   i:/O=A/CN=a.example\n---\nNew, TLSv1/SSLv3, Cipher is ECDHE-RSA-AES256-GCM-SHA384\n    Protocol  : TLSv1.2\n    Verify return code: 18 (self signed certificate)';
    expect(parseSClient(output(text))[1]).toMatchObject({ failure: 'self-signed', version: 'TLSv1.2', verifyCode: 18, chain: [{ subject: 'O=A, CN=a.example', selfSigned: true }] });
  });
  it('1.1.1: a client certificate wanted by TLS 1.3', () => {
    const text = 'CONNECTED(00000003)\n---\nAcceptable client certificate CA names\nCN = x\n---\nNew, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\nVerify return code: 0 (ok)\n---\n140:error:1409445C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../ssl/record/rec_layer_s3.c:1528:SSL alert number 116';
    expect(parseSClient(output(text))[1]).toMatchObject({ failure: 'client-certificate-required', alert: 116, established: true });
  });
});

describe('what is not proved is not said', () => {
  it('a run that was cut after CONNECTED is a connection and nothing more', () => {
    expect(parseSClient(output('CONNECTED(00000003)\n')).map((fact) => fact.kind)).toEqual(['connect']);
  });
  it('any text is read without a crash and never as a handshake', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(parseSClient(output(text, text)).every((fact) => fact.kind === 'unavailable')).toBe(true);
    }));
  });
});

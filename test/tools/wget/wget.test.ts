import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/domain/command.ts';
import { busyboxWgetDialect, parseBusyboxWget } from '../../../src/tools/wget/busybox.ts';
import { gnuWgetDialect, parseGnuWget } from '../../../src/tools/wget/gnu.ts';
import { loadFixtures } from '../fixture.ts';

const PARSERS = { 'wget-gnu': parseGnuWget, 'wget-busybox': parseBusyboxWget } as const;
const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 15_000 };
const tools = { kind: 'tools', tools: {}, versions: {} } as const;
const output = (stderr: string, stdout = '', exitCode: number | null = null): CommandOutput => ({ exitCode, stdout, stderr, lines: [], durationMs: 0 });

describe('what wget printed is read as facts', () => {
  const fixtures = loadFixtures(new URL('./fixtures/', import.meta.url));
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    expect(fixture.expected).not.toBeNull();
    expect(PARSERS[fixture.dialect as keyof typeof PARSERS](fixture.output)).toEqual(fixture.expected);
  });
});

describe('a request with wget', () => {
  const question = { kind: 'request', url: 'http://a.example/x', address: null, direct: true, attempt: 0 } as const;
  it('is one try, follows no redirect and reads no settings of the user', () => {
    expect(gnuWgetDialect.argv(question, limits, tools)).toEqual(expect.arrayContaining(['--no-config', '--tries=1', '--max-redirect=0', '--no-proxy', 'http://a.example/x']));
  });
  it('is not asked when a certain address is wanted, which it cannot be led to', () => {
    expect(gnuWgetDialect.argv({ ...question, address: '192.0.2.2' }, limits, tools)).toBeNull();
    expect(busyboxWgetDialect.argv({ ...question, address: '192.0.2.2' }, limits, tools)).toBeNull();
  });
  it('of busybox is not asked over TLS, because it verifies nothing', () => {
    expect(busyboxWgetDialect.argv({ ...question, url: 'https://a.example/' }, limits, tools)).toBeNull();
  });
  it('of busybox never gets -T, which crashes it', () => {
    expect(busyboxWgetDialect.argv(question, limits, tools)).toEqual(['wget', '-S', '-O', '-', '-Y', 'off', '--', 'http://a.example/x']);
  });
});

describe('GNU wget with OpenSSL', () => {
  // Debian source wget 1.21.3, src/openssl.c
  const head = '--2026-01-01 10:00:00--  https://a.example/\nResolving a.example (a.example)... 192.0.2.2\nConnecting to a.example (a.example)|192.0.2.2|:443... connected.\n';
  it.each([
    ["ERROR: cannot verify a.example's certificate, issued by 'CN=x':\n  Unable to locally verify the issuer's authority.\nTo connect to a.example insecurely, use `--no-check-certificate'.", 'unknown-ca'],
    ["ERROR: cannot verify a.example's certificate, issued by 'CN=x':\n  Self-signed certificate encountered.", 'self-signed'],
    ["ERROR: cannot verify a.example's certificate, issued by 'CN=x':\n  Issued certificate has expired.", 'expired'],
    ["ERROR: cannot verify a.example's certificate, issued by 'CN=x':\n  Issued certificate not yet valid.", 'not-yet-valid'],
    ["ERROR: certificate common name 'b.example' doesn't match requested host name 'a.example'.", 'hostname-mismatch'],
    ['OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.', 'plaintext'],
  ])('%s', (text, failure) => {
    expect(parseGnuWget(output(`${head}${text}\n`)).at(-1)).toMatchObject({ kind: 'tls', failure });
  });
});

describe('what is not proved is not said', () => {
  it('"Connecting to" of busybox is printed before the connection', () => {
    expect(parseBusyboxWget(output('Connecting to a.example (192.0.2.2:80)\n'))).toMatchObject([{ kind: 'unavailable' }]);
  });
  it('any text is read without a crash and never as an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 100 }), (stderr, stdout) => {
      for (const parse of Object.values(PARSERS)) {
        expect(parse(output(stderr, stdout)).every((fact) => fact.kind !== 'http' && !(fact.kind === 'connect' && fact.outcome === 'connected'))).toBe(true);
      }
    }));
  });
});

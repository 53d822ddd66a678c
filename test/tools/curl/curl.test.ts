import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/domain/command.ts';
import { curlArgv } from '../../../src/tools/curl/argv.ts';
import { parseCurl } from '../../../src/tools/curl/curl.ts';
import { loadFixtures } from '../fixture.ts';

const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 15_000 };

function output(stderr: string, stdout = '', exitCode: number | null = null): CommandOutput {
  return { exitCode, stdout, stderr, lines: [], durationMs: 0 };
}

describe('what curl printed is read as facts', () => {
  const fixtures = loadFixtures(new URL('./fixtures/', import.meta.url));
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    expect(fixture.expected).not.toBeNull();
    expect(parseCurl(fixture.output)).toEqual(fixture.expected);
  });
});

describe('a request with curl', () => {
  it('goes to the address that was asked for, without changing the name', () => {
    const argv = curlArgv({ kind: 'request', url: 'https://a.example/x', address: '192.0.2.7', direct: true, attempt: 0 }, limits) ?? [];
    expect(argv.slice(0, 2)).toEqual(['curl', '-q']);
    expect(argv.join(' ')).toContain('--noproxy * --resolve a.example:443:192.0.2.7 --url https://a.example/x');
  });
  it('is not asked of another address when the URL holds an IPv6 literal', () => {
    expect(curlArgv({ kind: 'request', url: 'http://[2001:db8::1]/', address: '192.0.2.7', direct: false, attempt: 0 }, limits)).toBeNull();
  });
  it('is not asked for a scheme that is not HTTP', () => {
    expect(curlArgv({ kind: 'request', url: 'file:///etc/passwd', address: null, direct: false, attempt: 0 }, limits)).toBeNull();
  });
});

describe('versions of curl that are not on this machine', () => {
  it.each([
    // curl 7.29.0 (CentOS 7), lib/connect.c
    ['7.29', '* About to connect() to a.example port 81 (#0)\n*   Trying 192.0.2.2...\n* Connection refused\n* Failed connect to a.example:81; Connection refused\n* Closing connection 0\ncurl: (7) Failed connect to a.example:81; Connection refused'],
    // curl 7.52.1 (Debian 9), lib/connect.c
    ['7.52', '*   Trying 192.0.2.2...\n* TCP_NODELAY set\n* connect to 192.0.2.2 port 81 failed: Connection refused\n* Failed to connect to a.example port 81: Connection refused\n* Closing connection 0\ncurl: (7) Failed to connect to a.example port 81: Connection refused'],
    // curl 8.14, lib/cf-socket.c and lib/cf-ip-happy.c
    ['8.14', "* Host a.example:81 was resolved.\n* IPv6: (none)\n* IPv4: 192.0.2.2\n*   Trying 192.0.2.2:81...\n* connect to 192.0.2.2 port 81 from 192.0.2.1 port 40000 failed: Connection refused\n* Failed to connect to a.example port 81 after 2 ms: Could not connect to server\n* closing connection #0\ncurl: (7) Failed to connect to a.example port 81 after 2 ms: Could not connect to server"],
  ])('%s: a refused port is refused', (_, text) => {
    const facts = parseCurl(output(text));
    expect(facts.map((fact) => fact.kind)).toEqual(['resolve', 'connect']);
    expect(facts[1]).toMatchObject({ outcome: 'refused', host: 'a.example', address: '192.0.2.2', port: 81 });
  });

  it.each([
    ['GnuTLS', 'curl: (60) server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none', 'untrusted'],
    ['Schannel', 'curl: (60) schannel: SNI or certificate check failed: SEC_E_UNTRUSTED_ROOT (0x80090325)', 'unknown-ca'],
    ['LibreSSL, old OpenSSL', 'curl: (60) SSL certificate problem: self signed certificate', 'self-signed'],
    ['OpenSSL 1.1', 'curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number', 'plaintext'],
    ['GnuTLS, plain text', 'curl: (35) gnutls_handshake() failed: An unexpected TLS packet was received.', 'plaintext'],
    ['rustls', 'curl: (60) rustls_connection_process_new_packets: invalid peer certificate: UnknownIssuer', 'unknown-ca'],
    ['curl 7.62 and older', "curl: (51) SSL: certificate subject name 'b.example' does not match target host name 'a.example'", 'hostname-mismatch'],
  ])('%s', (_, text, failure) => {
    expect(parseCurl(output(text))).toMatchObject([{ kind: 'tls', failure, established: false }]);
  });

  it('-h progress meters before a message do not hide it', () => {
    const line = '  0     0    0     0    0     0      0      0 --:--:--  0:00:01 --:--:--     0curl: (7) Failed to connect to a.example port 81: Connection refused';
    expect(parseCurl(output(line))).toMatchObject([{ kind: 'connect', outcome: 'refused' }]);
  });
});

describe('what is not proved is not said', () => {
  it('a run that was cut after "Trying" says nothing of the connection', () => {
    expect(parseCurl(output('*   Trying 192.0.2.2:80...'))).toMatchObject([{ kind: 'unavailable', reason: 'not-understood' }]);
  });
  it('a body that looks like our own last line does not pass for it when the run was cut', () => {
    const body = 'netdiag-curl code=200 connect_code=000 dns=0.1 connect=0.2 tls=0.0 first=0.3 total=0.4 verify=0 ip=192.0.2.2 port=80 connects=1 size=3 exit=0\n';
    expect(parseCurl(output('*   Trying 192.0.2.2:80...', body))).toMatchObject([{ kind: 'unavailable' }]);
  });
  it('a body that looks like -v does not pass for it', () => {
    const facts = parseCurl(output('*   Trying 192.0.2.2:80...\n* Connected to 192.0.2.2 (192.0.2.2) port 80 (#0)\n> GET / HTTP/1.1\n> Host: 192.0.2.2\n< HTTP/1.1 503 Service Unavailable', '< HTTP/1.1 200 OK\n', 0));
    expect(facts.at(-1)).toMatchObject({ kind: 'http', status: 503 });
  });
  it('a stream of events that goes on is an answer, not a body that stopped short', () => {
    const text = '* Connected to a.example (192.0.2.2) port 80\n> GET / HTTP/1.1\n> Host: a.example\n< HTTP/1.1 200 OK\n< Content-Type: text/event-stream\n< \ncurl: (28) Operation timed out after 3001 milliseconds with 5 bytes received';
    expect(parseCurl(output(text)).at(-1)).toMatchObject({ kind: 'http', outcome: 'response', status: 200 });
  });
  it('any text is read without a crash, and never as a response without a status line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 200 }), fc.option(fc.integer({ min: 0, max: 120 })), (stderr, stdout, exit) => {
        const facts = parseCurl(output(stderr, stdout, exit));
        expect(facts.length).toBeGreaterThan(0);
        expect(facts.some((fact) => fact.kind === 'http' || (fact.kind === 'connect' && fact.outcome === 'connected'))).toBe(false);
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { destinationsOf, logErrors, rankDependencies, sightingsInLog, sightingsInSockets, type LogLine } from '../../src/dependencies/index.ts';
import type { LogError, Sighting } from '../../src/domain/found-dependency.ts';

const READ_AT = '2026-11-25T18:00:00Z';
const READ_AT_MS = Date.parse(READ_AT);

const line = (text: string, secondsAgo = 1, previous = false): LogLine => ({ at: new Date(READ_AT_MS - secondsAgo * 1000).toISOString(), text, previous });
const errorsOf = (...lines: readonly (string | LogLine)[]): readonly LogError[] => logErrors(lines.map((one) => (typeof one === 'string' ? line(one) : one)), READ_AT_MS);

function configured(values: Readonly<Record<string, string>>): readonly Sighting[] {
  return destinationsOf(Object.entries(values).map(([name, value]) => ({ name, value }))).map(({ name, dependency }) => ({ dependency, foundIn: { kind: 'variable', name, source: 'value' } }));
}

describe('a log line that tells of an error', () => {
  // Messages as these libraries print them; the corpus of test/explain has their sources.
  test.each<readonly [string, Partial<LogError>]>([
    ['2026/11/25 18:34:50 ERROR DB: dial tcp 10.0.0.9:5432: i/o timeout', { meaning: 'timeout', host: '10.0.0.9', port: 5432 }],
    ['dial tcp: lookup db.payments.example on 10.96.0.10:53: no such host', { meaning: 'dns', host: 'db.payments.example', port: null }],
    ['lookup db.example on 10.96.0.10:53: read udp 10.244.0.7:4312->10.96.0.10:53: i/o timeout', { meaning: 'dns', host: 'db.example' }],
    ['read tcp 10.244.0.7:43210->10.0.0.9:5432: read: connection reset by peer', { meaning: 'reset', host: '10.0.0.9', port: 5432 }],
    ['Get "https://api.example.com/v1?key=abc": dial tcp 203.0.113.7:443: connect: connection refused', { meaning: 'refused', host: 'api.example.com', port: 443, url: 'https://api.example.com/v1' }],
    ['Error: connect ECONNREFUSED 10.0.0.9:6379', { meaning: 'refused', host: '10.0.0.9', port: 6379 }],
    ["HTTPSConnectionPool(host='api.example', port=443): Max retries exceeded with url: /x (Caused by ReadTimeoutError(\"Read timed out. (read timeout=5)\"))", { meaning: 'timeout', host: 'api.example', port: 443, limitMs: 5000 }],
    ['ERROR timeout of 1500ms exceeded calling https://api.example/pay', { meaning: 'timeout', limitMs: 1500, host: 'api.example' }],
    ['connection to server at "db.example" (10.3.4.5), port 5432 failed: FATAL: password authentication failed for user "x"', { host: 'db.example', port: 5432 }],
    ['{"level":"error","msg":"query failed","error":"dial tcp 10.0.0.9:5432: connect: no route to host"}', { meaning: 'unreachable', host: '10.0.0.9', port: 5432 }],
    ['HikariPool-1 - Connection is not available, request timed out after 30000ms.', { cause: 'app.connections-exhausted', limitMs: 30_000 }],
    ['accept tcp [::]:8080: accept4: too many open files', { cause: 'app.connections-exhausted' }],
    ['ERROR NullPointerException: cannot charge the card', { meaning: 'other', cause: null, host: null }],
  ])('%s', (text, expected) => {
    expect(errorsOf(text)).toMatchObject([expected]);
  });

  test.each([
    'INFO listening on 0.0.0.0:8080',
    'INFO connected to postgres at 10.0.0.9:5432',
    '10.244.0.1 - - [25/Nov/2026:18:00:00 +0000] "GET /missing HTTP/1.1" 404 12',
    'INFO request timeout=30s retries=3',
    'DEBUG GET https://api.example/ 200 OK',
    '',
  ])('%j is none', (text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  test('carries no credentials, and no control characters', () => {
    const [error] = errorsOf('ERROR \u001b[31mdial postgres://orders:s3cret@db.example:5432/x?password=hunter2 failed: connection refused token=abc123');
    expect(error?.text).not.toMatch(/s3cret|hunter2|abc123|\u001b/u);
    expect(error?.url).toBe('postgres://db.example');
  });

  test('goes on over the lines of its stack trace, and names the innermost cause', () => {
    const errors = errorsOf('2026-11-25 18:00:00 ERROR Unable to acquire JDBC Connection', '\tat com.zaxxer.hikari.pool(Pool.java:1)', 'Caused by: java.net.ConnectException: Connection refused', '\tat java.net.Socket(Socket.java:2)', 'INFO next');
    expect(errors).toMatchObject([{ meaning: 'refused', text: expect.stringContaining('Caused by: java.net.ConnectException: Connection refused') as string }]);
  });

  test('has the age of its stamp, and says when it is from before a restart', () => {
    expect(errorsOf(line('ERROR dial tcp 10.0.0.9:1: i/o timeout', 90, true))).toMatchObject([{ ageMs: 90_000, previous: true }]);
    expect(logErrors([{ at: null, text: 'ERROR dial tcp 10.0.0.9:1: i/o timeout', previous: false }], READ_AT_MS)).toMatchObject([{ ageMs: null, at: null }]);
  });
});

describe('sockets', () => {
  const socket = (state: string, remote: string, localPort = 40_000): { state: string; localAddress: string; localPort: number; remoteAddress: string; remotePort: number } => {
    const at = remote.lastIndexOf(':');
    return { state, localAddress: '10.244.0.7', localPort, remoteAddress: remote.slice(0, at), remotePort: Number(remote.slice(at + 1)) };
  };

  test('those that hang come first; those that others opened, and those inside the pod, are left out', () => {
    const found = sightingsInSockets({
      kind: 'sockets',
      sockets: [
        socket('LISTEN', '0.0.0.0:0', 8080),
        socket('ESTABLISHED', '10.244.1.9:55555', 8080),
        socket('ESTAB', '203.0.113.7:443'),
        socket('SYN-SENT', '10.0.0.9:5432'),
        socket('SYN_SENT', '::ffff:10.0.0.9:5432', 40_001),
        socket('TIME_WAIT', '10.0.0.8:80'),
        socket('ESTABLISHED', '127.0.0.1:15001'),
      ],
    });
    expect(found.map(({ dependency, foundIn }) => [dependency.url, foundIn.kind === 'socket' ? `${foundIn.state} ${String(foundIn.count)}` : ''])).toEqual([
      ['tcp://10.0.0.9:5432', 'SYN_SENT 2'],
      ['tcp://203.0.113.7:443', 'ESTABLISHED 1'],
    ]);
  });
});

describe('the list', () => {
  const listed = (known: readonly Sighting[], errors: readonly LogError[], addresses: Readonly<Record<string, readonly string[]>> = {}, more: readonly Sighting[] = []): readonly string[] =>
    rankDependencies([...known, ...sightingsInLog(errors, known), ...more], { namespace: 'shop', addresses: new Map(Object.entries(addresses)) }).map(({ url, state, errors: count }) => `${url} ${state} ${String(count)}`);
  const known = configured({ API_URL: 'https://api.example/', DATABASE_URL: 'postgres://u:p@db.example:5432/x' });

  test('what fails now is first, and the youngest error of these', () => {
    const errors = errorsOf(line('ERROR dial tcp 10.0.0.9:7000: i/o timeout', 100), line('ERROR dial tcp: lookup db.example: no such host', 10), line('ERROR dial tcp 10.0.0.8:7000: i/o timeout', 3000));
    expect(listed(known, errors)).toEqual(['postgres://db.example failing 1', 'tcp://10.0.0.9:7000 failing 1', 'tcp://10.0.0.8:7000 failed-before 1', 'https://api.example/ configured 0']);
  });

  test('an address belongs to the name that has it on that port', () => {
    const errors = errorsOf('ERROR dial tcp 10.0.0.9:5432: i/o timeout', 'ERROR dial tcp 10.0.0.9:9999: i/o timeout');
    expect(listed(known, errors, { 'db.example': ['10.0.0.9'] })).toEqual(['postgres://db.example failing 1', 'tcp://10.0.0.9:9999 failing 1', 'https://api.example/ configured 0']);
    expect(listed(known, errors)).toContain('tcp://10.0.0.9:5432 failing 1');
  });

  test('a line that names the variable speaks of its destination', () => {
    expect(listed(known, errorsOf('ERROR DATABASE_URL: dial tcp 10.0.0.9:5432: i/o timeout'))[0]).toBe('postgres://db.example failing 1');
  });

  test('a hanging connect fails now, an open connection is in use', () => {
    const sockets = sightingsInSockets({ kind: 'sockets', sockets: [
      { state: 'SYN_SENT', localAddress: '10.244.0.7', localPort: 1, remoteAddress: '10.0.0.9', remotePort: 5432 },
      { state: 'ESTABLISHED', localAddress: '10.244.0.7', localPort: 2, remoteAddress: '10.0.0.1', remotePort: 443 },
    ] });
    expect(listed(known, [], { 'db.example': ['10.0.0.9'], 'api.example': ['10.0.0.1'] }, sockets)).toEqual(['postgres://db.example failing 0', 'https://api.example/ in-use 0']);
  });

  test('one Service under its many names is one destination', () => {
    const names = configured({ A_URL: 'http://orders:8080', B_URL: 'http://orders.shop:8080/', C_URL: 'http://orders.shop.svc:8080/', D_URL: 'http://orders.shop.svc.cluster.local.:8080/', E_URL: 'http://orders.other:8080/' });
    expect(listed(names, [])).toEqual(['http://orders:8080/ configured 0', 'http://orders.other:8080/ configured 0']);
  });

  test('what only a mesh allows is last', () => {
    const [allowed] = configured({ X_URL: 'https://aaa.example/' }).map(({ dependency }): Sighting => ({ dependency, foundIn: { kind: 'service-entry', name: 'shop/aaa' } }));
    expect(listed(known, [], {}, allowed === undefined ? [] : [allowed]).at(-1)).toBe('https://aaa.example/ allowed 0');
  });
});

import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/domain/question.ts';
import { repeatArgv } from '../../src/probes/repeat.ts';

const A = '203.0.113.10';
const six = '2001:db8::1';
const resolve: Question = { kind: 'resolve', name: 'api.example.com' };
const query: Question = { kind: 'query', name: 'api.example.com.', nameserver: '192.0.2.53', recordType: 'A', transport: 'udp' };
const connect: Question = { kind: 'connect', address: A, port: 5432, attempt: 0 };
const tls: Question = { kind: 'tls', address: A, port: 443, serverName: 'api.example.com' };
const exchange: Question = { kind: 'exchange', address: A, port: 5432, protocol: 'postgres', tls: false, serverName: null };

function request(url: string, more: Partial<Extract<Question, { kind: 'request' }>> = {}): Question {
  return { kind: 'request', url, address: null, direct: false, attempt: 0, ...more };
}

const repeat = (question: Question, tools: Readonly<Record<string, string>>): string | null => repeatArgv(question, { kind: 'tools', tools, versions: {} })?.join(' ') ?? null;

describe('a command that a person types to see it again', () => {
  test.each<readonly [string, Question, Readonly<Record<string, string>>, string | null]>([
    ['a name by getent', resolve, { getent: 'getent', nslookup: 'bind' }, 'getent ahosts api.example.com'],
    ['a name by nslookup', resolve, { nslookup: 'bind' }, 'nslookup api.example.com'],
    ['a name by an unlinked busybox', resolve, { nslookup: 'busybox', 'busybox nslookup': 'busybox', busybox: 'busybox' }, 'busybox nslookup api.example.com'],
    ['a name with nothing', resolve, {}, null],
    ['a query by dig', query, { dig: 'dig', host: 'host' }, 'dig @192.0.2.53 api.example.com. A'],
    ['a query by dig over TCP', { ...query, transport: 'tcp' }, { dig: 'dig' }, 'dig +tcp @192.0.2.53 api.example.com. A'],
    ['a query by nslookup', query, { nslookup: 'bind' }, 'nslookup -type=A api.example.com. 192.0.2.53'],
    ['a query by a busybox nslookup that knows no -type', query, { nslookup: 'busybox-small' }, null],
    ['a query over TCP by nslookup, which cannot', { ...query, transport: 'tcp' }, { nslookup: 'bind' }, null],
    ['a query by host', query, { host: 'host' }, 'host -t A api.example.com. 192.0.2.53'],
    ['a connect by nc', connect, { nc: 'openbsd', bash: 'bash' }, `nc -vz -w 4 ${A} 5432`],
    ['a connect by a program called bash that is another shell', connect, { bash: 'unknown' }, null],
    ['a connect with busybox alone: what the probe ran', connect, { nc: 'busybox' }, null],
    ['a protocol: its port', exchange, { nc: 'openbsd' }, `nc -vz -w 4 ${A} 5432`],
    ['a datagram: no TCP connect shows it', { ...exchange, protocol: 'udp' }, { nc: 'openbsd', bash: 'bash' }, null],
    ['a request by curl', request('https://api.example.com/x?y=1'), { curl: 'curl' }, 'curl -sv --max-time 10 -o /dev/null https://api.example.com/x?y=1'],
    ['a request past the proxy', request('http://api.example.com:443/', { direct: true, address: A }), { curl: 'curl' }, 'curl -sv --max-time 10 -o /dev/null --noproxy * http://api.example.com:443/'],
    ['HTTPS by openssl', request('https://api.example.com/x'), { openssl: 'openssl' }, 'openssl s_client -connect api.example.com:443 -servername api.example.com'],
    ['HTTPS to an IPv6 literal by openssl, which sends no name', request(`https://[${six}]:8443/`), { openssl: 'openssl' }, `openssl s_client -connect [${six}]:8443`],
    ['HTTPS by bash, which cannot', request('https://api.example.com/'), { bash: 'bash', cat: 'cat' }, null],
    ['HTTP by wget', request('http://api.example.com/'), { wget: 'gnu' }, 'wget -O - -T 10 http://api.example.com/'],
    ['a handshake', tls, { openssl: 'openssl' }, `openssl s_client -connect ${A}:443 -servername api.example.com`],
    ['a handshake with an IPv6 address', { ...tls, address: six, serverName: null }, { openssl: 'openssl' }, `openssl s_client -connect [${six}]:443`],
    ['a table: what the probe ran', { kind: 'routes' }, { ip: 'iproute2' }, null],
  ])('%s', (_what, question, tools, expected) => {
    expect(repeat(question, tools)).toBe(expected);
  });

  test('bash opens a port with the address and port as parameters', () => {
    const argv = repeatArgv(connect, { kind: 'tools', tools: { bash: 'bash' }, versions: {} });
    expect(argv?.slice(0, 2)).toEqual(['bash', '-c']);
    expect(argv?.[2]).not.toContain(A);
    expect(argv?.slice(3)).toEqual([A, '5432']);
  });

  test('bash asks HTTP for the whole path, and of an IPv6 literal without brackets', () => {
    const argv = repeatArgv(request(`http://[${six}]/x?y=1`), { kind: 'tools', tools: { bash: 'bash', cat: 'cat' }, versions: {} });
    expect(argv?.slice(3)).toEqual([six, '80', '/x?y=1']);
  });
});

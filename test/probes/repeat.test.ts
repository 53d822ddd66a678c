import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/domain/facts.ts';
import type { Question } from '../../src/domain/question.ts';
import { isTypeable, repeatArgv } from '../../src/probes/repeat/index.ts';
import { STARTUP } from '../../src/tools/protocol/databases.ts';
import { speakerOf } from '../../src/tools/protocol/speakers.ts';

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

const nothing: Fact = { kind: 'unavailable', reason: 'no-tool', detail: '' };
const argvOf = (question: Question, tools: Readonly<Record<string, string>>, fact: Fact = nothing): readonly string[] | null => repeatArgv({ question, fact }, { kind: 'tools', tools, versions: {} });
const repeat = (question: Question, tools: Readonly<Record<string, string>>): string | null => argvOf(question, tools)?.join(' ') ?? null;

describe('a command that a person types to see it again', () => {
  test.each<readonly [string, Question, Readonly<Record<string, string>>, string | null]>([
    ['a name by getent, which is silent about a failure', resolve, { sh: 'sh', getent: 'getent', nslookup: 'bind' }, 'sh -c getent ahosts "$0" || echo "not found, status $?" api.example.com'],
    ['a name by getent without a shell', resolve, { getent: 'getent' }, 'getent ahosts api.example.com'],
    ['a name by nslookup', resolve, { nslookup: 'bind' }, 'nslookup api.example.com'],
    ['a name by an unlinked busybox', resolve, { nslookup: 'busybox', 'busybox nslookup': 'busybox', busybox: 'busybox' }, 'busybox nslookup api.example.com'],
    ['a name with nothing', resolve, {}, null],
    ['a query by dig', query, { dig: 'dig', host: 'host' }, 'dig +tries=1 +time=3 +noedns @192.0.2.53 api.example.com. A'],
    ['a query by dig over TCP', { ...query, transport: 'tcp' }, { dig: 'dig' }, 'dig +tries=1 +time=3 +tcp @192.0.2.53 api.example.com. A'],
    ['a query by nslookup', query, { nslookup: 'bind' }, 'nslookup -type=A api.example.com. 192.0.2.53'],
    ['a query by a busybox nslookup that knows no -type', query, { nslookup: 'busybox-small' }, null],
    ['a query over TCP by nslookup, which cannot', { ...query, transport: 'tcp' }, { nslookup: 'bind' }, null],
    ['a query by host', query, { host: 'host' }, 'host -t A api.example.com. 192.0.2.53'],
    ['a query over TCP by host', { ...query, transport: 'tcp' }, { host: 'host' }, 'host -T -t A api.example.com. 192.0.2.53'],
    ['a connect by nc', connect, { nc: 'openbsd', bash: 'bash', timeout: 'coreutils' }, `nc -vz -w 4 ${A} 5432`],
    ['a connect by ncat', connect, { nc: 'ncat', ncat: 'ncat' }, `ncat -vz -w 4 ${A} 5432`],
    ['a connect by a program called bash that is another shell', connect, { bash: 'unknown', timeout: 'coreutils' }, null],
    ['a connect with busybox alone', connect, { nc: 'busybox', sh: 'sh', busybox: 'busybox' }, `nc -w 4 ${A} 5432 -e sh -c echo connected >&2`],
    ['a connect with a busybox that has no links', connect, { nc: 'busybox', busybox: 'busybox', 'busybox nc': 'busybox', 'busybox sh': 'busybox' }, `busybox nc -w 4 ${A} 5432 -e busybox sh -c echo connected >&2`],
    ['a datagram: no TCP connect shows it', { ...exchange, protocol: 'udp' }, { nc: 'openbsd', bash: 'bash' }, null],
    ['a request by curl', request('https://api.example.com/x?y=1'), { curl: 'curl' }, 'curl -sSv --max-time 10 -o /dev/null https://api.example.com/x?y=1'],
    ['a request past the proxy, to one address', request('http://api.example.com:443/', { direct: true, address: A }), { curl: 'curl' }, `curl -sSv --max-time 10 -o /dev/null --noproxy * --resolve api.example.com:443:${A} http://api.example.com:443/`],
    ['HTTPS by openssl', request('https://api.example.com/x'), { openssl: 'openssl' }, 'openssl s_client -connect api.example.com:443 -servername api.example.com -verify_hostname api.example.com'],
    ['HTTPS to an IPv6 literal by openssl, which sends no name', request(`https://[${six}]:8443/`), { openssl: 'openssl' }, `openssl s_client -connect [${six}]:8443 -verify_ip ${six}`],
    ['HTTPS by bash, which cannot', request('https://api.example.com/'), { bash: 'bash', cat: 'cat' }, null],
    ['HTTP by wget', request('http://api.example.com/'), { wget: 'gnu' }, 'wget -S -O - -T 5 --tries 1 http://api.example.com/'],
    ['HTTP by a busybox wget, ended by its timeout', request('http://api.example.com/'), { wget: 'busybox', sh: 'sh', timeout: 'busybox' }, 'sh -c timeout 10 "$@" || echo "ended with status $?" sh wget -S -O - http://api.example.com/'],
    ['a handshake whose input stays open until the server asks for a certificate', tls, { openssl: 'openssl', sh: 'sh', sleep: 'sleep', timeout: 'coreutils' }, `timeout -v 10 sh -c sleep 2 | openssl s_client "$@" sh -connect ${A}:443 -servername api.example.com -verify_hostname api.example.com`],
    ['a handshake with an IPv6 address', { ...tls, address: six, serverName: null }, { openssl: 'openssl' }, `openssl s_client -connect [${six}]:443 -verify_ip ${six}`],
    ['routes', { kind: 'routes' }, { ip: 'iproute2' }, 'ip -4 route'],
    ['routes without ip', { kind: 'routes' }, { cat: 'cat' }, 'cat /proc/net/route'],
    ['sockets', { kind: 'sockets' }, { ss: 'iproute2' }, 'ss -tan'],
    ['echoes: what the probe ran', { kind: 'ping', address: A }, { ping: 'iputils' }, null],
  ])('%s', (_what, question, tools, expected) => {
    expect(repeat(question, tools)).toBe(expected);
  });

  test('how many files the process that is nearest its limit holds', () => {
    const here = { pid: process.pid, name: 'node', openFiles: 30, openFilesLimit: 100 };
    const fact: Fact = { kind: 'processes', processes: [{ pid: 1, name: 'init', openFiles: 90, openFilesLimit: null }, here, { pid: 2, name: 'calm', openFiles: 60, openFilesLimit: 1000 }] };
    const [program = '', ...args] = argvOf({ kind: 'processes' }, { sh: 'sh' }, fact) ?? [];
    expect(args.at(-1)).toBe(String(process.pid));
    expect(execFileSync(program, args, { encoding: 'utf8' })).toMatch(/^open files: [1-9]\d+\nMax open files +\d+ +\d+ +files *\n$/u);
  });

  test('bash opens a port with the address and port as parameters', () => {
    const argv = argvOf(connect, { bash: 'bash', timeout: 'coreutils' });
    expect(argv?.slice(0, 5)).toEqual(['timeout', '-v', '5', 'bash', '-c']);
    expect(argv?.[5]).not.toContain(A);
    expect(argv?.slice(6)).toEqual([A, '5432']);
  });

  test('bash asks HTTP for the whole path, and of an IPv6 literal without brackets', () => {
    const argv = argvOf(request(`http://[${six}]/x?y=1`), { bash: 'bash', cat: 'cat' });
    expect(argv?.slice(3)).toEqual([six, '80', '/x?y=1', six]);
  });

  test.each(['postgres', 'mysql', 'redis', 'mongodb', 'amqp', 'kafka', 'smtp', 'grpc', 'none'])('the first words of %s are one line that printf understands', (protocol) => {
    const argv = argvOf({ ...exchange, protocol }, { bash: 'bash' });
    expect(argv?.slice(3, 5)).toEqual([A, '5432']);
    const words = argv?.[5] ?? '-';
    expect(words).toMatch(/^[ -~]*$/u);
    const printed = execFileSync('printf', [words === '' ? '%s' : words]);
    const opening = protocol === 'postgres' ? STARTUP : protocol === 'smtp' ? Buffer.from('EHLO netdiag.invalid\r\n') : (speakerOf(protocol)?.opening ?? Buffer.alloc(0));
    expect(printed.equals(Buffer.from(opening))).toBe(true);
  });

  test('a bash that nothing would end limits its own wait', () => {
    expect(argvOf(connect, { bash: 'bash' })?.join(' ')).toMatch(/read -r -t 4 .* 203\.0\.113\.10 5432$/u);
  });

  test('a name that is slow is shown with the time that it takes', () => {
    const slow: Fact = { kind: 'resolve', name: 'api.example.com', nameserver: null, recordType: 'any', transport: null, outcome: 'answered', addresses: [A], canonicalNames: [], answeredName: null, truncated: false, elapsedMs: 5020 };
    expect(argvOf(resolve, { sh: 'sh', getent: 'getent', date: 'date' }, slow)?.join(' ')).toContain('date +%T; "$@"; date +%T');
  });

  test('what waits for bytes of ours is nothing to type', () => {
    expect(isTypeable({ question: tls, dialect: 'perl' })).toBe(false);
    expect(isTypeable({ question: tls, dialect: 'openssl' })).toBe(true);
    expect(isTypeable({ question: exchange, dialect: 'bash' })).toBe(false);
    expect(isTypeable({ question: connect, dialect: 'bash' })).toBe(true);
  });
});

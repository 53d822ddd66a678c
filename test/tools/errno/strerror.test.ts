import { describe, expect, test } from 'vitest';
import { connectOutcomeOf, outcomeOfLinuxErrno, recogniseErrno } from '../../../src/tools/errno/strerror.ts';

describe('the same failure is recognised in every wording', () => {
  test.each([
    ['glibc', 'nc: connect to 10.0.0.1 port 80 (tcp) failed: Connection refused', 'refused'],
    ['Node', 'Error: connect ECONNREFUSED 127.0.0.1:80', 'refused'],
    ['Go', 'dial tcp 10.0.0.1:80: connect: connection refused', 'refused'],
    ['Windows', 'No connection could be made because the target machine actively refused it.', 'refused'],
    ['pgjdbc', 'Connection to db:5432 refused. Check that the hostname and port are correct', 'refused'],
    ['glibc', 'Connection timed out', 'timeout'],
    ['musl', "nc: can't connect to remote host (10.0.0.1): Operation timed out", 'timeout'],
    ['ncat', 'Ncat: TIMEOUT.', 'timeout'],
    ['Go', 'dial tcp 10.0.0.1:80: i/o timeout', 'timeout'],
    ['Java 11', 'java.net.SocketTimeoutException: connect timed out', 'timeout'],
    ['Python', 'TimeoutError: timed out', 'timeout'],
    ['glibc', 'No route to host', 'host-unreachable'],
    ['musl', "can't connect to remote host (10.0.0.1): Host is unreachable", 'host-unreachable'],
    ['JDK 8', 'java.net.NoRouteToHostException: No route to host (Host unreachable)', 'host-unreachable'],
    ['glibc', 'connect: Network is unreachable', 'network-unreachable'],
    ['musl', 'ping: sendto: Network unreachable', 'network-unreachable'],
    ['glibc', 'Cannot assign requested address', 'address-not-available'],
    ['macOS', "Can't assign requested address", 'address-not-available'],
    ['musl', 'Address not available', 'address-not-available'],
    ['glibc', 'Operation not permitted', 'not-permitted'],
    ['glibc', 'Connection reset by peer', 'reset'],
    ['glibc', 'nc: getaddrinfo for host "x" port 80: Name or service not known', 'name-not-resolved'],
    ['musl', 'curl: Name does not resolve', 'name-not-resolved'],
    ['busybox', "nc: bad address 'x.example'", 'name-not-resolved'],
  ])('%s: %s', (_libc, text, outcome) => {
    expect(connectOutcomeOf(text)).toBe(outcome);
  });
});

test('a message that names no errno is not given one', () => {
  expect(recogniseErrno('Message too long')).toBeNull();
  expect(connectOutcomeOf('Message too long')).toBe('failed');
  expect(connectOutcomeOf('dial tcp 10.0.0.1:10061: i/o timeout')).toBe('timeout');
  expect(connectOutcomeOf('[WinError 10061]')).toBe('refused');
  expect(recogniseErrno('GET /timeout?host=refused.example')).toBeNull();
});

test('numbers that a runtime prints stand for the same outcomes', () => {
  expect([111, 110, 113, 101, 99, 1, 13, 104].map(outcomeOfLinuxErrno)).toEqual([
    'refused',
    'timeout',
    'host-unreachable',
    'network-unreachable',
    'address-not-available',
    'not-permitted',
    'not-permitted',
    'reset',
  ]);
  expect(outcomeOfLinuxErrno(9)).toBeNull();
});

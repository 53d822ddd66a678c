import { describe, expect, test } from 'vitest';
import { judgeEnding, readNotStarted } from '../../src/vantage/not-started.ts';

describe('who was to start a program says that it is not there', () => {
  // Captured with dash 0.5.12, bash 5.2, BusyBox 1.35, coreutils 9.1, util-linux 2.38, iproute2 6.1, containerd 1.6 with runc 1.1.
  test.each([
    'sh: 1: exec: nosuch: not found',
    'sh: line 1: exec: nosuch: not found',
    'sh: exec: line 0: nosuch: not found',
    'timeout: failed to run command \'nosuch\': No such file or directory',
    'timeout: failed to run command ‘nosuch’: No such file or directory',
    'timeout: can\'t execute \'nosuch\': No such file or directory',
    'nsenter: failed to execute nosuch: No such file or directory',
    'setsid: failed to execute nosuch: No such file or directory',
    'env: ‘nosuch’: No such file or directory',
    'exec of "nosuch" failed: No such file or directory',
    'error: Internal error occurred: OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown',
  ])('%s', (line) => {
    expect(readNotStarted('nosuch', `Warning: something\n${line}\n`)).toMatchObject({ exitCode: null, failure: 'no-such-command', detail: line });
    expect(readNotStarted('another', line)).toBeNull();
  });

  test.each([
    'sh: 1: exec: /etc/passwd: Permission denied',
    'sh: line 1: exec: /etc/passwd: cannot execute: Permission denied',
    'sh: exec: line 0: /etc/passwd: Permission denied',
    'timeout: failed to run command ‘/etc/passwd’: Permission denied',
    'exec of "/etc/passwd" failed: Permission denied',
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/etc/passwd": permission denied: unknown',
  ])('or may not be run: %s', (line) => {
    expect(readNotStarted('/etc/passwd', line)).toMatchObject({ failure: 'not-permitted' });
  });

  test.each(['ping: socket: Operation not permitted', 'curl: (6) Could not resolve host: nosuch', 'cat: nosuch: No such file or directory'])('a tool\'s own complaint is not that: %s', (line) => {
    expect(readNotStarted('nosuch', line)).toBeNull();
  });
});

describe('the end of a command', () => {
  const ended = (exitCode: number, stderr: string, hasStarted: boolean | null): ReturnType<typeof judgeEnding> =>
    judgeEnding({ program: 'curl', outermost: 'sh', ending: { exitCode, failure: null, detail: null }, stderr, hasStarted });

  test('is its own status once it has started', () => {
    expect(ended(255, 'Cannot open it\n', true)).toMatchObject({ exitCode: 255, failure: null });
    expect(ended(0, '', null)).toMatchObject({ exitCode: 0, failure: null });
  });

  test('is the loss of the place when it never started, even with status 0', () => {
    expect(ended(0, '', false)).toMatchObject({ exitCode: null, failure: 'vantage-lost' });
    expect(ended(255, 'ssh: connect to host n3 port 22: No route to host\n', false)).toMatchObject({ failure: 'vantage-lost', detail: 'ssh: connect to host n3 port 22: No route to host' });
  });

  test.each([
    'Cannot open network namespace "nosuch": No such file or directory',
    'ssh: Could not resolve hostname n3: Name or service not known',
    'Error response from daemon: No such container: app',
    'Error from server (NotFound): pods "nosuch" not found',
  ])('is the loss of the place where nothing proves a start: %s', (line) => {
    expect(ended(1, `${line}\n`, null)).toMatchObject({ exitCode: null, failure: 'vantage-lost', detail: line });
  });
});

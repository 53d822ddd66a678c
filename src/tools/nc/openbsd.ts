import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { OutputLine } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { connected, elapsedAt, factsOfLines, failed, peerOf } from '../connect/fact.ts';
import { connectLimitWholeSeconds } from '../connect/limit.ts';
import { startedArgv } from '../connect/started-argv.ts';

/**
 * OpenBSD's netcat, as Debian and Apple ship it (tried: Debian patchlevel 1.219). One fact a line: a name with several addresses gives
 * one for each that failed. `[udp/*] succeeded!` proves nothing and is `unavailable`.
 */
export const parseOpenbsdNc: Parse = (output) => factsOfLines(output, (line) => factOf(line, elapsedAt(output, line)));

function factOf({ text }: OutputLine, elapsedMs: number | null): Fact | null {
  // 1.219: `Connection to 10.72.0.2 7002 port [tcp/*] succeeded!`; with a name: `Connection to db.example (10.72.0.2) 7002 port [tcp/*] succeeded!`
  const success = /^Connection to (\S+)(?: \((\S+)\))? (\d+) port \[(tcp|udp)\/[^\]]*\] succeeded!$/u.exec(text);
  if (success !== null) {
    if (success[4] === 'udp') return { kind: 'unavailable', reason: 'not-understood', detail: `a UDP port gives no sign: ${text}` };
    return connected(peerOf(success[1] ?? null, success[3] ?? null, success[2] ?? null), elapsedMs);
  }
  // 1.219: `nc: connect to 10.72.0.2 port 7999 (tcp) failed: Connection refused`
  //        `nc: connect to 10.72.0.2 port 9001 (tcp) timed out: Operation now in progress`
  const failure = /^\S+: connect to (\S+)(?: \((\S+)\))? port (\d+) \((tcp|udp)\) ((?:failed|timed out): .*)$/u.exec(text);
  if (failure !== null) {
    const [, host = null, address = null, port = null, transport, message = ''] = failure;
    return failed(peerOf(host, port, address), message, elapsedMs, transport === 'udp' ? 'udp' : 'tcp');
  }
  // 1.219: `nc: getaddrinfo for host "no-such-name.example" port 80: Temporary failure in name resolution`
  const unresolved = /^\S+: getaddrinfo for host "(.*)" port (\d+): (.*)$/u.exec(text);
  if (unresolved !== null) return failed(peerOf(unresolved[1] ?? null, unresolved[2] ?? null), unresolved[3] ?? '', elapsedMs);
  return null;
}

export const openbsdNcConnect: Dialect<'connect'> = {
  id: 'nc-openbsd',
  tool: 'nc',
  implementation: 'openbsd',
  argv: (question, limits, tools) =>
    startedArgv(tools, ['nc', '-v', '-z', '-n', '-w', connectLimitWholeSeconds(limits), question.address, String(question.port)]),
  parse: parseOpenbsdNc,
};

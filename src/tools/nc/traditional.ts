import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { OutputLine } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { connected, elapsedAt, factsOfLines, failed, peerOf } from '../connect/fact.ts';
import { connectLimitWholeSeconds } from '../connect/limit.ts';
import { startedArgv } from '../connect/started-argv.ts';

/** Hobbit's netcat (tried: Debian netcat-traditional 1.10-47). Says `open` for UDP too, without naming the transport: never ask it with -u. */
export const parseTraditionalNc: Parse = (output) => factsOfLines(output, (line) => factOf(line, elapsedAt(output, line)));

function factOf({ text }: OutputLine, elapsedMs: number | null): Fact | null {
  // 1.10-47: `(UNKNOWN) [10.72.0.2] 7002 (?) open`; with a name: `db.example [10.72.0.2] 5432 (postgresql) open`
  //          `(UNKNOWN) [10.72.0.2] 7999 (?) : Connection refused`
  const tried = /^(\S+) \[([\d.]+)\] (\d+) \([^)]*\) (open|: .*)$/u.exec(text);
  if (tried !== null) {
    const [, name = '', address = null, port = null, end = ''] = tried;
    const peer = peerOf(name === '(UNKNOWN)' ? address : name, port, address);
    return end === 'open' ? connected(peer, elapsedMs) : failed(peer, end.slice(2), elapsedMs);
  }
  // 1.10-47: `no-such-name.example: forward host lookup failed: Host name lookup failure`; an inverse lookup that fails says nothing
  const unresolved = /^(\S+): (forward host lookup failed: .*)$/u.exec(text);
  return unresolved === null ? null : failed(peerOf(unresolved[1] ?? null, null), unresolved[2] ?? '', elapsedMs);
}

/** IPv4 only: `Can't parse fd72::2 as an IP address`. */
export const traditionalNcConnect: Dialect<'connect'> = {
  id: 'nc-traditional',
  tool: 'nc',
  implementation: 'traditional',
  argv: (question, limits, tools) => {
    if (question.address.includes(':')) return null;
    const args = ['-v', '-n', '-z', '-w', connectLimitWholeSeconds(limits), question.address, String(question.port)];
    return startedArgv(tools, ['nc', ...args]);
  },
  parse: parseTraditionalNc,
};

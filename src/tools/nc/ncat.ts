import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { CommandOutput, OutputLine } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { connected, elapsedBetween, factsOfLines, failed, peerOf, START_MARKER, UNNAMED_PEER } from '../connect/fact.ts';
import { connectLimitMs } from '../connect/limit.ts';
import { startedArgv } from '../connect/started-argv.ts';

/** Nmap's netcat (tried: Ncat 7.93). For UDP it says `Connected to` as well, then `UDP packet sent successfully`: that proves nothing. */
export const parseNcat: Parse = (output) => {
  // Ncat 7.93 -u -z: `Ncat: UDP packet sent successfully`
  const udp = output.lines.find((line) => /^Ncat: UDP packet sent/u.test(line.text));
  if (udp !== undefined) return [{ kind: 'unavailable', reason: 'not-understood', detail: `a UDP port gives no sign: ${udp.text}` }];
  return factsOfLines(output, (line) => factOf(line, elapsedSinceBanner(output, line)));
};

function factOf({ text }: OutputLine, elapsedMs: number | null): Fact | null {
  // 7.93: `Ncat: Connected to 10.72.0.2:7002.`; IPv6 without brackets: `Ncat: Connected to fd72::2:7002.`
  const success = /^Ncat: Connected to (\S+):(\d+)\.$/u.exec(text);
  if (success !== null) return connected(peerOf(success[1] ?? null, success[2] ?? null), elapsedMs);
  // 7.93, a name with several addresses: `Ncat: Connection to 10.72.0.2 failed: Connection refused.`, then `Ncat: Trying next address...`
  const oneOfMany = /^Ncat: Connection to (\S+) failed: (.*)\.$/u.exec(text);
  if (oneOfMany !== null) return failed(peerOf(oneOfMany[1] ?? null, null), oneOfMany[2] ?? '', elapsedMs);
  // 7.93: `Ncat: Could not resolve hostname "no-such-name.example": Temporary failure in name resolution. QUITTING.`
  const unresolved = /^Ncat: Could not resolve hostname "(.*)": (.*)\. QUITTING\.$/u.exec(text);
  if (unresolved !== null) return failed(peerOf(unresolved[1] ?? null, null), `could not resolve host: ${unresolved[2] ?? ''}`, elapsedMs);
  // 7.93: `Ncat: Connection refused.`, `Ncat: TIMEOUT.`, `Ncat: No route to host.`
  const failure = /^Ncat: ((?:Connection (?:refused|timed out|reset by peer)|TIMEOUT|No route to host|Network is unreachable|Host is (?:down|unreachable)|Operation (?:not permitted|timed out)|Permission denied|Cannot assign requested address)\.)$/u.exec(text);
  return failure === null ? null : failed(UNNAMED_PEER, failure[1] ?? '', elapsedMs);
}

/** Ncat needs 50 ms to get going (reads its tables): the banner, printed right before the connect, starts the clock. */
function elapsedSinceBanner(output: CommandOutput, line: OutputLine): number | null {
  // 7.93: `Ncat: Version 7.93 ( https://nmap.org/ncat )`
  const starts = output.lines.filter(({ text }) => text === START_MARKER || /^Ncat: Version \d/u.test(text));
  return elapsedBetween(starts.at(-1), line);
}

function ncatConnect(command: 'nc' | 'ncat'): Dialect<'connect'> {
  return {
    id: command === 'ncat' ? 'ncat' : 'nc-ncat',
    tool: command,
    implementation: 'ncat',
    argv: (question, limits, tools) => {
      const args = ['-v', '-n', '-z', '-w', `${String(connectLimitMs(limits))}ms`, question.address, String(question.port)];
      return startedArgv(tools, [command, ...args]);
    },
    parse: parseNcat,
  };
}

export const ncatDialect = ncatConnect('ncat');
export const ncAsNcatDialect = ncatConnect('nc');

import type { OutputLine } from '../../domain/command.ts';
import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { Fact } from '../../domain/facts.ts';
import { connected, elapsedBetween, failed, notUnderstood, peerOf, UNNAMED_PEER, type Peer } from '../connect/fact.ts';
import { connectLimitSeconds } from '../connect/limit.ts';
import { startedArgv } from '../connect/started-argv.ts';

/**
 * socat with -d -d (tried: 1.7.4.4). Its lines stand in order: the peer, then what became of it. One fact for each connection that was
 * opened; a listener's or a file's lines are no connection.
 */
export const parseSocat: Parse = (output) => {
  const facts: Fact[] = [];
  let peer: Peer = UNNAMED_PEER;
  let start: OutputLine | undefined;
  for (const line of output.lines) {
    // 1.7.4.4: `2026/11/23 03:53:29 socat[27453] N opening connection to AF=2 10.72.0.2:7002`
    const opening = /socat\[\d+\] N opening connection to (?:AF=\d+ )?(\S+):(\d+)$/u.exec(line.text);
    if (opening !== null) {
      peer = peerOf(opening[1] ?? null, opening[2] ?? null);
      start = line;
      continue;
    }
    const fact = factOf(line.text, peer, elapsedBetween(start, line));
    // The data loop's line is about this connection only where one was opened before.
    if (fact !== null && (start !== undefined || fact.kind !== 'connect' || fact.outcome !== 'connected')) facts.push(fact);
  }
  return facts.length > 0 ? firstSuccessAlone(facts) : [notUnderstood(output)];
};

function factOf(text: string, peer: Peer, elapsedMs: number | null): Fact | null {
  // 1.7.4.4: `... socat[27453] N starting data transfer loop with FDs [5,5] and [6,6]`; `... successfully connected from local address AF=2 ...`
  if (/socat\[\d+\] N (?:starting data transfer loop|successfully connected from)/u.test(text)) return connected(peer, elapsedMs);
  // 1.7.4.4: `... E connect(6, AF=2 10.72.0.2:7999, 16): Connection refused`; `... E connecting to AF=2 10.72.0.2:9001: Connection timed out`
  const failure = /socat\[\d+\] [EW] connect(?:ing to|\(\d+,) (?:AF=\d+ )?(\S+?):(\d+)(?:, \d+\))?: (.*)$/u.exec(text);
  if (failure !== null) return failed(peerOf(failure[1] ?? null, failure[2] ?? null), failure[3] ?? '', elapsedMs);
  // 1.7.4.4: `... E getaddrinfo("no-such-name.example", "NULL", {1,0,1,6}, {}): Temporary failure in name resolution`
  const unresolved = /socat\[\d+\] E getaddrinfo\("([^"]*)", [^)]*\): (.*)$/u.exec(text);
  return unresolved === null ? null : failed(peerOf(unresolved[1] ?? null, null), unresolved[2] ?? '', elapsedMs);
}

/** Two of socat's lines may say that one connection is there. */
function firstSuccessAlone(facts: readonly Fact[]): readonly Fact[] {
  const success = facts.findIndex((fact) => fact.kind === 'connect' && fact.outcome === 'connected');
  return success < 0 ? facts : facts.slice(0, success + 1);
}

/** `TCP:10.0.0.1:5432` or `TCP:[fd00::1]:5432`. */
export function socatAddress(address: string, port: number): string {
  return `TCP:${address.includes(':') ? `[${address}]` : address}:${String(port)}`;
}

export const socatConnect: Dialect<'connect'> = {
  id: 'socat',
  tool: 'socat',
  implementation: 'socat',
  argv: (question, limits, tools) => {
    // A comma or an exclamation mark in a host would begin an option of socat's own address language.
    if (!/^[\w.:%-]+$/u.test(question.address)) return null;
    const destination = `${socatAddress(question.address, question.port)},connect-timeout=${connectLimitSeconds(limits)}`;
    return startedArgv(tools, ['socat', '-d', '-d', '-u', 'OPEN:/dev/null', destination]);
  },
  parse: parseSocat,
};

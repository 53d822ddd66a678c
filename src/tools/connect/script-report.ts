import type { CommandOutput, OutputLine } from '../../domain/command.ts';
import type { ConnectFact, Fact } from '../../domain/facts.ts';
import { connected, elapsedBetween, failed, notUnderstood, peerOf, timedOut, type Peer } from './fact.ts';

/**
 * The report that our own bash, Python, Perl and Node one-liners print about one connect:
 *
 *     netdiag-connect to 10.0.0.1 5432
 *     netdiag-connect connected 1204
 *     netdiag-connect failed 1311 ECONNREFUSED Connection refused
 *     netdiag-connect timeout 3500127
 *
 * The number is microseconds by the script's own clock, or `-` where it has none; then the lines' arrival counts.
 */
export function parseScriptReport(output: CommandOutput): readonly Fact[] {
  const start = find(output, /^netdiag-connect to (\S+) (\d+)(?: tcp)?$/u);
  const end = find(output, /^netdiag-connect (connected|failed|timeout) (-|\d+)(?: (.*))?$/u);
  if (start === null || end === null) return [notUnderstood(output)];
  const peer = peerOf(start.match[1] ?? null, start.match[2] ?? null);
  const microseconds = end.match[2] ?? '-';
  const elapsedMs = microseconds === '-' ? elapsedBetween(start.line, end.line) : Math.round(Number(microseconds) / 10) / 100;
  return factOf(peer, end.match[1] ?? '', end.match[3] ?? '', elapsedMs) ?? [notUnderstood(output)];
}

function factOf(peer: Peer, word: string, message: string, elapsedMs: number | null): readonly ConnectFact[] | null {
  switch (word) {
    case 'connected':
      return [connected(peer, elapsedMs)];
    case 'timeout':
      return [timedOut(peer, 'no answer within the limit', elapsedMs)];
    case 'failed':
      return message === '' ? null : [failed(peer, message, elapsedMs)];
    default:
      return null;
  }
}

function find(output: CommandOutput, pattern: RegExp): { readonly line: OutputLine; readonly match: RegExpExecArray } | null {
  for (const line of output.lines) {
    const match = pattern.exec(line.text);
    if (match !== null) return { line, match };
  }
  return null;
}

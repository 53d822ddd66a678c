import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { OutputLine } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { CHANNEL_CONNECTED } from '../../domain/dialect.ts';
import { connected, elapsedAt, factsOfLines, failed, peerOf, timedOut, UNNAMED_PEER } from '../connect/fact.ts';
import { connectLimitWholeSeconds } from '../connect/limit.ts';
import { startedArgv } from '../connect/started-argv.ts';
import { busyboxArgv } from '../survey/busybox.ts';

/** busybox's nc in both its builds (tried: 1.35.0 of Debian, and 1.35.0 with CONFIG_NC_110_COMPAT as Alpine builds it). */
export const parseBusyboxNc: Parse = (output) => factsOfLines(output, (line) => factOf(line, elapsedAt(output, line)));

function factOf({ text }: OutputLine, elapsedMs: number | null): Fact | null {
  // our own `-e sh -c 'echo netdiag-connected >&2'`, which nc starts after the connection is made and not before
  if (text === CHANNEL_CONNECTED) return connected(UNNAMED_PEER, elapsedMs);
  // 1.35.0 (Debian): `nc: timed out`; with NC_110_COMPAT: `nc: timeout`
  if (/^nc: (?:timed out|timeout)$/u.test(text)) return timedOut(UNNAMED_PEER, text, elapsedMs);
  // 1.35.0: `nc: can't connect to remote host (10.72.0.2): Connection refused`; IPv6: `nc: can't connect to remote host: Network is unreachable`
  const failure = /^(?:nc|netcat): can't connect to remote host(?: \((\S+)\))?: (.*)$/u.exec(text);
  if (failure !== null) return failed(peerOf(failure[1] ?? null, null), failure[2] ?? '', elapsedMs);
  // 1.35.0: `nc: bad address 'no-such-name.example'`
  const unresolved = /^(?:nc|netcat): bad address '(.*)'$/u.exec(text);
  if (unresolved !== null) return failed(peerOf(unresolved[1] ?? null, null), text, elapsedMs);
  return compatFactOf(text, elapsedMs);
}

/** The build with -v and -z names host and address, the latter in brackets when it is IPv6. */
function compatFactOf(text: string, elapsedMs: number | null): Fact | null {
  // 1.35.0, NC_110_COMPAT: `10.72.0.2 (10.72.0.2:7002) open`, `fd72::2 ([fd72::2]:7002) open`
  const success = /^(\S+) \((\S+):(\d+)\) open$/u.exec(text);
  if (success !== null) return connected(namedPeer(success), elapsedMs);
  // 1.35.0, NC_110_COMPAT: `nc: 10.72.0.2 (10.72.0.2:9001): Connection timed out`
  const failure = /^(?:nc|netcat): (\S+) \((\S+):(\d+)\): (.*)$/u.exec(text);
  return failure === null ? null : failed(namedPeer(failure), failure[4] ?? '', elapsedMs);
}

function namedPeer(match: RegExpExecArray): ReturnType<typeof peerOf> {
  return peerOf(match[1] ?? null, match[3] ?? null, (match[2] ?? '').replace(/^\[(.*)\]$/u, '$1'));
}

const SAY_CONNECTED = `echo ${CHANNEL_CONNECTED} >&2`;

/**
 * Debian's build has no -v and no -z, and without them a connection cannot be told from silence. But -e starts a program once
 * the connection is made, with the standard error that nc was given: that program's one line is the proof, and its end closes the connection.
 */
export const busyboxNcConnect: Dialect<'connect'> = {
  id: 'nc-busybox',
  tool: 'nc',
  implementation: 'busybox',
  argv: (question, limits, tools) => {
    const args = ['-w', connectLimitWholeSeconds(limits), question.address, String(question.port)];
    const proof = busyboxArgv(tools, 'sh', ['-c', SAY_CONNECTED]);
    return startedArgv(tools, busyboxArgv(tools, 'nc', [...args, '-e', ...proof]));
  },
  parse: parseBusyboxNc,
};

/** A refusal is said at -vv only: with a single -v this build is silent about it and exits with 1. */
export const busyboxExtrasNcConnect: Dialect<'connect'> = {
  id: 'nc-busybox-extras',
  tool: 'nc',
  implementation: 'busybox-extras',
  argv: (question, limits, tools) => {
    const args = ['-v', '-v', '-z', '-n', '-w', connectLimitWholeSeconds(limits), question.address, String(question.port)];
    return startedArgv(tools, busyboxArgv(tools, 'nc', args));
  },
  parse: parseBusyboxNc,
};

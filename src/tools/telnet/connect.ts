import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { CommandOutput, OutputLine } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { connected, elapsedAt, factsOfLines, failed, peerOf, START_MARKER, timedOut, UNNAMED_PEER } from '../connect/fact.ts';
import { connectLimitMs } from '../connect/limit.ts';
import { startedArgv } from '../connect/started-argv.ts';
import { busyboxArgv } from '../survey/busybox.ts';
import { boundedArgv } from '../survey/timeout.ts';

/**
 * telnet of GNU inetutils (tried: 2.4), netkit (the same lines) and busybox (tried: 1.35.0). Standard output is a pipe, so telnet's lines there come late or,
 * if it is killed, never. But with empty standard input it ends by itself as soon as it is connected, even to a server that
 * keeps silent or keeps sending: when `timeout` had to end it (124, or 143 with busybox), it was still connecting.
 */
export const parseTelnet: Parse = (output) => {
  const ownTimeout = timeoutFact(output);
  return ownTimeout === null ? factsOfLines(output, (line) => factOf(output, line)) : [ownTimeout];
};

function factOf(output: CommandOutput, line: OutputLine): Fact | null {
  const elapsedMs = elapsedAt(output, line);
  // inetutils 2.4: `Connected to 10.72.0.2.`; busybox 1.35.0: `Connected to 10.72.0.2`
  const success = /^Connected to (\S+?)\.?$/u.exec(line.text);
  if (success !== null) return connected(peerOf(success[1] ?? null, null), elapsedMs);
  // busybox 1.35.0: `telnet: can't connect to remote host (10.72.0.2): Connection refused`
  const busybox = /^telnet: can't connect to remote host(?: \((\S+)\))?: (.*)$/u.exec(line.text);
  if (busybox !== null) return failed(peerOf(busybox[1] ?? null, null), busybox[2] ?? '', elapsedMs);
  // inetutils 2.4: `telnet: Unable to connect to remote host: Connection refused`; macOS: `telnet: connect to address 10.0.0.1: Connection refused`
  const failure = /^telnet: (?:Unable to connect to remote host|connect to address (\S+)): (.*)$/u.exec(line.text);
  if (failure !== null) return failed(peerOf(failure[1] ?? triedAddress(output), null), failure[2] ?? '', elapsedMs);
  // inetutils 2.4: `Server lookup failure:  no-such-name.example:80, Temporary failure in name resolution`
  const lookup = /^Server lookup failure: +(\S+):(\d+), (.*)$/u.exec(line.text);
  if (lookup !== null) return failed(peerOf(lookup[1] ?? null, lookup[2] ?? null), lookup[3] ?? '', elapsedMs);
  // busybox 1.35.0: `telnet: bad address 'no-such-name.example'`; netkit 0.17: `telnet: could not resolve x.example/80: Name or service not known`
  const unresolved = /^(telnet: (?:bad address '(.*)'|could not resolve (\S+)\/\S+: .*))$/u.exec(line.text);
  return unresolved === null ? null : failed(peerOf(unresolved[2] ?? unresolved[3] ?? null, null), line.text, elapsedMs);
}

/** inetutils 2.4: `Trying 10.72.0.2...`, on standard output, after the failure's line in order of arrival. */
function triedAddress(output: CommandOutput): string | null {
  return output.lines.map(({ text }) => /^Trying (\S+)\.\.\.$/u.exec(text)?.[1]).find((address) => address !== undefined) ?? null;
}

function timeoutFact(output: CommandOutput): Fact | null {
  if (output.exitCode !== 124 && output.exitCode !== 143) return null;
  const start = output.lines.find(({ text }) => text === START_MARKER);
  // `Terminated` is the shell's, `command terminated with exit code 143` kubectl exec's (1.34) own word about the same end.
  const expected = /^(?:netdiag-start|Terminated|Trying \S+\.\.\.|command terminated with exit code 1(?:24|43))$/u;
  const others = output.lines.filter(({ text }) => !expected.test(text));
  if (start === undefined || others.length > 0) return null;
  return timedOut(UNNAMED_PEER, 'still connecting at the limit', Math.round(output.durationMs - start.atMs));
}

function telnetConnect(id: string, implementation: 'inetutils' | 'netkit' | 'busybox', flags: readonly string[]): Dialect<'connect'> {
  return {
    id,
    tool: 'telnet',
    implementation,
    argv: (question, limits, tools) => {
      const args = [...flags, question.address, String(question.port)];
      const telnet = implementation === 'busybox' ? busyboxArgv(tools, 'telnet', args) : ['telnet', ...args];
      const bounded = boundedArgv(tools, connectLimitMs(limits), telnet);
      // Without `timeout` nothing ends a telnet that waits for a connection; without `sh` a limit cannot be told from a lost vantage.
      return bounded === null || tools.tools['sh'] === undefined ? null : startedArgv(tools, bounded);
    },
    parse: parseTelnet,
  };
}

export const telnetInetutilsConnect = telnetConnect('telnet', 'inetutils', ['-E']);
export const telnetNetkitConnect = telnetConnect('telnet-netkit', 'netkit', ['-E']);
export const telnetBusyboxConnect = telnetConnect('telnet-busybox', 'busybox', []);

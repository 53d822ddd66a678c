import type { CommandOutput } from '../../domain/command.ts';
import type { Parse } from '../../domain/dialect.ts';
import type { Fact } from '../../domain/facts.ts';
import { CHANNEL_CONNECTED } from '../../domain/dialect.ts';
import { connected, elapsedBetween, failed, notUnderstood, peerOf, type Peer } from '../connect/fact.ts';
import { parseScriptReport } from '../connect/script-report.ts';
import { parseBashMessage } from '../bash/message.ts';

/** After standard input has closed, an answer may still come for this long; then the channel ends by itself. */
export const CHANNEL_LINGER_SECONDS = 5;

/**
 * What our own bash, Python, Perl and Node channels write on standard error: `netdiag-connect to ADDRESS PORT TRANSPORT`, then
 * `netdiag-connected`, or `netdiag-connect failed - MESSAGE`, or `netdiag-connect timeout -`, or bash's own message. For UDP,
 * connected says only that there is a socket and a route: without a later refusal the fact is `unavailable`.
 */
export const parseChannelReport: Parse = (output) => {
  const start = output.lines.find((line) => line.text.startsWith('netdiag-connect to '));
  const [, host = null, port = null, transport] = /^netdiag-connect to (\S+) (\d+) (tcp|udp)$/u.exec(start?.text ?? '') ?? [];
  const success = output.lines.find((line) => line.text === CHANNEL_CONNECTED);
  if (transport === 'udp') return [udpFact(output, peerOf(host, port))];
  if (success !== undefined) return [connected(peerOf(host, port), elapsedBetween(start, success))];
  const facts = parseScriptReport(output);
  return facts[0]?.kind === 'unavailable' ? parseBashMessage(output) : facts;
};

/** Perl's, Python's and Node's `netdiag-connect failed - Connection refused`; coreutils 9.1 under bash: `cat: -: Connection refused`, `cat: write error: Connection refused` */
function udpFact(output: CommandOutput, peer: Peer): Fact {
  for (const { text } of output.lines) {
    const message = /^(?:netdiag-connect failed - |cat: (?:-|read error|write error|\(standard input\)): )(.*)$/u.exec(text)?.[1];
    if (message !== undefined) return failed(peer, message, null, 'udp');
  }
  return { ...notUnderstood(output), detail: 'a UDP socket gives no sign of the other end' };
}

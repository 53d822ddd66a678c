import type { Parse } from '../../domain/dialect.ts';
import { CHANNEL_CONNECTED } from '../../domain/dialect.ts';
import { connected, elapsedBetween, peerOf } from '../connect/fact.ts';
import { parseScriptReport } from '../connect/script-report.ts';

/** After standard input has closed, an answer may still come for this long; then the channel ends by itself. */
export const CHANNEL_LINGER_SECONDS = 5;

/**
 * What our own bash, Python, Perl and Node channels write on standard error: `netdiag-connect to ADDRESS PORT`, then
 * `netdiag-connected` or `netdiag-connect failed - MESSAGE` or `netdiag-connect timeout -`. For UDP, connected says only that there is a
 * socket and a route: the caller must not ask this parser about a UDP channel that did connect.
 */
export const parseChannelReport: Parse = (output) => {
  const success = output.lines.find((line) => line.text === CHANNEL_CONNECTED);
  const start = output.lines.find((line) => line.text.startsWith('netdiag-connect to '));
  const [, host = null, port = null] = /^netdiag-connect to (\S+) (\d+)$/u.exec(start?.text ?? '') ?? [];
  return success === undefined ? parseScriptReport(output) : [connected(peerOf(host, port), elapsedBetween(start, success))];
};

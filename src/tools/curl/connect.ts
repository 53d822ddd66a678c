import type { Dialect } from '../../domain/dialect.ts';
import type { Fact } from '../../domain/facts.ts';
import { connectLimitWholeSeconds } from '../connect/limit.ts';
import { unavailable } from '../no-answer.ts';
import { parseCurl } from './curl.ts';
import { WRITE_OUT } from './argv.ts';

/**
 * curl's telnet connects, sends nothing of its own accord, and stays until the peer closes or --max-time ends it, a second after the last
 * moment at which it could connect (tried: 7.88.1). Some builds lack the protocol and say so.
 */
export const curlConnect: Dialect<'connect'> = {
  id: 'curl-connect',
  tool: 'curl',
  implementation: 'curl',
  argv: ({ address, port }, limits) => {
    const seconds = connectLimitWholeSeconds(limits);
    const url = `telnet://${address.includes(':') ? `[${address}]` : address}:${String(port)}`;
    return ['curl', '-q', '-g', '-sS', '-v', '--noproxy', '*', '--connect-timeout', seconds, '--max-time', String(Number(seconds) + 1), '-w', `\\n${WRITE_OUT}\\n`, '--url', url];
  },
  parse: (output) => {
    const facts = parseCurl(output);
    const connects = facts.filter((fact): fact is Extract<Fact, { kind: 'connect' }> => fact.kind === 'connect');
    if (connects.length > 0) return connects;
    return [facts.find((fact) => fact.kind === 'unavailable') ?? unavailable('not-understood', output.stderr.trim().split('\n')[0] ?? '')];
  },
};

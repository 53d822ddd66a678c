import type { Question } from '../domain/question.ts';
import { countersDialects } from '../tools/counters/dialects.ts';
import { askDialects } from './ask-dialects.ts';
import type { Finding, ProbeContext } from './probe.ts';

/** Of some hundred lines those that the fact is read from, by whichever reader: `Tcp: ...`, `/proc/net/snmp<TAB>Tcp: ...`. */
const READ_FROM = /^(?:\/proc\/net\/\S+\t)?(?:(?:Ip|Icmp|Tcp|Udp|TcpExt|IpExt): |(?:TCP|UDP): inuse|(?:Ip6|Icmp6|Udp6)\w+\s+[1-9])/u;

/** Not shown live: these lines are thousands of characters long, and what has changed is told when it is known. */
export async function readCounters(question: Extract<Question, { kind: 'counters' }>, context: ProbeContext): Promise<Finding> {
  const quiet = { ...context, watch: { ...context.watch, line: () => undefined } };
  const finding = await askDialects(countersDialects, question, quiet);
  return { ...finding, lines: finding.lines.filter((line) => READ_FROM.test(line)) };
}

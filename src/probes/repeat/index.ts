import type { Observation } from '../../domain/observation.ts';
import type { ToolsFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { queryDialects } from '../../tools/query-dialects.ts';
import { requestDialects } from '../../tools/request-dialects.ts';
import { traceDialects } from '../../tools/trace-dialects.ts';
import { tlsDialects } from '../../tools/tls-dialects.ts';
import { connectArgv, datagramArgv, exchangeArgv } from './connections.ts';
import { filesArgv, queryArgv, resolveArgv } from './names.ts';
import { requestArgv } from './requests.ts';
import { handshakeArgv } from './handshakes.ts';
import { conntrackArgv, countersArgv, interfacesArgv, neighboursArgv, processesArgv, routesArgv, socketsArgv, traceArgv } from './tables.ts';

export { repeatedly } from './repeatedly.ts';

/** Dialects that ask these by themselves; every other one is a channel, whose command waits for bytes of ours. */
const WHOLE_COMMANDS: Readonly<Partial<Record<Question['kind'], readonly { readonly id: string }[]>>> = {
  request: requestDialects,
  tls: tlsDialects,
  query: queryDialects,
  // A trace by a script of ours is nothing to type.
  trace: traceDialects.filter(({ id }) => id !== 'python3-trace' && id !== 'perl-trace'),
  exchange: [],
};

/** Whether what the probe ran shows its answer to a person, too. */
export function isTypeable({ question, dialect }: Pick<Observation, 'question' | 'dialect'>): boolean {
  if (hasSmallSegments(question)) return false;
  const whole = WHOLE_COMMANDS[question.kind];
  return whole === undefined || whole.some(({ id }) => id === dialect);
}

/** No tool that people know sends small segments. */
function hasSmallSegments(question: Question): boolean {
  return 'segmentBytes' in question && question.segmentBytes !== undefined;
}

/** What of an observation says how to see it again. */
export type Seen = Pick<Observation, 'question' | 'fact'>;

/**
 * The command that a person types in the vantage to see a fact again: short, well known, made of tools that are there, and over after ten
 * seconds or so whatever the network does. null when nothing shorter exists than what the probe itself ran.
 */
export function repeatArgv({ question, fact }: Seen, tools: ToolsFact): readonly string[] | null {
  if (hasSmallSegments(question)) return null;
  switch (question.kind) {
    case 'resolve':
      return resolveArgv(question.name, fact, tools);
    case 'query':
      return queryArgv(question, tools);
    case 'files':
      return filesArgv(fact, tools);
    case 'connect':
      return connectArgv(question, tools);
    case 'request':
      return requestArgv(question, fact, tools);
    case 'tls':
      return handshakeArgv(question, tools);
    case 'exchange':
      return question.protocol === 'udp' ? datagramArgv(question, tools) : exchangeArgv(question, fact, tools);
    case 'trace':
      return traceArgv(question, tools);
    case 'interfaces':
      return interfacesArgv(tools);
    case 'routes':
      return routesArgv(fact, tools);
    case 'neighbours':
      return neighboursArgv(tools);
    case 'sockets':
      return socketsArgv(tools);
    case 'conntrack':
      return conntrackArgv(question, fact, tools);
    case 'counters':
      return countersArgv(tools);
    case 'processes':
      return processesArgv(fact, tools);
    case 'ping':
    case 'tools':
    case 'pod-state':
    case 'node-state':
    case 'cni-state':
    case 'proxy-state':
    case 'cluster-dns':
    case 'dns-server':
    case 'service':
    case 'service-at':
    case 'changes':
    case 'policy':
    case 'log':
    case 'endpoints':
      return null;
  }
}

import type { Question } from '../domain/question.ts';
import { conntrackDialects } from '../tools/conntrack/dialects.ts';
import { connectDialects } from '../tools/connect-dialects.ts';
import { interfacesDialects, neighboursDialects, routesDialects, socketsDialects } from '../tools/link-dialects.ts';
import { processesDialects } from '../tools/processes/processes.ts';
import { pingDialects } from '../tools/ping-dialects.ts';
import { queryDialects } from '../tools/query-dialects.ts';
import { requestDialects } from '../tools/request-dialects.ts';
import { resolveDialects } from '../tools/resolve-dialects.ts';
import { tlsDialects } from '../tools/tls-dialects.ts';
import { traceDialects } from '../tools/trace-dialects.ts';
import type { ToolsFact } from '../domain/facts.ts';
import { askDialects, has } from './ask-dialects.ts';
import { completeFacts } from './complete.ts';
import { readCounters } from './counters.ts';
import { filesOf } from './files-of.ts';
import { isEmpty, nothingFound, type Finding, type ProbeContext } from './probe.ts';
import { exchangeByTunnel, requestByTunnel, tlsByTunnel } from './by-tunnel.ts';
import { datagramByTunnel } from './datagram-by-tunnel.ts';
import { queryByTunnel } from './query-by-tunnel.ts';

export { surveyTools, toolsOf, type FirstLook } from './survey.ts';

/** What a command may take beyond the one wait that it is about: starting it, and a slow way to the vantage. */
const OVERHEAD_MS = 2500;
/** A trace waits for one silent hop after another, a request for the answer after the connect. */
const WAITS: Partial<Record<Question['kind'], number>> = { request: 3 };
const LONGEST_RESOLVE_MS = 12_000;
/** Three errors of a router that says one in two seconds. */
const SPARING_TRACE_MS = 7000;

/** A slow place gets this many times its survey's time more, and no more than the limit. */
const SLOWNESS_FACTOR = 2;
const SLOWNESS_LIMIT_MS = 10_000;

/** When the vantage ends the command of this question. A place where the survey took long is given longer: slow is not broken. */
export function commandTimeoutMs(question: Question, connectTimeoutMs: number, surveyMs: number): number {
  if (question.kind === 'resolve') return LONGEST_RESOLVE_MS;
  const waitMs = question.kind === 'trace' && question.sparing === true ? SPARING_TRACE_MS : connectTimeoutMs * (WAITS[question.kind] ?? 1);
  return waitMs + OVERHEAD_MS + Math.min(SLOWNESS_LIMIT_MS, surveyMs * SLOWNESS_FACTOR);
}

/** True when a place has at least one tool that can open a connection; without one nothing about the network can be asked there. */
export function canReachOut(tools: ToolsFact): boolean {
  return [...connectDialects, ...requestDialects].some((dialect) => has(tools, dialect));
}

/** Asks one question at one vantage, with whatever it has there. */
export async function askVantage(question: Question, context: ProbeContext): Promise<Finding> {
  const startedEpochMs = Date.now();
  const finding = await ask(question, context);
  const times = { startedEpochMs, durationMs: Date.now() - startedEpochMs };
  return { ...finding, facts: completeFacts(finding.facts, question, times) };
}

async function ask(question: Question, context: ProbeContext): Promise<Finding> {
  switch (question.kind) {
    case 'files':
      return filesOf(context);
    case 'resolve':
      return askDialects(resolveDialects, question, context);
    case 'query': {
      const byUs = (): Promise<Finding> => queryByTunnel(question, context);
      return orWhole(await orElse(await askDialects(queryDialects, question, context), byUs), byUs);
    }
    case 'connect':
      return askDialects(connectDialects, question, context);
    case 'request':
      if (question.segmentBytes !== undefined) return requestByTunnel(question, context);
      // Our own client says more than any wget: it comes before them, and after curl.
      return orElse(await askDialects(requestDialects.slice(0, 1), question, context), async () =>
        orElse(await requestByTunnel(question, context), () => askDialects(requestDialects.slice(1), question, context)),
      );
    case 'tls':
      if (question.segmentBytes !== undefined) return tlsByTunnel(question, context);
      // Ours first: s_client says nothing of a port that keeps silent, and leaves before a TLS 1.3 server asks for a certificate.
      return orElse(await tlsByTunnel(question, context), () => askDialects(tlsDialects, question, context));
    case 'exchange':
      return question.protocol === 'udp' ? datagramByTunnel(question, context) : exchangeByTunnel(question, context);
    case 'ping':
      return askDialects(pingDialects, question, context);
    case 'trace':
      return askDialects(traceDialects, question, context);
    case 'interfaces':
      return askDialects(interfacesDialects, question, context);
    case 'routes':
      return askDialects(routesDialects, question, context);
    case 'neighbours':
      return askDialects(neighboursDialects, question, context);
    case 'conntrack':
      return askDialects(conntrackDialects, question, context);
    case 'processes':
      return askDialects(processesDialects, question, context);
    case 'sockets':
      return askDialects(socketsDialects, question, context);
    case 'counters':
      return readCounters(question, context);
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
      return nothingFound(`${question.kind} is not asked of a vantage`, 'command-failed');
  }
}

/** A tool that shows an answer which was cut off as an empty one leaves open which it is. Our own client sees the flag. */
async function orWhole(first: Finding, second: () => Promise<Finding>): Promise<Finding> {
  if (!first.facts.some((fact) => fact.kind === 'resolve' && fact.outcome === 'no-data' && fact.incomplete === true)) return first;
  const other = await second();
  return other.facts.some((fact) => fact.kind === 'resolve' && (fact.outcome === 'answered' || fact.outcome === 'no-data')) ? other : first;
}

/** The second way when the first has no answer; what the first said is kept when the second has none either. */
async function orElse(first: Finding, second: () => Promise<Finding>): Promise<Finding> {
  if (!isEmpty(first)) return first;
  const other = await second();
  return isEmpty(other) && first.command.length > 0 ? first : other;
}

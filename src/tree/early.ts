import type { Asked } from '../domain/question.ts';
import { allAddresses } from './all-addresses.ts';
import { askEarlyForCounters } from './counters.ts';
import { Look, type Situation } from './look.ts';
import { askEarlyForLoss, echoes, manyPingsQuestion } from './loss.ts';
import { askEarlyForLostAnswers } from './lost-answers.ts';
import { isAlive, nameserversOf, outcomeOf, ownNames, queryQuestion } from './nameservers.ts';
import {
  addressesOf,
  connectQuestion,
  connections,
  exchangeQuestion,
  isName,
  pinnedRequestQuestion,
  plainRequestQuestion,
  proxyFor,
  requestQuestion,
  resolveQuestion,
  tlsQuestion,
} from './reading.ts';
import { askEarlyForSize } from './large-packets.ts';
import { nameToQuery, serviceNamed } from './service-name.ts';
import { askReplicas, asksClusterDns } from './cluster-dns.ts';
import { askEarlyForCutOff } from './cut-off.ts';
import { changesQuestion } from './changes-question.ts';
import { logQuestion } from './own-log.ts';
import { pacedMs } from './pace.ts';
import { canAskPolicies, policyQuestion } from './policy-answer.ts';
import { proxyItselfQuestion } from './proxy-itself.ts';
import { askEarlyForRefusal } from './refusal.ts';
import { askEarlyForSilence, askFurtherConnects, pingQuestion } from './silence.ts';
import { askEarlyForSlowName } from './slow-name.ts';

/** Most handshakes are over by then: a longer one may be waiting for a plain request to end, or have been cut off on the way. */
const SILENT_HANDSHAKE_MS = { least: 600, most: 1200 } as const;
/** An answer that takes longer leaves time to see whether further connects are taken as well, which is asked of every answer. */
const LATE_REQUEST_MS = 300;
/** Most servers have begun to answer by then. */
const SILENT_ANSWER_MS = 1200;
/** Until then it may be the place that is slow, and each further question makes it slower. */
const SLOW_LOOKUP_MS = 2500;
/** Most nameservers and servers answer sooner; at a slow place, where each further question makes it slower, it may be the place. */
const LATE_ANSWER_MS = { least: 500, most: 1200 } as const;
/** Late is what takes this many times as long as a command that asks nobody, within such limits. */
const LATE_IN_PACES = 3;

/**
 * The cheap questions of all layers, put as soon as they can be asked, before the tree comes to them: reading files and tables
 * costs nothing, and a connect or a query that is needed later has then been answered already.
 */
export function earlyQuestions(situation: Situation): readonly Asked[] {
  const look = new Look(situation);
  const { dependency } = look;
  // First what takes longest: each further command makes the machine slower for those that are under way.
  if (dependency.application === 'http') look.need(requestQuestion(look));
  if (isName(look)) look.need(resolveQuestion(look));
  look.need({ kind: 'files' });
  if (situation.cluster && situation.target.kind === 'pod') {
    look.need({ kind: 'pod-state' });
    look.need({ kind: 'cluster-dns' });
    look.need(changesQuestion(look));
    const service = serviceNamed(look);
    if (service?.isSure === true) look.need({ kind: 'service', namespace: service.namespace, name: service.name });
    look.need(logQuestion());
  }
  if (look.waitingMs(resolveQuestion(look)) >= SLOW_LOOKUP_MS || waitsForName(look)) askEarlyForSlowName(look);
  look.need({ kind: 'interfaces' });
  look.need({ kind: 'routes' });
  look.need({ kind: 'sockets' });
  askEarlyForCounters(look);
  look.need({ kind: 'processes' });
  if (isName(look)) for (const nameserver of nameserversOf(look) ?? []) askNameserver(look, nameserver);
  if (isName(look)) askReplicasEarly(look);
  allAddresses(look);
  if (dependency.transport === 'udp') return look.needs;
  for (const address of addressesOf(look) ?? []) look.need(connectQuestion(address, dependency.port));
  askEarlyForSilence(look);
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  if (open === undefined && proxyFor(look) === null) askEarlyForRefusal(look);
  if (open !== undefined && dependency.application !== 'http' && !dependency.tls && look.waitingMs(exchangeQuestion(look, open.address)) >= SILENT_ANSWER_MS) look.need(plainRequestQuestion(look, open.address));
  if (open !== undefined) look.need(pingQuestion(open.address));
  if (open !== undefined && look.waitingMs(requestQuestion(look)) >= LATE_REQUEST_MS) {
    askFurtherConnects(look, open.address);
    // An answer that a lost packet makes late is looked into, and many echoes take the longest.
    if (look.waitingMs(requestQuestion(look)) >= pacedMs(look, LATE_ANSWER_MS, LATE_IN_PACES)) look.need(manyPingsQuestion(open.address));
  }
  const proxyQuestion = look.waitingMs(requestQuestion(look)) >= pacedMs(look, LATE_ANSWER_MS, LATE_IN_PACES) ? proxyItselfQuestion(look) : null;
  if (proxyQuestion !== null) look.need(proxyQuestion);
  if (open !== undefined) askEarlyForLoss(look, open.address);
  if (open !== undefined && canAskPolicies(look)) look.need(policyQuestion(open.address, dependency.port, dependency.transport));
  if (open !== undefined && dependency.tls && proxyFor(look) === null) look.need(tlsQuestion(look, open.address));
  if (open !== undefined && dependency.application !== 'http') look.need(exchangeQuestion(look, open.address));
  if (open !== undefined && look.waitingMs(tlsQuestion(look, open.address)) >= pacedMs(look, SILENT_HANDSHAKE_MS, LATE_IN_PACES)) {
    look.need(plainRequestQuestion(look, open.address));
    askEarlyForCutOff(look, open.address);
  }
  if (open !== undefined && proxyFor(look) === null && silentSince(look, open.address) >= SILENT_ANSWER_MS) askEarlyForSize(look, open.address);
  return look.needs;
}

/** A query; and once that or the system's own look-up is late, whether the nameserver is there, and whether packets to it are lost. */
function askNameserver(look: Look, nameserver: string): void {
  const query = queryQuestion(nameToQuery(look), nameserver);
  look.need(query);
  if (Math.max(look.waitingMs(query), look.waitingMs(resolveQuestion(look))) < pacedMs(look, LATE_ANSWER_MS, LATE_IN_PACES)) return;
  for (const name of ownNames(look)) look.need(queryQuestion(name, nameserver));
  const isThere = echoes(look, nameserver) || ownNames(look).some((name) => isAlive(outcomeOf(look.peek(queryQuestion(name, nameserver)))));
  if (isThere && look.waitingMs(query) >= SLOW_LOOKUP_MS) askEarlyForLostAnswers(look, nameserver);
  look.need(manyPingsQuestion(nameserver));
}

/** How long an open connection has been waiting for its first answer. */
function silentSince(look: Look, address: string): number {
  return Math.max(look.waitingMs(tlsQuestion(look, address)), look.dependency.application === 'http' ? look.waitingMs(requestQuestion(look)) : 0);
}

/** The request is late, and the same one that needs no look-up is not: it waits for the name. */
function waitsForName(look: Look): boolean {
  if (!isName(look) || look.dependency.application !== 'http' || look.waitingMs(requestQuestion(look)) < SILENT_ANSWER_MS) return false;
  return (addressesOf(look) ?? []).some((address) => look.peek(pinnedRequestQuestion(look, address))?.fact('http')?.outcome === 'response');
}

/** Each replica of the cluster's DNS: one that is silent costs a wait, and it need not come last. */
function askReplicasEarly(look: Look): void {
  const fact = look.peek({ kind: 'cluster-dns' })?.fact('cluster-dns') ?? null;
  if (fact !== null && fact.readyEndpoints > 1 && asksClusterDns(look, fact, nameserversOf(look) ?? [])) askReplicas(look, fact, nameToQuery(look));
}

import type { Asked } from '../domain/question.ts';
import { Look, type Situation } from './look.ts';
import { nameserversOf, queryQuestion } from './nameservers.ts';
import {
  addressesOf,
  connectQuestion,
  connections,
  exchangeQuestion,
  isName,
  nameToResolve,
  plainRequestQuestion,
  proxyFor,
  requestQuestion,
  resolveQuestion,
  tlsQuestion,
} from './reading.ts';
import { largePingQuestion } from './large-packets.ts';
import { canAskPolicies, policyQuestion } from './policy-answer.ts';
import { askEarlyForSilence, pingQuestion } from './silence.ts';

/** A handshake that takes longer than this may be waiting for a plain request to end. */
const SILENT_HANDSHAKE_MS = 1000;

/**
 * The cheap questions of all layers, put as soon as they can be asked, before the tree comes to them: reading files and tables
 * costs nothing, and a connect or a query that is needed later has then been answered already.
 */
export function earlyQuestions(situation: Situation): readonly Asked[] {
  const look = new Look(situation);
  const { dependency } = look;
  look.need({ kind: 'files' });
  if (situation.cluster && situation.target.kind === 'pod') {
    look.need({ kind: 'pod-state' });
    look.need({ kind: 'cluster-dns' });
  }
  if (isName(look)) look.need(resolveQuestion(look));
  if (dependency.application === 'http') look.need(requestQuestion(look));
  look.need({ kind: 'interfaces' });
  look.need({ kind: 'routes' });
  look.need({ kind: 'sockets' });
  if (isName(look)) for (const nameserver of nameserversOf(look) ?? []) look.need(queryQuestion(nameToResolve(look), nameserver));
  if (dependency.transport === 'udp') return look.needs;
  for (const address of addressesOf(look) ?? []) look.need(connectQuestion(address, dependency.port));
  askEarlyForSilence(look);
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  if (open !== undefined && canAskPolicies(look)) look.need(policyQuestion(open.address, dependency.port, dependency.transport));
  if (open !== undefined && dependency.tls && proxyFor(look) === null) look.need(tlsQuestion(look, open.address));
  if (open !== undefined && dependency.application !== 'http') look.need(exchangeQuestion(look, open.address));
  if (open !== undefined && look.waitingMs(tlsQuestion(look, open.address)) >= SILENT_HANDSHAKE_MS) {
    look.need(plainRequestQuestion(look, open.address));
    look.need(pingQuestion(open.address));
    look.need(largePingQuestion(look, open.address));
  }
  return look.needs;
}

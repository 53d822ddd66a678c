import { CLUSTER_NAME } from './cluster-dns.ts';
import type { Look } from './look.ts';
import { isAlive, nameserversOf, outcomeOf, queryQuestion } from './nameservers.ts';
import { canAskPolicies, denialIn, policyQuestion } from './policy-answer.ts';

const DNS_PORT = 53;

export interface DnsDenied {
  readonly ids: readonly string[];
  readonly names: string;
}

/** Does a policy keep the pod from its nameserver, here or where the nameserver's pods let nobody in? null for no or unknown. */
export function dnsPolicy(look: Look): DnsDenied | null | 'wait' {
  const nameserver = (nameserversOf(look) ?? [])[0];
  if (nameserver === undefined || !canAskPolicies(look)) return null;
  const answer = look.need(policyQuestion(nameserver, DNS_PORT, 'udp'));
  if (answer === null) return 'wait';
  const denial = denialIn(answer);
  return denial === null ? null : { ids: denial.evidence, names: denial.detail };
}

/**
 * The same where one question was answered all the same: what enforces policies lets pass what it takes for an old connection, and a port
 * that the application used a moment ago is one. A question more shows whether that is the rule. null when it is answered too.
 */
export function dnsMostlyDenied(look: Look): DnsDenied | null | 'wait' {
  const policy = dnsPolicy(look);
  const nameserver = (nameserversOf(look) ?? [])[0];
  if (policy === null || policy === 'wait' || nameserver === undefined) return policy === 'wait' ? 'wait' : null;
  const again = look.need(queryQuestion(CLUSTER_NAME, nameserver, 'AAAA'));
  if (again === null) return 'wait';
  const outcome = outcomeOf(again);
  return outcome === undefined || isAlive(outcome) ? null : { ids: [...policy.ids, ...again.ids('resolve')], names: policy.names };
}

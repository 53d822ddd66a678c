import type { CauseId } from '../domain/cause.ts';
import { clusterDns } from './cluster-dns.ts';
import type { Look } from './look.ts';
import { nodeFault } from './node-fault.ts';
import { canAskPolicies, denialIn, policyQuestion } from './policy-answer.ts';
import { addressesOf, isName, resolveQuestion } from './reading.ts';

export interface ApiFinding {
  readonly cause: CauseId;
  readonly evidence: readonly string[];
  readonly detail: string | undefined;
}

/**
 * Nothing can be run in the pod. What does the API alone say that would stop this connection? It is the nearest explanation, never a
 * verdict: nobody has tried. null when it says nothing.
 */
export function apiAlone(look: Look): ApiFinding | null | 'wait' {
  const node = nodeFault(look);
  const dns = isName(look) ? clusterDns(look) : 'unknown';
  if (node === 'wait' || dns === 'wait') return 'wait';
  if (node !== null) return node;
  if (dns !== 'unknown' && dns.fact.readyEndpoints === 0) return { cause: 'dns.cluster-dns-down', evidence: dns.answer.ids(), detail: dns.fact.serviceAddress ?? undefined };
  return byPolicies(look);
}

/** Policies about the addresses that the name has elsewhere, or about the literal one. */
function byPolicies(look: Look): ApiFinding | null | 'wait' {
  if (!canAskPolicies(look)) return null;
  const { port, transport } = look.dependency;
  const addresses = isName(look) ? addressesElsewhere(look) : (addressesOf(look) ?? []);
  if (addresses === 'wait') return 'wait';
  const [address] = addresses;
  if (address === undefined) return null;
  const answer = look.need(policyQuestion(address, port, transport));
  if (answer === null) return 'wait';
  return denialIn(answer);
}

function addressesElsewhere(look: Look): readonly string[] | 'wait' {
  const answers = look.situation.contrasts.map(({ id }) => look.need(resolveQuestion(look), id));
  const found = answers.flatMap((answer) => answer?.fact('resolve')?.addresses ?? []);
  return found.length === 0 && answers.includes(null) ? 'wait' : found;
}

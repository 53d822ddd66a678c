import { askReplicas, asksClusterDns, clusterDns, CLUSTER_NAME, idsOfReplicas, namesOf } from './cluster-dns.ts';
import type { Look } from './look.ts';
import { nameserversOf, outcomeOf, queryQuestion } from './nameservers.ts';
import { isName } from './reading.ts';
import { nameToQuery } from './service-name.ts';

export interface LostQuestions {
  /** Names of the replicas that do not answer. */
  readonly silent: string;
  readonly evidence: readonly string[];
}

/**
 * A replica of the cluster's DNS that the Service still sends questions to and that answers none: what was sent to it is lost, and the
 * resolver asks again seconds later. null when no question was lost, when all replicas answer, or when nobody knows.
 */
export function lostQuestions(look: Look): LostQuestions | null | 'wait' {
  if (!isName(look)) return null;
  const dns = clusterDns(look);
  const nameservers = nameserversOf(look);
  if (dns === 'wait' || nameservers === null) return 'wait';
  const [nameserver] = nameservers;
  if (dns === 'unknown' || nameserver === undefined || dns.fact.readyEndpoints < 2 || !asksClusterDns(look, dns.fact, nameservers)) return null;
  const name = nameToQuery(look);
  const replicas = askReplicas(look, dns.fact, name);
  if (replicas === 'wait') return 'wait';
  if (replicas.silent.length === 0 || replicas.answering.length === 0) return null;
  // Policies may forbid the replica's own address: only a question to the Service that was lost too shows that it matters.
  const asked = [queryQuestion(name, nameserver), queryQuestion(name, nameserver, 'AAAA'), queryQuestion(CLUSTER_NAME, nameserver), queryQuestion(CLUSTER_NAME, nameserver, 'AAAA')];
  const answers = asked.map((question) => look.need(question));
  const lost = answers.filter((answer) => outcomeOf(answer) === 'timeout' || outcomeOf(answer) === 'unreachable');
  if (lost.length === 0) return answers.includes(null) ? 'wait' : null;
  return { silent: namesOf(replicas.silent), evidence: [...lost.flatMap((answer) => answer?.ids('resolve') ?? []), ...idsOfReplicas(replicas.silent, replicas.answering)] };
}

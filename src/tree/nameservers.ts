import type { ResolveOutcome } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import type { Answer, Look } from './look.ts';
import { furtherTry } from './reading.ts';
import { nameToQuery } from './service-name.ts';

/** resolv.conf(5): the resolver reads no more than three. */
const NAMESERVERS_USED = 3;

/** The nameservers that the vantage is configured with; null while unknown, empty when that cannot be read. */
export function nameserversOf(look: Look): readonly string[] | null {
  const files = look.need({ kind: 'files' });
  if (files === null) return null;
  return (files.fact('resolv-conf')?.nameservers ?? []).slice(0, NAMESERVERS_USED);
}

/** Evidence ids when every nameserver was asked for the name and none answered; null while one may yet, or when one did. */
export function silentNameservers(look: Look): readonly string[] | null {
  const answers = (nameserversOf(look) ?? []).map((nameserver) => look.need(queryQuestion(nameToQuery(look), nameserver)));
  const silent = answers.every((answer) => outcomeOf(answer) === 'timeout' || outcomeOf(answer) === 'unreachable');
  return answers.length > 0 && silent ? answers.flatMap((answer) => answer?.ids() ?? []) : null;
}

/** The name made absolute: no search list applies. */
export function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

export function queryQuestion(name: string, nameserver: string, recordType: 'A' | 'AAAA' = 'A', transport: 'udp' | 'tcp' = 'udp', attempt = 0): Question {
  return { kind: 'query', name: absolute(name), nameserver, recordType, transport, ...furtherTry(attempt) };
}

/** Somebody answered, whatever the answer was. */
export function isAlive(outcome: ResolveOutcome | undefined): boolean {
  return outcome === 'answered' || outcome === 'nxdomain' || outcome === 'no-data' || outcome === 'servfail' || outcome === 'refused';
}

export function outcomeOf(answer: Answer | null): ResolveOutcome | undefined {
  return answer?.fact('resolve')?.outcome;
}

/** A name that a cluster's DNS answers by itself, without its forwarders (the DNS-based service discovery specification, 2.3). */
export const CLUSTER_NAME = 'kubernetes.default.svc.cluster.local.';
/** RFC 6761 6.3: resolvers answer it themselves. */
const LOCAL_NAME = 'localhost.';

/** Names that a nameserver answers without asking anybody: whether it is there at all. */
export function ownNames(look: Look): readonly string[] {
  return look.situation.target.kind === 'pod' ? [CLUSTER_NAME] : [LOCAL_NAME];
}

import type { ResolveOutcome } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import type { Answer, Look } from './look.ts';

/** resolv.conf(5): the resolver reads no more than three. */
const NAMESERVERS_USED = 3;

/** The nameservers that the vantage is configured with; null while unknown, empty when that cannot be read. */
export function nameserversOf(look: Look): readonly string[] | null {
  const files = look.need({ kind: 'files' });
  if (files === null) return null;
  return (files.fact('resolv-conf')?.nameservers ?? []).slice(0, NAMESERVERS_USED);
}

/** The name made absolute: no search list applies. */
export function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

export function queryQuestion(name: string, nameserver: string, recordType: 'A' | 'AAAA' = 'A', transport: 'udp' | 'tcp' = 'udp'): Question {
  return { kind: 'query', name: absolute(name), nameserver, recordType, transport };
}

/** Somebody answered, whatever the answer was. */
export function isAlive(outcome: ResolveOutcome | undefined): boolean {
  return outcome === 'answered' || outcome === 'nxdomain' || outcome === 'no-data' || outcome === 'servfail' || outcome === 'refused';
}

export function outcomeOf(answer: Answer | null): ResolveOutcome | undefined {
  return answer?.fact('resolve')?.outcome;
}

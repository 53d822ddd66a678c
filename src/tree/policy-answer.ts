import type { PolicyFact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import type { Answer, Look } from './look.ts';

export function policyQuestion(address: string, port: number, transport: 'tcp' | 'udp'): Question {
  return { kind: 'policy', address, port, transport };
}

/** Policies select pods: nothing else has any, and without the API nobody knows them. */
export function canAskPolicies(look: Look): boolean {
  return look.situation.target.kind === 'pod' && look.situation.cluster;
}

export interface Declared {
  readonly egress: PolicyFact | null;
  readonly ingress: PolicyFact | null;
}

/** What the policies declare about one connection; null when that could not be read. */
export function declared(answer: Answer): Declared | null {
  const facts = answer.observations.flatMap(({ fact }) => (fact.kind === 'policy' ? [fact] : []));
  if (facts.length === 0) return null;
  const of = (direction: PolicyFact['direction']): PolicyFact | null => facts.find((fact) => fact.direction === direction) ?? null;
  return { egress: of('egress'), ingress: of('ingress') };
}

/** Whoever denies it, else whoever selects the pod. */
export function policyNames(fact: PolicyFact): string {
  const denying = fact.deciding.filter(({ effect }) => effect === 'denies').map(({ policy }) => policy);
  const names = denying.length > 0 ? denying : [...fact.selectedBy, ...fact.customPolicies];
  return [...new Set(names)].join(', ');
}

import type { CauseId } from '../domain/cause.ts';
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

export interface Denial {
  readonly cause: Extract<CauseId, 'policy.egress-denied' | 'policy.ingress-denied'>;
  readonly evidence: readonly string[];
  /** Names of the policies. */
  readonly detail: string;
}

/** What keeps the connection from being made, here or where it ends, as network plugins usually read the policies; null for nothing, or unknown. */
export function denialIn(answer: Answer): Denial | null {
  const said = declared(answer);
  const denying = [said?.egress, said?.ingress].find((fact) => fact?.usual === 'denied');
  if (denying === undefined || denying === null) return null;
  return { cause: denying.direction === 'egress' ? 'policy.egress-denied' : 'policy.ingress-denied', evidence: answer.ids('policy'), detail: policyNames(denying) };
}

/** Whoever denies it, else whoever selects the pod. */
export function policyNames(fact: PolicyFact): string {
  const denying = fact.deciding.filter(({ effect }) => effect === 'denies').map(({ policy }) => policy);
  const names = denying.length > 0 ? denying : [...fact.selectedBy, ...fact.customPolicies];
  return [...new Set(names)].join(', ');
}

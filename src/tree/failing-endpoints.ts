import type { CauseId } from '../domain/cause.ts';
import type { Look } from './look.ts';
import { canAskPolicies, denialIn, policyQuestion, type Denial } from './policy-answer.ts';
import { connectQuestion } from './reading.ts';
import { endpointsToAsk, serviceBehind } from './service-state.ts';

/** Endpoints asked beside the Service's own address. */
const ENDPOINTS_TRIED = 4;

export interface FailingEndpoints {
  readonly cause: Extract<CauseId, 'tcp.some-addresses-fail' | 'policy.egress-denied' | 'policy.ingress-denied'>;
  readonly evidence: readonly string[];
  readonly detail: string;
  readonly address: string;
}

/**
 * Some endpoints of the Service connect and others do not: whoever comes to one of these is lost, and a connection that is begun anew may come
 * to another one, so that it only seems that packets get lost. null when there is no Service, when all are alike, or when nobody knows.
 */
export function failingEndpoints(look: Look): FailingEndpoints | null | 'wait' {
  const behind = serviceBehind(look);
  if (behind === null || behind === 'wait') return behind;
  const { fact, answer } = behind;
  if (fact.externalName !== null) return null;
  const asked = endpointsToAsk(look, fact, ENDPOINTS_TRIED).map((endpoint) => ({ endpoint, answer: look.need(connectQuestion(endpoint.address, endpoint.port)) }));
  if (asked.some((one) => one.answer === null)) return 'wait';
  const known = asked.map((one) => ({ ...one, outcome: one.answer?.fact('connect')?.outcome }));
  const failing = known.filter(({ outcome }) => outcome !== undefined && outcome !== 'connected');
  const [first] = failing;
  if (first === undefined || !known.some(({ outcome }) => outcome === 'connected')) return null;
  const evidence = [...known.flatMap((one) => one.answer?.ids('connect') ?? []), ...answer.ids('service')];
  const denied = denial(look, first.endpoint);
  if (denied === 'wait') return 'wait';
  if (denied !== null) return { ...denied, evidence: [...denied.evidence, ...evidence], address: first.endpoint.address };
  return { cause: 'tcp.some-addresses-fail', evidence, detail: failing.map(({ endpoint }) => endpoint.name).join(', '), address: first.endpoint.address };
}

/** A policy may let the pod reach one endpoint and not another: itself, say. */
function denial(look: Look, { address, port }: { readonly address: string; readonly port: number }): Denial | null | 'wait' {
  if (!canAskPolicies(look)) return null;
  const answer = look.need(policyQuestion(address, port, look.dependency.transport));
  return answer === null ? 'wait' : denialIn(answer);
}

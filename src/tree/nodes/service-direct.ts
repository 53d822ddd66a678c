import { failingEndpoints } from '../failing-endpoints.ts';
import { fault, follow, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Look } from '../look.ts';
import { canAskPolicies, denialIn, policyQuestion } from '../policy-answer.ts';
import { connectQuestion, connections, idsOf } from '../reading.ts';
import { endpointsToAsk, serviceBehind, serviceFault, type ServiceBehind } from '../service-state.ts';
import { elsewhere, silentAddress } from '../silence.ts';

/** Endpoints asked beside the Service's own address. */
const ENDPOINTS_TRIED = 4;
/** More tries of the Service's address: one that leads to several endpoints fails only now and then when one of them is dead. */
const SERVICE_TRIES = [1, 2] as const;

/** A Service that has endpoints does not connect: do the endpoints themselves? */
export const serviceDirect: TreeNode = {
  id: 'service.direct',
  layer: 'transport',
  branches: [
    { id: 'not-a-service', goto: 'proxy.elsewhere', causes: [] },
    { id: 'same', goto: 'proxy.elsewhere', causes: [] },
    { id: 'declared', goto: null, causes: ['service.wrong-port', 'service.no-endpoints'] },
    { id: 'endpoint-connects', goto: null, causes: ['service.proxy-broken'] },
    { id: 'some-endpoints', goto: null, causes: ['tcp.some-addresses-fail', 'policy.egress-denied', 'policy.ingress-denied'] },
    { id: 'endpoint-refuses', goto: null, causes: ['service.wrong-port'] },
  ],
  decide(look) {
    const behind = serviceBehind(look);
    if (behind === 'wait') return WAIT;
    if (behind === null || behind.fact.externalName !== null) return follow('not-a-service');
    const found = serviceFault(look, behind.fact);
    const seen = idsOf(connections(look));
    if (found !== null) return fault(look, 'declared', found.cause, 'certain', [...behind.answer.ids(), ...seen], { detail: found.detail });
    return askEndpoints(look, behind);
  },
};

function askEndpoints(look: Look, { fact, answer }: ServiceBehind): Decision {
  const asked = endpointsToAsk(look, fact, ENDPOINTS_TRIED).map((endpoint) => ({ endpoint, answer: look.need(connectQuestion(endpoint.address, endpoint.port)) }));
  if (asked.some((one) => one.answer === null)) return WAIT;
  const outcomes = asked.map((one) => one.answer?.fact('connect')?.outcome);
  const ids = [...idsOf(connections(look)), ...asked.flatMap((one) => one.answer?.ids('connect') ?? []), ...answer.ids('service')];
  const some = failingEndpoints(look);
  if (some === 'wait') return WAIT;
  if (some !== null) return fault(look, 'some-endpoints', some.cause, 'likely', [...some.evidence, ...ids], { detail: some.detail, address: some.address });
  if (outcomes.includes('connected')) return fact.headless ? follow('same', ids) : proxyFault(look, ids, asked[0]?.endpoint.address);
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'refused')) {
    const denied = isDenied(look);
    if (denied === 'wait') return WAIT;
    // Some network plugins reject what a policy forbids: that refusal is the policy's.
    if (denied) return follow('same', ids);
    return fault(look, 'endpoint-refuses', 'service.wrong-port', 'likely', ids, { address: asked[0]?.endpoint.address });
  }
  return follow('same', ids);
}

function isDenied(look: Look): boolean | 'wait' {
  const address = silentAddress(look);
  if (address === null || !canAskPolicies(look)) return false;
  const answer = look.need(policyQuestion(address, look.dependency.port, look.dependency.transport));
  return answer === null ? 'wait' : denialIn(answer) !== null;
}

/** Every endpoint connects, the Service's address does not: always, and from this node alone? */
function proxyFault(look: Look, ids: readonly string[], address: string | undefined): Decision {
  const own = silentAddress(look);
  if (own === null) return follow('same', ids);
  const again = SERVICE_TRIES.map((attempt) => look.need(connectQuestion(own, look.dependency.port, attempt)));
  const proxy = look.need({ kind: 'proxy-state' });
  const others = elsewhere(look, own);
  if (again.includes(null) || proxy === null || others.waiting) return WAIT;
  if (again.some((one) => one?.fact('connect')?.outcome === 'connected')) return follow('same', ids);
  const { target } = look.situation;
  const otherNode = others.connected.find(({ vantage }) => target.kind === 'pod' && vantage.node !== null && vantage.node !== target.node);
  const evidence = [...ids, ...proxy.ids('proxy-state'), ...(otherNode?.answer.ids('connect') ?? [])];
  return fault(look, 'endpoint-connects', 'service.proxy-broken', 'likely', evidence, { address, contrast: otherNode?.vantage.name });
}

import type { PolicyFact } from '../../domain/facts.ts';
import type { CauseId } from '../../domain/cause.ts';
import { fault, follow, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Look } from '../look.ts';
import { canAskPolicies, declared, policyNames, policyQuestion } from '../policy-answer.ts';
import { connections, idsOf } from '../reading.ts';
import { elsewhere, silentAddress } from '../silence.ts';

/** The guide's network firewalls, as far as the cluster's own API knows them: does a policy forbid this connection? */
export const policyDeclared: TreeNode = {
  id: 'policy.declared',
  layer: 'internet',
  branches: [
    { id: 'not-a-pod', goto: 'tcp.connect', causes: [] },
    { id: 'allowed', goto: 'tcp.connect', causes: [] },
    { id: 'cannot-tell', goto: 'tcp.connect', causes: [] },
    { id: 'egress-denied', goto: null, causes: ['policy.egress-denied'] },
    { id: 'ingress-denied', goto: null, causes: ['policy.ingress-denied'] },
    { id: 'plugin-policy', goto: null, causes: ['policy.cni-denied'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (!canAskPolicies(look) || address === null) return follow('not-a-pod');
    const answer = look.need(policyQuestion(address, look.dependency.port, look.dependency.transport));
    if (answer === null) return WAIT;
    const said = declared(answer);
    const ids = answer.ids('policy');
    if (said === null) return follow('cannot-tell', answer.ids());
    const places = elsewhere(look, address);
    if (places.waiting) return WAIT;
    const judge = (fact: PolicyFact | null, branch: string, cause: CauseId): Decision | null => denial(look, address, fact, branch, cause, ids);
    return (
      judge(said.egress, 'egress-denied', 'policy.egress-denied') ??
      judge(said.ingress, 'ingress-denied', 'policy.ingress-denied') ??
      pluginPolicy(look, address, said.egress, ids) ??
      follow('allowed', ids)
    );
  },
};

/** Declared denied, and it fails. Certain only when a place that the policies do not select gets through. */
function denial(look: Look, address: string, fact: PolicyFact | null, branch: string, cause: CauseId, ids: readonly string[]): Decision | null {
  if (fact === null || fact.usual !== 'denied') return null;
  const { connected, failed } = elsewhere(look, address);
  const other = connected[0];
  // Where a place that no policy selects fails in the same way, the policy may not be what makes the difference.
  const outcome = connections(look).find((one) => one.address === address)?.fact.outcome;
  const alike = failed.some(({ answer, vantage }) => vantage.pod === null && answer.fact('connect')?.outcome === outcome);
  const sure = fact.verdict === 'denied' && other !== undefined;
  const evidence = [...ids, ...idsOf(connections(look)), ...(other?.answer.ids('connect') ?? [])];
  const admin = isAdministrators(fact);
  const confidence = sure ? 'certain' : fact.verdict === 'denied' && !alike ? 'likely' : 'possible';
  return fault(look, admin ? 'plugin-policy' : branch, admin ? 'policy.cni-denied' : cause, confidence, evidence, { address, detail: policyNames(fact), contrast: other?.vantage.name });
}

/** AdminNetworkPolicies alone deny: no NetworkPolicy of the namespace can allow it, and none is to blame. */
function isAdministrators({ deciding }: PolicyFact): boolean {
  const denying = deciding.filter(({ effect }) => effect === 'denies');
  return denying.length > 0 && denying.every(({ policy }) => /^(?:Baseline)?AdminNetworkPolicy /u.test(policy));
}

/** The core policies allow it, a policy of the network plugin selects the pod, and others get through. */
function pluginPolicy(look: Look, address: string, fact: PolicyFact | null, ids: readonly string[]): Decision | null {
  const other = elsewhere(look, address).connected[0];
  if (fact === null || fact.customPolicies.length === 0 || other === undefined) return null;
  const evidence = [...ids, ...idsOf(connections(look)), ...other.answer.ids('connect')];
  return fault(look, 'plugin-policy', 'policy.cni-denied', 'likely', evidence, {
    address,
    detail: fact.customPolicies.join(', '),
    contrast: other.vantage.name,
  });
}

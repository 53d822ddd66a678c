import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { serviceNamed } from '../service-name.ts';
import { serviceFault } from '../service-state.ts';

/** A Service as the dependency: what the API says of it before a packet is sent. */
export const serviceEndpoints: TreeNode = {
  id: 'service.endpoints',
  layer: 'transport',
  branches: [
    { id: 'not-a-service', goto: 'pod.tools', causes: [] },
    { id: 'has-endpoints', goto: 'pod.tools', causes: [] },
    { id: 'external-name', goto: 'pod.tools', causes: [] },
    { id: 'cannot-tell', goto: 'pod.tools', causes: [] },
    { id: 'not-found', goto: null, causes: ['service.not-found'] },
    { id: 'wrong-port', goto: null, causes: ['service.wrong-port'] },
    { id: 'no-endpoints', goto: null, causes: ['service.no-endpoints'] },
  ],
  decide(look) {
    const named = serviceNamed(look);
    // What may be a name of the internet as well is looked at when it does not connect.
    if (named === null || !named.isSure) return follow('not-a-service');
    const answer = look.need({ kind: 'service', namespace: named.namespace, name: named.name });
    if (answer === null) return WAIT;
    const fact = answer.fact('service');
    if (fact === null) return follow('cannot-tell', answer.ids());
    const ids = answer.ids();
    if (!fact.exists && look.dependency.service === null) return follow('not-a-service', ids);
    if (!fact.exists) return fault(look, 'not-found', 'service.not-found', 'certain', ids, { detail: `${named.namespace}/${named.name}` });
    if (fact.externalName !== null) return follow('external-name', ids);
    const found = serviceFault(look, fact);
    if (found === null) return follow('has-endpoints', ids);
    return fault(look, found.cause === 'service.wrong-port' ? 'wrong-port' : 'no-endpoints', found.cause, 'certain', ids, { detail: found.detail });
  },
};

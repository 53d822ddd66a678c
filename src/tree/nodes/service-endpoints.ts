import { fault, follow, WAIT, type TreeNode } from '../node.ts';

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
    const { service, port } = look.dependency;
    const { target } = look.situation;
    if (service === null || target.kind !== 'pod' || !look.situation.cluster) return follow('not-a-service');
    const namespace = service.namespace ?? target.namespace;
    const answer = look.need({ kind: 'service', namespace, name: service.name });
    if (answer === null) return WAIT;
    const fact = answer.fact('service');
    if (fact === null) return follow('cannot-tell', answer.ids());
    const ids = answer.ids();
    if (!fact.exists) return fault(look, 'not-found', 'service.not-found', 'certain', ids, { detail: `${namespace}/${service.name}` });
    if (fact.type === 'ExternalName') return follow('external-name', ids);
    if (!fact.ports.some((one) => one.port === port)) {
      const detail = fact.ports.map((one) => String(one.port)).join(', ');
      return fault(look, 'wrong-port', 'service.wrong-port', 'certain', ids, { detail });
    }
    if (!fact.endpoints.some((one) => one.ready)) {
      const detail = `${fact.endpoints.length} endpoints, 0 ready`;
      return fault(look, 'no-endpoints', 'service.no-endpoints', 'certain', ids, { detail });
    }
    return follow('has-endpoints', ids);
  },
};

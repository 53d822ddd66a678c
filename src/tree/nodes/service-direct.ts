import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { connectQuestion, connections, idsOf } from '../reading.ts';

/** Endpoints asked beside the Service's own address. */
const ENDPOINTS_TRIED = 2;

/** A Service that has endpoints does not connect: do the endpoints themselves? */
export const serviceDirect: TreeNode = {
  id: 'service.direct',
  layer: 'transport',
  branches: [
    { id: 'not-a-service', goto: 'proxy.elsewhere', causes: [] },
    { id: 'same', goto: 'proxy.elsewhere', causes: [] },
    { id: 'endpoint-connects', goto: null, causes: ['service.proxy-broken'] },
    { id: 'endpoint-refuses', goto: null, causes: ['service.wrong-port'] },
  ],
  decide(look) {
    const { service } = look.dependency;
    const { target } = look.situation;
    if (service === null || target.kind !== 'pod' || !look.situation.cluster) return follow('not-a-service');
    const answer = look.need({ kind: 'service', namespace: service.namespace ?? target.namespace, name: service.name });
    if (answer === null) return WAIT;
    const ready = (answer.fact('service')?.endpoints ?? []).filter((one) => one.ready).slice(0, ENDPOINTS_TRIED);
    const direct = ready.map(({ address, port }) => look.need(connectQuestion(address, port ?? look.dependency.port)));
    if (direct.includes(null)) return WAIT;
    const ids = [...idsOf(connections(look)), ...direct.flatMap((one) => one?.ids('connect') ?? []), ...answer.ids('service')];
    const outcomes = direct.map((one) => one?.fact('connect')?.outcome);
    const address = ready[0]?.address;
    if (outcomes.includes('connected')) return fault(look, 'endpoint-connects', 'service.proxy-broken', 'likely', ids, { address });
    if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'refused')) {
      return fault(look, 'endpoint-refuses', 'service.wrong-port', 'likely', ids, { address });
    }
    return follow('same', ids);
  },
};

import { fault, follow, WAIT, type TreeNode } from '../node.ts';

/** The guide's `kubectl get nodes`. Asked only when the fault is near: a NotReady node does not silence far hosts. */
export const nodeReady: TreeNode = {
  id: 'node.ready',
  layer: 'network-access',
  branches: [
    { id: 'ready', goto: 'node.cni', causes: [] },
    { id: 'not-ready', goto: null, causes: ['node.not-ready'] },
    { id: 'network-unavailable', goto: null, causes: ['node.network-unavailable'] },
    { id: 'cannot-ask', goto: 'node.cni', causes: [] },
  ],
  decide(look) {
    if (look.situation.target.kind !== 'pod' || !look.situation.cluster) return follow('cannot-ask');
    const answer = look.need({ kind: 'node-state' });
    if (answer === null) return WAIT;
    const state = answer.fact('node-state');
    if (state === null) return follow('cannot-ask', answer.ids());
    const detail = state.message ?? state.node;
    if (state.networkUnavailable === true) {
      return fault(look, 'network-unavailable', 'node.network-unavailable', 'certain', answer.ids(), { detail });
    }
    if (state.ready === false) return fault(look, 'not-ready', 'node.not-ready', 'likely', answer.ids(), { detail });
    return follow('ready', answer.ids());
  },
};

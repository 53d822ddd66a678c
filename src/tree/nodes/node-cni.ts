import { fault, follow, WAIT, type TreeNode } from '../node.ts';

/** The guide's last step: the network plugin's own pod on this node. */
export const nodeCni: TreeNode = {
  id: 'node.cni',
  layer: 'network-access',
  branches: [
    { id: 'works', goto: 'path.near', causes: [] },
    { id: 'fails', goto: null, causes: ['node.cni-agent-failing'] },
    { id: 'cannot-ask', goto: 'path.near', causes: [] },
  ],
  decide(look) {
    if (look.situation.target.kind !== 'pod' || !look.situation.cluster) return follow('cannot-ask');
    const answer = look.need({ kind: 'cni-state' });
    if (answer === null) return WAIT;
    const state = answer.fact('cni-state');
    if (state === null || state.agentPod === null) return follow('cannot-ask', answer.ids());
    if (state.ready === false) {
      const detail = state.lastErrors[0] ?? state.agentPod;
      return fault(look, 'fails', 'node.cni-agent-failing', 'likely', answer.ids(), { detail });
    }
    return follow('works', answer.ids());
  },
};

import { failingAgent } from '../node-agent.ts';
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
    const failing = failingAgent(look);
    if (failing === 'wait') return WAIT;
    if (failing !== null) return fault(look, 'fails', 'node.cni-agent-failing', 'likely', failing.evidence, { detail: failing.detail });
    const answer = look.peek({ kind: 'cni-state' });
    const agentPod = answer?.fact('cni-state')?.agentPod ?? null;
    return follow(agentPod === null ? 'cannot-ask' : 'works', answer?.ids());
  },
};

import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { nodeFault } from '../node-fault.ts';

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
    const found = nodeFault(look);
    if (found === 'wait') return WAIT;
    if (found?.cause === 'node.network-unavailable') return fault(look, 'network-unavailable', found.cause, 'certain', found.evidence, { detail: found.detail });
    if (found !== null) return fault(look, 'not-ready', found.cause, 'likely', found.evidence, { detail: found.detail });
    const answer = look.peek({ kind: 'node-state' });
    return follow((answer?.fact('node-state') ?? null) === null ? 'cannot-ask' : 'ready', answer?.ids());
  },
};

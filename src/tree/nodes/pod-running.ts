import { fault, follow, WAIT, type TreeNode } from '../node.ts';

/** Before anything else: is there a running pod with a network to ask from? */
export const podRunning: TreeNode = {
  id: 'pod.running',
  layer: 'network-access',
  branches: [
    { id: 'running', goto: 'service.endpoints', causes: [] },
    { id: 'not-a-pod', goto: 'service.endpoints', causes: [] },
    { id: 'cannot-tell', goto: 'service.endpoints', causes: [] },
    { id: 'no-network', goto: null, causes: ['pod.sandbox-failed'] },
    { id: 'not-running', goto: null, causes: ['pod.not-running'] },
  ],
  decide(look) {
    if (look.situation.target.kind !== 'pod' || !look.situation.cluster) return follow('not-a-pod');
    const answer = look.need({ kind: 'pod-state' });
    if (answer === null) return WAIT;
    const state = answer.fact('pod-state');
    if (state === null) return follow('cannot-tell', answer.ids());
    if (state.containerState === 'running') return follow('running', answer.ids());
    if (state.sandboxFailure !== null) {
      return fault(look, 'no-network', 'pod.sandbox-failed', 'certain', answer.ids(), { detail: state.sandboxFailure });
    }
    const detail = [state.phase, state.reason, state.message].filter((part) => part !== null).join(': ');
    return fault(look, 'not-running', 'pod.not-running', 'certain', answer.ids(), { detail });
  },
};

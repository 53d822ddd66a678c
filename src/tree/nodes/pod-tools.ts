import { fault, follow, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { apiAlone } from '../api-alone.ts';
import { nodeFault } from '../node-fault.ts';

/** Everything is asked with the tools of the place itself: can it be entered, and what does it have? */
export const podTools: TreeNode = {
  id: 'pod.tools',
  layer: 'application',
  branches: [
    { id: 'some', goto: 'app.request', causes: [] },
    { id: 'none', goto: null, causes: [] },
    { id: 'no-entry', goto: null, causes: ['node.not-ready', 'node.network-unavailable', 'dns.cluster-dns-down', 'policy.egress-denied', 'policy.ingress-denied'] },
    { id: 'node-fails', goto: null, causes: ['node.not-ready', 'node.network-unavailable'] },
    { id: 'keeps-ending', goto: null, causes: ['pod.not-running'] },
  ],
  decide(look) {
    const answer = look.need({ kind: 'tools' });
    if (answer === null) return WAIT;
    const tools = answer.fact('tools');
    if (tools === null) return noEntry(look, answer);
    if (Object.keys(tools.tools).length > 0) return follow('some', answer.ids());
    return inconclusive(look, 'none', null, answer.ids());
  },
};

/** Nothing can be run there. Not for a missing right: because of its node, or because it ended meanwhile? */
function noEntry(look: Look, answer: Answer): Decision {
  const refusal = answer.fact('unavailable');
  const details = { detail: refusal?.detail };
  if (refusal?.reason === 'not-permitted') {
    const near = apiAlone(look);
    if (near === 'wait') return WAIT;
    if (near !== null) return inconclusive(look, 'no-entry', near.cause, [...near.evidence, ...answer.ids()], { detail: near.detail });
    return inconclusive(look, 'no-entry', null, answer.ids(), details);
  }
  const node = nodeFault(look);
  if (node === 'wait') return WAIT;
  if (node !== null) return fault(look, 'node-fails', node.cause, 'certain', [...node.evidence, ...answer.ids()], { detail: node.detail });
  const pod = look.peek({ kind: 'pod-state' });
  const state = pod?.fact('pod-state') ?? null;
  if (pod !== null && state !== null && state.lastTermination !== null && !state.ready) {
    const { reason, exitCode } = state.lastTermination;
    const detail = `${String(state.restarts)} restarts, ${reason ?? 'ended'}, exit code ${String(exitCode)}`;
    return fault(look, 'keeps-ending', 'pod.not-running', 'likely', [...pod.ids('pod-state'), ...answer.ids()], { detail });
  }
  return inconclusive(look, 'no-entry', null, answer.ids(), details);
}

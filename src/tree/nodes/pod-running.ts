import type { PodStateFact } from '../../domain/facts.ts';
import { fault, follow, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { nodeFault } from '../node-fault.ts';

/** Before anything else: is there a running pod with a network to ask from? */
export const podRunning: TreeNode = {
  id: 'pod.running',
  layer: 'network-access',
  branches: [
    { id: 'running', goto: 'service.endpoints', causes: [] },
    { id: 'not-a-pod', goto: 'service.endpoints', causes: [] },
    { id: 'cannot-tell', goto: 'service.endpoints', causes: [] },
    { id: 'no-network', goto: null, causes: ['pod.sandbox-failed'] },
    { id: 'node-fails', goto: null, causes: ['node.not-ready', 'node.network-unavailable'] },
    { id: 'not-running', goto: null, causes: ['pod.not-running'] },
  ],
  decide(look) {
    if (look.situation.target.kind !== 'pod' || !look.situation.cluster) return follow('not-a-pod');
    const answer = look.need({ kind: 'pod-state' });
    if (answer === null) return WAIT;
    const state = answer.fact('pod-state');
    if (state === null) return follow('cannot-tell', answer.ids());
    if (state.containerState === 'running') return follow('running', answer.ids());
    return notRunning(look, answer, state);
  },
};

function notRunning(look: Look, answer: Answer, state: PodStateFact): Decision {
  if (state.sandboxFailure !== null) {
    return fault(look, 'no-network', 'pod.sandbox-failed', 'certain', answer.ids(), { detail: state.sandboxFailure });
  }
  // Nothing but the kubelet's silence explains a container of which nobody knows: once it said a reason of its own, that is the reason.
  const node = isUntouched(state) ? nodeFault(look) : null;
  if (node === 'wait') return WAIT;
  if (node !== null) return fault(look, 'node-fails', node.cause, 'certain', [...node.evidence, ...answer.ids()], { detail: node.detail });
  const detail = [...new Set([state.phase, state.reason, state.message ?? lastWarning(state), exitOf(state)])].filter((part) => part !== null).join(': ');
  return fault(look, 'not-running', 'pod.not-running', 'certain', answer.ids(), { detail });
}

/** Scheduled, and its kubelet has not said why it waits. */
function isUntouched({ node, containerState, reason }: PodStateFact): boolean {
  return node !== null && containerState !== 'terminated' && (reason === null || reason === 'ContainerCreating' || reason === 'PodInitializing');
}

/** What its newest warning says, where the container itself says nothing: a volume that cannot be mounted, say. */
function lastWarning({ events }: PodStateFact): string | null {
  const warning = events.findLast(({ type }) => type === 'Warning');
  return warning === undefined ? null : `${warning.reason}: ${warning.message}`;
}

function exitOf({ lastTermination }: PodStateFact): string | null {
  if (lastTermination === null) return null;
  const { reason, exitCode } = lastTermination;
  return `${reason ?? 'ended'}, exit code ${String(exitCode)}`;
}

import type { CniStateFact } from '../domain/facts.ts';
import type { Look } from './look.ts';

export interface FailingAgent {
  /** The agent's pod, what is wrong with it, and the last error of its log. */
  readonly detail: string;
  readonly evidence: readonly string[];
}

/** The network plugin's agent on this pod's node, when it is not ready or not there; null when it works, or when nobody knows. */
export function failingAgent(look: Look): FailingAgent | null | 'wait' {
  if (look.situation.target.kind !== 'pod' || !look.situation.cluster) return null;
  const answer = look.need({ kind: 'cni-state' });
  if (answer === null) return 'wait';
  const state = answer.fact('cni-state');
  return state?.ready === false ? { detail: described(state), evidence: answer.ids('cni-state') } : null;
}

function described({ agentPod, plugin, node, reason, restarts, lastErrors }: CniStateFact): string {
  const state = [agentPod ?? `${plugin ?? ''}: ${node}`, reason, restarts === 0 ? null : `${String(restarts)} restarts`].filter((part) => part !== null).join(', ');
  return [state, lastErrors.at(-1)].filter((part) => part !== undefined).join(': ');
}

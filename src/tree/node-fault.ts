import type { CauseId } from '../domain/cause.ts';
import type { Look } from './look.ts';

export interface NodeFault {
  readonly cause: Extract<CauseId, 'node.not-ready' | 'node.network-unavailable'>;
  readonly evidence: readonly string[];
  readonly detail: string;
}

/** What the API says against the pod's node; null for nothing, or when it may not be read. */
export function nodeFault(look: Look): NodeFault | null | 'wait' {
  if (look.situation.target.kind !== 'pod' || !look.situation.cluster) return null;
  const answer = look.need({ kind: 'node-state' });
  if (answer === null) return 'wait';
  const state = answer.fact('node-state');
  if (state === null) return null;
  const detail = state.message === null ? state.node : `${state.node}: ${state.message}`;
  const evidence = answer.ids();
  if (state.networkUnavailable === true) return { cause: 'node.network-unavailable', evidence, detail };
  return state.ready === false ? { cause: 'node.not-ready', evidence, detail } : null;
}

import type { Asked } from '../domain/question.ts';
import type { PathStep } from '../domain/verdict.ts';
import { Look, type Situation } from './look.ts';
import { TREE } from './tree.ts';

export interface NodeAnswer {
  /** Its answer is null while the node waits. */
  readonly step: PathStep;
  /** What it wants to know and does not yet. */
  readonly needs: readonly Asked[];
}

/** One node by itself, wherever the walk is. Pure. null: the tree has no such node. */
export function askNode(situation: Situation, id: string): NodeAnswer | null {
  const node = TREE.find((one) => one.id === id);
  if (node === undefined) return null;
  const look = new Look(situation);
  const decision = node.decide(look);
  const at = { node: node.id, layer: node.layer };
  if (decision.kind === 'wait') return { step: { ...at, answer: null, observations: [] }, needs: look.needs };
  return { step: { ...at, answer: decision.branch, observations: decision.observations }, needs: [] };
}

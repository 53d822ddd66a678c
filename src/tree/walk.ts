import { askedKey, type Asked } from '../domain/question.ts';
import type { PathStep } from '../domain/verdict.ts';
import { Look, type Situation } from './look.ts';
import type { Ending, TreeNode } from './node.ts';
import { ROOT, TREE } from './tree.ts';

export interface Walk {
  readonly path: readonly PathStep[];
  /** What the cursor wants to know, in the order it asked. */
  readonly needs: readonly Asked[];
  /** Keys of `needs`. */
  readonly waitingFor: readonly string[];
  /** null while the walk waits. */
  readonly ending: Ending | null;
}

const NODES: ReadonlyMap<string, TreeNode> = new Map(TREE.map((node) => [node.id, node]));

/**
 * Walks the tree from its root over what is known, up to the first node that has to wait or to an ending. Pure: the same
 * situation always gives the same walk. Throws only for a tree that contradicts itself (an undeclared branch, a cycle).
 */
export function walk(situation: Situation): Walk {
  const path: PathStep[] = [];
  let next: string | null = ROOT;
  while (next !== null) {
    const node = NODES.get(next);
    if (node === undefined) throw new Error(`tree: no node ${next}`);
    if (path.some((step) => step.node === node.id)) throw new Error(`tree: ${node.id} is reached twice`);
    const look = new Look(situation);
    const decision = node.decide(look);
    if (decision.kind === 'wait') {
      path.push({ node: node.id, layer: node.layer, answer: null, observations: [] });
      return { path, needs: look.needs, waitingFor: look.needs.map(askedKey), ending: null };
    }
    const branch = node.branches.find((one) => one.id === decision.branch);
    if (branch === undefined) throw new Error(`tree: ${node.id} has no branch ${decision.branch}`);
    path.push({ node: node.id, layer: node.layer, answer: branch.id, observations: decision.observations });
    if (decision.ending !== null) {
      const { cause } = decision.ending;
      if (cause !== null && !branch.causes.includes(cause)) throw new Error(`tree: ${node.id}/${branch.id} does not declare ${cause}`);
      return { path, needs: [], waitingFor: [], ending: decision.ending };
    }
    next = branch.goto;
    if (next === null) throw new Error(`tree: ${node.id}/${branch.id} neither ends nor goes on`);
  }
  throw new Error('tree: walked off');
}

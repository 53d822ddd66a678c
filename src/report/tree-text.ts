import type { PathStep } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';

interface NodeText {
  readonly question: string;
  readonly branches: Readonly<Record<string, string>>;
}

/** The texts of the tree, by the ids that a walk carries. */
function nodeText(messages: Messages, node: string): NodeText | undefined {
  const { nodes } = (messages as unknown as { tree?: { nodes: Readonly<Record<string, NodeText>> } }).tree ?? { nodes: {} };
  return nodes[node];
}

/** What a node asks; its id when there is no text for it. */
export function nodeQuestion(messages: Messages, node: string): string {
  return nodeText(messages, node)?.question ?? node;
}

/** What a branch says; its id when there is no text for it. */
export function branchAnswer(messages: Messages, node: string, branch: string): string {
  return nodeText(messages, node)?.branches[branch] ?? branch;
}

/** The answer of a step of the walk; null while it waits. */
export function stepAnswer(messages: Messages, step: PathStep): string | null {
  return step.answer === null ? null : branchAnswer(messages, step.node, step.answer);
}

import type { PathStep } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';

/** What a node asks; its id when there is no text for it. */
export function nodeQuestion(messages: Messages, node: string): string {
  return messages.tree.nodes[node]?.question ?? node;
}

/** What a branch says; its id when there is no text for it. */
export function branchAnswer(messages: Messages, node: string, branch: string): string {
  return messages.tree.nodes[node]?.branches[branch] ?? branch;
}

/** The answer of a step of the walk; null while it waits. */
export function stepAnswer(messages: Messages, step: PathStep): string | null {
  return step.answer === null ? null : branchAnswer(messages, step.node, step.answer);
}

import type { Messages } from '../../../i18n/index.ts';

interface NodeText {
  readonly question?: string;
  readonly branches?: Readonly<Record<string, string>>;
}

function nodeText(messages: Messages, node: string): NodeText | undefined {
  const { tree } = messages as { readonly tree?: { readonly nodes?: Readonly<Record<string, NodeText>> } };
  return tree?.nodes?.[node];
}

/** A node's question in the reader's language; its id when the catalogue does not have it (a run of another version). */
export function nodeQuestion(messages: Messages, node: string): string {
  return nodeText(messages, node)?.question ?? node;
}

/** The words of a branch; its id when the catalogue does not have it. */
export function nodeAnswer(messages: Messages, node: string, answer: string): string {
  return nodeText(messages, node)?.branches?.[answer] ?? answer;
}

import type { Messages } from '../../i18n/index.ts';
import { branchAnswer, nodeQuestion } from '../../report/tree-text.ts';
import type { Branch, TreeNode } from '../../tree/node.ts';
import { TREE } from '../../tree/tree.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { writeLines } from '../streams.ts';

export const TREE_FORMATS = ['text', 'mermaid'] as const;
export type TreeFormat = (typeof TREE_FORMATS)[number];

/** Prints the decision tree as it is walked. */
export function execute(format: TreeFormat, { streams, messages }: CommandContext): number {
  writeLines(streams.stdout, format === 'mermaid' ? mermaidLines(TREE, messages) : treeLines(TREE, messages));
  return EXIT.ok;
}

export function treeLines(tree: readonly TreeNode[], messages: Messages): readonly string[] {
  return tree
    .flatMap((node) => {
      const guide = messages.tree.nodes[node.id]?.guide;
      return [
        `${node.id}  ${messages.report.layers[node.layer]}`,
        `  ${nodeQuestion(messages, node.id)}`,
        ...(guide === undefined ? [] : [`  ${guide}`]),
        ...node.branches.map((branch) => `    - ${branchAnswer(messages, node.id, branch.id)} → ${destination(branch, messages)}`),
        '',
      ];
    })
    .slice(0, -1);
}

function destination({ goto, causes }: Branch, messages: Messages): string {
  const ends = causes.join(', ');
  if (goto === null) return ends === '' ? messages.cli.tree.unknown : ends;
  return ends === '' ? goto : `${goto}; ${ends}`;
}

/** A Mermaid flowchart: nodes are questions, edges are answers, and each ending is drawn once a branch. */
export function mermaidLines(tree: readonly TreeNode[], messages: Messages): readonly string[] {
  return ['flowchart TD', ...tree.flatMap((node) => [`  ${nodeId(node.id)}["${escape(nodeQuestion(messages, node.id))}"]`, ...edges(node, messages)])];
}

function edges(node: TreeNode, messages: Messages): readonly string[] {
  return node.branches.flatMap((branch) => {
    const from = `  ${nodeId(node.id)} -->|"${escape(branchAnswer(messages, node.id, branch.id))}"|`;
    const onward = branch.goto === null ? [] : [`${from} ${nodeId(branch.goto)}`];
    const isEnd = branch.goto === null || branch.causes.length > 0;
    return isEnd ? [...onward, `${from} ${nodeId(node.id)}__${nodeId(branch.id)}(["${escape(endText(branch, messages))}"])`] : onward;
  });
}

function endText({ causes }: Branch, messages: Messages): string {
  return causes.length === 0 ? messages.cli.tree.unknown : causes.join('<br/>');
}

function nodeId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/gu, '_');
}

/** Mermaid takes HTML entities in quoted text; a plain quote would end it. `<br/>` of our own stays. */
function escape(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll('`', '#96;');
}

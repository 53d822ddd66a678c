/**
 * Text from anywhere as Markdown (CommonMark 0.31 and GitHub's dialect) that shows it as it is: nothing in it becomes a link, an image,
 * a heading, HTML, or the mention of somebody.
 */

/** Every ASCII punctuation character may be escaped (CommonMark 2.4); those that begin nothing stay readable. */
const SPECIAL = /[\\`*_[\]<>#|~&!]/gu;

/** One line of running text. Words after an @, which GitHub turns into a mention whatever is escaped, become code. */
export function markdownText(text: string): string {
  return oneLine(text)
    .split(/(@[\w/-]+)/u)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : part.replace(SPECIAL, '\\$&').replace(/^(\s*)([-+]|\d+(?=[.)]))/u, '$1\\$2')))
    .join('');
}

/** A sentence of ours, with commands between backticks: they stay code, all else is text. */
export function markdownSentence(text: string): string {
  return oneLine(text)
    .split('`')
    .map((part, index, all) => (index % 2 === 1 && index < all.length - 1 ? codeSpan(part) : markdownText(part)))
    .join('');
}

/** `code`, between more backticks than it holds (CommonMark 6.1). */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The same in a cell of a table, where a bar ends the cell even within code (GFM 4.10). */
export function tableCell(text: string): string {
  return text.replace(/(?<!\\)\|/gu, '\\|');
}

/** Lines between fences of more backticks than any of them holds (CommonMark 4.5). */
export function codeBlock(lines: readonly string[]): readonly string[] {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/gu, ' ');
}

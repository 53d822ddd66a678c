import type { AccessResult } from './run.ts';

/** What came of all faults, as lines of Markdown. */
export function accessTable(results: readonly AccessResult[]): readonly string[] {
  const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [
    row('fault', 'what happens', 'exit', 'time', 'terminal', 'as it has to be'),
    row('-', '-', '-', '-', '-', '-'),
    ...results.map(({ id, why, exitCode, seconds, terminal, wrong }) => row(id, why, String(exitCode ?? 'killed'), `${seconds.toFixed(1)} s`, terminal === '' ? '-' : terminal, wrong.length === 0 ? 'yes' : `**no**: ${wrong.join('; ')}`)),
    `${String(results.filter(({ wrong }) => wrong.length === 0).length)} of ${String(results.length)} as they have to be`,
  ];
}

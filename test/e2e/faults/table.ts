import type { Result, Score } from './run.ts';

const SCORES: readonly Score[] = ['exact', 'tolerable', 'inconclusive', 'wrong', 'false-reachable', 'false-fault', 'not-run'];

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What came of all scenarios, as lines of Markdown. */
export function table(results: readonly Result[]): readonly string[] {
  const count = (score: Score): number => results.filter((result) => result.score === score).length;
  const percent = ((100 * count('exact')) / Math.max(1, results.length)).toFixed(1);
  const left = results.filter((result) => result.left.length > 0).length;
  return [
    row('scenarios', ...SCORES, 'with leftovers'),
    row(...Array.from({ length: SCORES.length + 2 }, () => '-')),
    row(results.length, `${String(count('exact'))} (${percent} %)`, ...SCORES.slice(1).map(count), left),
  ];
}

/** The cluster's part of the page: what was broken, what was expected and what was found. */
export function scorecard(results: readonly Result[]): string {
  return [
    'Faults injected into a real Kubernetes cluster of two nodes (CoreDNS, kube-proxy, a bridge CNI, an enforcer of NetworkPolicies), and what',
    '`netdiag-tui run` says of them from the pod. Made by `npm run test:e2e -- faults --scorecard`; the scenarios are data in `test/e2e/faults/`. *rejected*:',
    'the enforcer answers forbidden packets instead of dropping them.',
    '',
    ...table(results),
    '',
    '*tolerable*: a neighbour of the cause that the scenario accepts, without claiming certainty.',
    '',
    row('scenario', 'what is wrong', 'expected', 'found', 'score', 'time'),
    row('-', '-', '-', '-', '-', '-'),
    ...results.map(({ scenario, found, score, seconds }) =>
      row(scenario.id, scenario.why, `\`${scenario.expected}\``, found.split(': ')[0] ?? '', score === 'exact' ? score : `**${score}**`, `${seconds.toFixed(1)} s`)),
    '',
  ].join('\n');
}

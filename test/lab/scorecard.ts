/** The scorecard as Markdown: what was expected and what was found, ours beside the guide's. */
import { CAUSE_IDS } from '../../src/domain/cause.ts';
import { NOT_YET_DETECTED } from '../../src/domain/not-yet-detected.ts';
import type { Result } from './bench.ts';
import { scoreOf, type Claim, type Score } from './score.ts';

const SCORES = ['exact', 'tolerable', 'inconclusive', 'wrong', 'false-reachable'] as const satisfies readonly Score[];

export function scorecard(results: readonly Result[], seed: number): string {
  const full = results.filter(({ scenario }) => scenario.limited !== true);
  const limited = results.filter(({ scenario }) => scenario.limited === true);
  return [
    '# Scorecard',
    '',
    `Faults injected into real networks (Linux network namespaces), and what \`netdiag-tui run\` says of them. Made by \`npm run lab -- --scorecard --seed ${String(seed)}\`.`,
    'Addresses, ports, names, hop counts and delays are drawn anew from the seed. Causes that only a cluster shows are in the [second part](#in-a-cluster).',
    '',
    ...headline(full, limited),
    '',
    '## Per cause',
    '',
    'Vantages with all tools. *tolerable*: a neighbour that the scenario accepts, without claiming certainty. *guide*: the four commands of the guide (curl, nc, nslookup, ping and traceroute), read with its table of patterns and the tools’ own words, in the pod alone and without the time that a person takes.',
    '',
    ...perCause(full),
    '',
    '## Vantages with less',
    '',
    'The same faults from containers that have only these tools: a verdict may be less certain there, never false.',
    '',
    ...perToolbox(limited),
    '',
    '## Confusion',
    '',
    'Every verdict that is not exact, all vantages.',
    '',
    ...confusion(results),
    '',
    '## Not in the lab',
    '',
    `No scenario without a cluster: ${missing(results).join(', ')}.${NOT_YET_DETECTED.length === 0 ? '' : ` Not detected yet: ${NOT_YET_DETECTED.join(', ')}.`}`,
    '',
  ].join('\n');
}

function count(results: readonly Result[], score: Score): number {
  return results.filter((result) => result.score === score).length;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function baselineScores(results: readonly Result[]): readonly Score[] {
  return results.flatMap(({ scenario, baseline }) => (baseline === null ? [] : [scoreOf(scenario, baseline.claim)]));
}

function headline(full: readonly Result[], limited: readonly Result[]): readonly string[] {
  const guide = baselineScores(full);
  const share = (scores: readonly Score[], score: Score): string => percent(scores.filter((one) => one === score).length, scores.length);
  const ours = full.map(({ score }) => score);
  const less = limited.map(({ score }) => score);
  const times = full.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const guideTimes = full.flatMap(({ baseline }) => baseline?.durationMs ?? []).sort((a, b) => a - b);
  const ratios = overLongestWait(full);
  const healthy = full.filter(({ scenario }) => scenario.expected === 'reachable');
  const certainAndWrong = [...full, ...limited].filter(({ score, claim }) => score === 'wrong' && claim?.confidence === 'certain').length;
  return [
    row('', 'netdiag-tui', 'netdiag-tui, few tools', 'the guide by hand'),
    row('-', '-', '-', '-'),
    row('scenarios', ours.length, less.length, guide.length),
    ...SCORES.map((score) => row(score, share(ours, score), share(less, score), share(guide, score))),
    row('false fault on a healthy network', healthy.filter(({ claim }) => claim?.status === 'fault').length, limited.filter(({ scenario, claim }) => scenario.expected === 'reachable' && claim?.status === 'fault').length, healthy.filter(({ baseline }) => baseline?.claim.status === 'fault').length),
    row('certain, and wrong', certainAndWrong, '(counted left)', '-'),
    row(`time ÷ longest wait, ${String(ratios.length)} of a second or more`, `${atShare(ratios, 0.5).toFixed(2)}; 90 %: ${atShare(ratios, 0.9).toFixed(2)}`, '', ''),
    row('median time', seconds(middle(times)), seconds(middle(limited.map(({ durationMs }) => durationMs).sort((a, b) => a - b))), seconds(middle(guideTimes))),
  ];
}

const LONG_WAIT_MS = 1_000;

/** Verdict time over the longest single wait that it needed: an answer that the tree waited for, or gave up on. Sorted. */
function overLongestWait(results: readonly Result[]): readonly number[] {
  return results.flatMap(({ bars, durationMs }) => {
    const longestMs = Math.max(0, ...bars.flatMap(({ needed, startMs, endMs }) => (needed ? [(endMs ?? durationMs) - startMs] : [])));
    return longestMs < LONG_WAIT_MS ? [] : [durationMs / longestMs];
  }).sort((a, b) => a - b);
}

function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function perCause(results: readonly Result[]): readonly string[] {
  const lines = [row('expected', ...SCORES, 'median time', 'guide exact'), row(...Array.from({ length: SCORES.length + 3 }, () => '-'))];
  for (const cause of ['reachable', ...CAUSE_IDS]) {
    const here = results.filter(({ scenario }) => scenario.expected === cause);
    if (here.length === 0) continue;
    const guide = baselineScores(here);
    const times = here.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
    lines.push(row(`\`${cause}\``, ...SCORES.map((score) => count(here, score) || ''), seconds(middle(times)), `${String(guide.filter((one) => one === 'exact').length)}/${String(guide.length)}`));
  }
  return lines;
}

function perToolbox(results: readonly Result[]): readonly string[] {
  const lines = [row('tools', ...SCORES), row(...Array.from({ length: SCORES.length + 1 }, () => '-'))];
  for (const tools of new Set(results.map(({ scenario }) => scenario.tools ?? 'all'))) {
    const here = results.filter(({ scenario }) => scenario.tools === tools);
    lines.push(row(tools, ...SCORES.map((score) => count(here, score) || '')));
  }
  return lines;
}

function nameOf(claim: Claim | null): string {
  if (claim === null) return 'not run';
  return claim.status === 'fault' ? `\`${claim.cause ?? ''}\` (${claim.confidence})` : claim.status;
}

function confusion(results: readonly Result[]): readonly string[] {
  const off = results.filter(({ score }) => score !== 'exact');
  const lines = [row('expected', 'found', 'score', 'scenarios'), row('-', '-', '-', '-')];
  const groups = new Map<string, Result[]>();
  for (const result of off) {
    const key = [result.scenario.expected, nameOf(result.claim), result.score].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (first !== undefined) lines.push(row(`\`${first.scenario.expected}\``, nameOf(first.claim), first.score, group.map(({ scenario }) => scenario.id).join(', ')));
  }
  return lines;
}

function missing(results: readonly Result[]): readonly string[] {
  const there = new Set<string>(results.map(({ scenario }) => scenario.expected));
  return CAUSE_IDS.filter((cause) => !there.has(cause));
}

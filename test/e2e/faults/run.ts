import { enforce } from './enforcer.ts';
import { leftovers, withFault } from './perform.ts';
import type { Scenario } from './scenario.ts';
import { runProduct } from '../product.ts';

export type Score = 'exact' | 'tolerable' | 'inconclusive' | 'wrong' | 'false-reachable' | 'false-fault' | 'not-run';

export interface Result {
  readonly scenario: Scenario;
  readonly score: Score;
  /** Cause or status, with the confidence. */
  readonly found: string;
  readonly seconds: number;
  /** What was there after the scenario and not before it. */
  readonly left: readonly string[];
}

interface Printed {
  readonly verdict?: { readonly status: 'reachable' | 'fault' | 'inconclusive'; readonly cause: string | null; readonly confidence: string; readonly summary: string };
  readonly error?: { readonly code: string; readonly message: string };
}

/** Runs them one after the other: they share a cluster. */
export async function runScenarios(scenarios: readonly Scenario[], say: (line: string) => void): Promise<readonly Result[]> {
  const results: Result[] = [];
  try {
    for (const scenario of scenarios) {
      await enforce(scenario.enforcing ?? 'drop');
      const result = await runScenario(scenario, say);
      say(`${result.score.padEnd(15)} ${scenario.id.padEnd(32)} ${scenario.expected.padEnd(24)} ${result.found}  ${result.seconds.toFixed(1)} s${result.left.map((one) => `\n  LEFT ${one}`).join('')}`);
      results.push(result);
    }
  } finally {
    await enforce('drop');
  }
  return results;
}

export async function runScenario(scenario: Scenario, say: (line: string) => void = () => undefined): Promise<Result> {
  const before = await leftovers();
  let printed: Printed = {};
  let seconds = 0;
  try {
    await withFault(scenario, async (argv) => {
      const startedAt = Date.now();
      const { stdout, stderr } = await runProduct(['run', ...argv, '-o', 'json']);
      seconds = (Date.now() - startedAt) / 1000;
      if (stderr !== '') say(stderr);
      printed = JSON.parse(stdout) as Printed;
    });
  } catch (error) {
    return { scenario, score: 'not-run', found: error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error), seconds, left: [] };
  }
  const after = await leftovers();
  return { scenario, ...judge(scenario, printed), seconds, left: after.filter((one) => !before.includes(one)) };
}

function judge({ expected, tolerable = [] }: Scenario, { verdict, error }: Printed): Pick<Result, 'score' | 'found'> {
  if (verdict === undefined) return { score: 'not-run', found: `${error?.code ?? 'no verdict'}: ${error?.message ?? ''}` };
  const { status, cause, confidence, summary } = verdict;
  const claimed = status === 'fault' ? cause : status;
  const found = `${claimed ?? ''}${status === 'inconclusive' && cause !== null ? ` (${cause})` : ''} (${confidence})`;
  if (claimed === expected) return { score: 'exact', found };
  const told = { found: `${found}: ${summary}` };
  if (status === 'reachable') return { score: 'false-reachable', ...told };
  if (expected === 'reachable' && status === 'fault') return { score: 'false-fault', ...told };
  if (status === 'inconclusive') return { score: 'inconclusive', ...told };
  return { score: tolerable.some((one) => one === cause) && confidence !== 'certain' ? 'tolerable' : 'wrong', ...told };
}

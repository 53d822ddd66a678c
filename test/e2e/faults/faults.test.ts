import { afterAll, describe, expect, test } from 'vitest';
import { writeClusterPart } from '../../scorecard-page.ts';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from '../cluster.ts';
import { enforce } from './enforcer.ts';
import { SCENARIOS } from './index.ts';
import { runScenario, type Result } from './run.ts';
import { scorecard, table } from './table.ts';

/**
 * Every fault of the cluster, injected, asked about and undone, one after the other. A few verdicts may be less than exact; none may
 * call a fault healthy or a healthy cluster faulty, and nothing may be left behind.
 */
const SCENARIO_MS = 400_000;
const EXACT_SHARE = 0.9;

const results: Result[] = [];

describe.skipIf(!HAS_SCRIPTS)(`faults of the cluster${NEEDS_SCRIPTS}`, () => {
  test.each(SCENARIOS)('$id: $expected', async (scenario) => {
    await enforce(scenario.enforcing ?? 'drop');
    const result = await runScenario(scenario);
    results.push(result);
    expect(result.left, 'left behind').toEqual([]);
    expect(['exact', 'tolerable', 'inconclusive', 'wrong'], result.found).toContain(result.score);
  }, SCENARIO_MS);

  test('nine verdicts of ten are exact', () => {
    const exact = results.filter(({ score }) => score === 'exact').length;
    expect(exact / Math.max(1, results.length)).toBeGreaterThanOrEqual(EXACT_SHARE);
  });

  afterAll(async () => {
    await enforce('drop');
    process.stdout.write(`${table(results).join('\n')}\n`);
    if (process.env['NETDIAG_SCORECARD'] === '1') writeClusterPart(scorecard(results));
  });
});

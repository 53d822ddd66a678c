import { describe, expect, test } from 'vitest';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from './cluster.ts';
import { SCENARIOS } from './faults/index.ts';
import { runScenario } from './faults/run.ts';

/** A few of the cluster's faults, of each family; `npm run test:e2e -- faults` runs them all. */
const SAMPLE = ['policy-deny-all', 'policy-dns-denied', 'dns-policy-default', 'service-missing-url', 'service-no-endpoints-url', 'service-wrong-named-port', 'service-proxy-broken', 'pod-image', 'pod-crash', 'healthy-service-url'];

describe.skipIf(!HAS_SCRIPTS)(`a sample of the cluster's faults${NEEDS_SCRIPTS}`, () => {
  test.each(SAMPLE.map((id) => SCENARIOS.find((one) => one.id === id)))('$id: $expected', async (scenario) => {
    if (scenario === undefined) throw new Error('the sample names a scenario that is not there');
    const { score, found, left } = await runScenario(scenario);
    expect({ score, left }, found).toEqual({ score: 'exact', left: [] });
  }, 120_000);
});

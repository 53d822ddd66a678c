import { afterAll, describe, expect, test } from 'vitest';
import { ACCESS_FAULTS } from './access/faults.ts';
import { killedRuns } from './access/killed.ts';
import { deleteAllPods } from './access/pods.ts';
import { runFault } from './access/run.ts';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from './cluster.ts';

/** A few of what goes wrong while somebody is in a pod; `npm run test:e2e -- access` tries all of it. */
const SAMPLE = ['SIGTERM-starting', 'SIGHUP-probing', 'pod-deleted-exec'];

describe.skipIf(!HAS_SCRIPTS)(`a sample of the faults of access${NEEDS_SCRIPTS}`, () => {
  test.each(SAMPLE.map((id) => ACCESS_FAULTS.find((one) => one.id === id)))('$id: $why', async (fault) => {
    if (fault === undefined) throw new Error('the sample names a fault that is not there');
    expect((await runFault(fault)).wrong).toEqual([]);
  }, 240_000);

  test('two runs that are killed leave nothing when their time is over', async () => {
    expect((await killedRuns(2)).flatMap(({ wrong }) => wrong)).toEqual([]);
  }, 300_000);

  afterAll(deleteAllPods, 60_000);
});

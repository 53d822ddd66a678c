import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from '../cluster.ts';
import { HAS_TMUX, NEEDS_TMUX } from '../terminal.ts';
import { CONSOLE_FAULTS, killedConsoles, runConsoleFault } from './console.ts';
import { ACCESS_FAULTS } from './faults.ts';
import { killedRuns } from './killed.ts';
import { deleteAllPods } from './pods.ts';
import { cleanUpEverything, runFault, type AccessResult } from './run.ts';
import { accessTable } from './table.ts';
import { twoPeopleCleanUp } from './two-people.ts';

/**
 * What goes wrong while somebody is in a pod. Whatever it is: nothing of ours runs when its time is over, the message is right, and
 * nothing is claimed that was not seen. NETDIAG_KILLS: how many runs, and how many consoles, are killed at random moments.
 */
const KILLS = Number(process.env['NETDIAG_KILLS'] ?? '20');
const FAULT_MS = 400_000;
const KILL_MS = 30_000;

const results: AccessResult[] = [];

describe.skipIf(!HAS_SCRIPTS)(`faults of access${NEEDS_SCRIPTS}`, () => {
  beforeAll(async () => { await cleanUpEverything(); }, FAULT_MS);

  test.each(ACCESS_FAULTS)('$id: $why', async (fault) => {
    const result = await runFault(fault);
    results.push(result);
    expect(result.wrong).toEqual([]);
  }, FAULT_MS);

  test('two people clean up at once', async () => {
    const result = await twoPeopleCleanUp();
    results.push(result);
    expect(result.wrong).toEqual([]);
  }, FAULT_MS);

  test.each(HAS_TMUX ? CONSOLE_FAULTS : [])('$id: $why', async (fault) => {
    const result = await runConsoleFault(fault);
    results.push(result);
    expect(result.wrong).toEqual([]);
  }, FAULT_MS);

  test.skipIf(!HAS_TMUX)(`${String(KILLS)} consoles are killed at random moments${NEEDS_TMUX}`, async () => {
    const killed = await killedConsoles(KILLS);
    results.push(...killed);
    expect(killed.flatMap(({ wrong }) => wrong)).toEqual([]);
  }, KILLS * KILL_MS + FAULT_MS);

  test(`${String(KILLS)} runs are killed at random moments`, async () => {
    const killed = await killedRuns(KILLS);
    results.push(...killed);
    expect(killed.flatMap(({ wrong }) => wrong)).toEqual([]);
  }, KILLS * KILL_MS + FAULT_MS);

  afterAll(async () => {
    await deleteAllPods();
    const left = await cleanUpEverything();
    process.stdout.write(`${accessTable(results).join('\n')}\n`);
    expect(left).toEqual([]);
  }, FAULT_MS);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { breakNetwork, HAS_SCRIPTS, mendNetwork, NEEDS_SCRIPTS, podOf } from './cluster.ts';
import { runProduct } from './product.ts';
import { run as runContract } from './run-contract.ts';

/** One question from every replica of the test cluster's workload, which has one on each of two nodes. */

const GOOD = 'https://api.payments.example/';
const status = z.enum(['reachable', 'fault', 'inconclusive']);
const layer = z.enum(['pass', 'fail', 'warn', 'unknown', 'skipped']);

const FAN_OUT = z.strictObject({
  schema: z.literal('netdiag-fan-out/v1'),
  tool: z.strictObject({ name: z.literal('netdiag-tui'), version: z.string() }),
  scope: z.enum(['all', 'per-node']),
  target: z.strictObject({ context: z.string(), namespace: z.string(), workload: z.string() }),
  dependency: z.strictObject({ url: z.string(), protocol: z.string(), host: z.string(), port: z.int() }),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  ended: z.enum(['completed', 'interrupted']),
  verdict: z.strictObject({
    status, cause: z.string().nullable(), layer: z.string().nullable(), confidence: z.enum(['certain', 'likely', 'possible']), summary: z.string().min(1),
    pattern: z.enum(['none', 'everywhere', 'one-node', 'some-pods', 'unknown']), node: z.string().nullable(), pods: z.array(z.string()),
  }),
  members: z.array(z.strictObject({
    pod: z.string(), container: z.string(), node: z.string().nullable(), replica: z.boolean(), status: status.nullable(), cause: z.string().nullable(),
    layers: z.strictObject({ application: layer, transport: layer, internet: layer, 'network-access': layer }), detail: z.string().nullable(), run: runContract.nullable(),
  })),
  uncovered: z.array(z.string()),
});

async function fanOut(...argv: readonly string[]): Promise<{ readonly exitCode: number | null; readonly found: z.infer<typeof FAN_OUT> }> {
  const ended = await runProduct(['run', '-n', 'shop', ...argv, '-o', 'json']);
  expect(ended.stderr).toBe('');
  return { exitCode: ended.exitCode, found: FAN_OUT.parse(JSON.parse(ended.stdout)) };
}

describe.skipIf(!HAS_SCRIPTS)(`many pods${NEEDS_SCRIPTS}`, () => {
  beforeAll(mendNetwork);
  afterAll(mendNetwork);

  test('all replicas reach what is well', async () => {
    const { exitCode, found } = await fanOut('deploy/orders', '--all', '--to', GOOD);
    expect({ exitCode, ...found.verdict }).toMatchObject({ exitCode: 0, status: 'reachable', pattern: 'none', pods: [] });
    expect(found.members.map(({ node, replica, status: own }) => [node, replica, own]).toSorted()).toEqual([['n1', true, 'reachable'], ['n2', true, 'reachable']]);
  }, 60_000);

  test('one node whose pods are cut off stands out', async () => {
    // Asked by address: a replica of the cluster's DNS runs there too, and everybody would miss its answers.
    const mend = await breakNetwork([{ host: 'n1', match: '-s 10.244.0.0/24 -d 198.51.100.0/24 -j DROP' }]);
    const { exitCode, found } = await fanOut('deploy/orders', '--per-node', '--to', 'tcp://198.51.100.10:443');
    await mend();
    expect({ exitCode, ...found.verdict }).toMatchObject({ exitCode: 1, status: 'fault', cause: 'node.single-node-fault', pattern: 'one-node', node: 'n1' });
  }, 60_000);

  test('a fault behind both nodes is no node’s', async () => {
    const mend = await breakNetwork([{ host: 'router', match: '-d 198.51.100.11 -p tcp --dport 5432 -j DROP' }]);
    const { exitCode, found } = await fanOut('deploy/orders', '--all', '--to', 'tcp://198.51.100.11:5432');
    await mend();
    expect({ exitCode, ...found.verdict }).toMatchObject({ exitCode: 1, cause: 'tcp.filtered', pattern: 'everywhere', node: null });
  }, 60_000);

  test('another pod stands in on a node without a replica', async () => {
    const { node: home } = await podOf('web');
    const { exitCode, found } = await fanOut('deploy/web', '--per-node', '--to', GOOD);
    expect(exitCode).toBe(0);
    expect(found.members.map(({ node, replica }) => [node, replica]).toSorted()).toEqual(['n1', 'n2'].map((node) => [node, node === home]));
  }, 60_000);

  test('people get a matrix', async () => {
    const { stdout, exitCode } = await runProduct(['run', '-n', 'shop', 'deploy/orders', '--all', '--to', GOOD]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Pod +Node +4 Application +3 Transport +2 Internet +1 Network access +Verdict$/mu);
    expect(stdout).toMatch(/^orders-\S+ +n1 +\S.*Reachable · certain$/mu);
  }, 60_000);
});

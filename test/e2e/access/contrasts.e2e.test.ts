import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { breakNetwork, HAS_SCRIPTS, kubectl, NEEDS_SCRIPTS } from '../cluster.ts';
import { runProduct, type Ended } from '../product.ts';
import { readRun } from '../run-contract.ts';
import { runningThings } from './traces.ts';

/** Pods of our own: places to compare with, and what a namespace demands of them. */

const API = '198.51.100.10';
const QUOTA = 'netdiag-e2e-quota';

describe.skipIf(!HAS_SCRIPTS)(`pods to compare with${NEEDS_SCRIPTS}`, () => {
  test('stand on the target\'s node for one run, and tell what pods alone cannot reach', async () => {
    await breakNetwork((['n1', 'n2'] as const).map((host) => ({ host, match: `-s 10.244.0.0/16 -d ${API} -p tcp --dport 443 -j DROP` })));
    const ended = await runProduct(['run', '-n', 'shop', 'deploy/orders', '--to', `tcp://${API}:443`, '--toolkit', '--node-pod', '--write', '--yes', '--ttl', '2m', '-o', 'json']);
    const run = readRun(ended.stdout);
    expect(run.access?.compared).toMatchObject([
      { rung: 'toolkit', refusal: null, kept: { network: false, node: true }, created: { kind: 'pod', isNew: true, stays: false } },
      { rung: 'node', refusal: null, kept: { network: false, node: true }, created: { kind: 'pod', isNew: true, stays: false } },
    ]);
    const node = run.vantages.find(({ kind }) => kind === 'node');
    expect(node).toMatchObject({ node: run.vantages.find(({ id }) => id === 'target')?.node });
    expect({ code: ended.exitCode, cause: run.verdict.cause }).toEqual({ code: 1, cause: 'tcp.filtered-from-pods' });
    expect(await runningThings()).toEqual([]);
    expect(await kubectl(['get', 'pods', '-A', '-l', 'app.kubernetes.io/managed-by=netdiag-tui', '-o', 'name'])).toBe('');
  });

  test('are offered and not made without --write', async () => {
    const ended = await runProduct(['run', '-n', 'shop', 'deploy/orders', '--to', `tcp://${API}:443`, '--toolkit']);
    expect(ended.stdout).toContain('To compare with: no toolkit pod: it changes the cluster, which takes --write');
    expect(ended.exitCode).toBe(0);
    expect(await runningThings()).toEqual([]);
  });

  test.each([
    ['--local', ['--local', '--toolkit'], '--toolkit, --local'],
    ['many pods', ['deploy/orders', '--all', '--node-pod'], '--node-pod, --all'],
    ['two nodes', ['deploy/orders', '--node-pod', '--node', 'n1'], '--node-pod, --node'],
  ])('have no place beside %s', async (_what, argv, named) => {
    expect(await runProduct(['run', ...argv, '--to', 'api.payments.example'])).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(named) });
  });
});

describe.skipIf(!HAS_SCRIPTS)(`what a namespace demands of a pod${NEEDS_SCRIPTS}`, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netdiag-e2e-'));
    const hard = { 'limits.cpu': '1', 'limits.memory': '1Gi', 'requests.cpu': '1', 'requests.memory': '1Gi' };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: QUOTA } };
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'all', namespace: QUOTA }, spec: { hard } };
    await kubectl(['delete', 'namespace', '--ignore-not-found', QUOTA]);
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [namespace, quota] }));
    await kubectl(['wait', '-n', QUOTA, '--for=jsonpath={.status.hard}', '--timeout=30s', 'resourcequota/all']);
  }, 90_000);
  afterAll(async () => {
    await kubectl(['delete', 'namespace', '--ignore-not-found', QUOTA]);
    await rm(folder, { recursive: true, force: true });
  }, 90_000);

  const up = (env: Readonly<Record<string, string>>, ...more: readonly string[]): Promise<Ended> => runProduct(['toolkit', 'up', '-n', QUOTA, '--yes', '--ttl', '2m', ...more], { env });
  const limitsOf = (): Promise<string> => kubectl(['get', 'pods', '-n', QUOTA, '-o', 'jsonpath={.items[*].spec.containers[0].resources.limits}']);
  const down = async (): Promise<void> => { await runProduct(['toolkit', 'down', '-n', QUOTA, '--yes']); };

  test('is told when it is not met, and how to meet it', async () => {
    const ended = await up({});
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/There is no toolkit pod: .*must specify limits\.cpu/u);
    expect(ended.stderr).toContain('--limit memory=256Mi');
    expect(await limitsOf()).toBe('');
  });

  test('is met by options', async () => {
    onTestFinished(down);
    expect(await up({}, '--limit', 'cpu=200m', '--limit', 'memory=128Mi')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(await limitsOf())).toEqual({ cpu: '200m', memory: '128Mi' });
  });

  test('is met by the settings, of which an option takes precedence', async () => {
    onTestFinished(down);
    await mkdir(join(folder, 'netdiag-tui'));
    await writeFile(join(folder, 'netdiag-tui/config.yaml'), 'toolkit:\n  image: docker.io/library/busybox:1.36\n  limits:\n    cpu: 300m\n    memory: 128Mi\n');
    expect(await up({ XDG_CONFIG_HOME: folder }, '--limit', 'cpu=250m')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(await limitsOf())).toEqual({ cpu: '250m', memory: '128Mi' });
    expect(await kubectl(['get', 'pods', '-n', QUOTA, '-o', 'jsonpath={.items[*].spec.containers[0].image}'])).toBe('docker.io/library/busybox:1.36');
  });
});

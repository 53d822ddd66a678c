import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPod, HAS_SCRIPTS, kubeconfigAs, kubectl, NEEDS_SCRIPTS, podIsReady, processesIn, removePod } from './cluster.ts';
import { runProduct, startProduct, type Ended } from './product.ts';
import { readFailure, readRun } from './run-contract.ts';

/** Runs that cannot start, may not look, or are broken off. */

const TO = ['--to', 'https://api.payments.example/'];
const SHOP = ['run', '-n', 'shop'];

interface Failed {
  readonly code: string;
  readonly message: string;
}

/** Exit code 3; a sentence and a hint for people, an object for scripts; the same words in both, and another language in Spanish. */
async function failsWith(argv: readonly string[]): Promise<Failed> {
  const [text, json, spanish] = await Promise.all([runProduct(argv), runProduct([...argv, '-o', 'json']), runProduct(argv, { language: 'es' })]);
  for (const ended of [text, json, spanish]) expect(ended).toMatchObject({ exitCode: 3 });
  const { code, message, hint } = readFailure(json.stdout);
  expect(json.stderr).toBe('');
  expect(text).toMatchObject({ stdout: '', stderr: `Error: ${message}\n${hint}\n` });
  expect(spanish.stdout).toBe('');
  expect(spanish.stderr.split('\n')).toHaveLength(3);
  expect(spanish.stderr).not.toContain(hint);
  for (const line of [message, hint]) expect(line).not.toMatch(/\n|^\s+at |undefined|\[object/u);
  return { code, message };
}

describe('arguments', () => {
  test.each<[code: string, argv: readonly string[], named: string]>([
    ['no-dependency', [...SHOP, 'deploy/orders'], ''],
    ['no-target', ['run', ...TO], ''],
    ['bad-dependency', [...SHOP, 'deploy/orders', '--to', 'ftp://host/'], 'ftp'],
    ['bad-dependency', [...SHOP, 'deploy/orders', '--to', 'host:99999'], '99999'],
    ['unknown-option', [...SHOP, 'deploy/orders', '--too', 'host'], '--too'],
    ['bad-duration', ['run', '--local', ...TO, '--timeout', 'never'], 'never'],
    ['two-targets', ['run', '--local', 'deploy/orders', ...TO], '--local'],
    ['bad-prefix', ['run', '--via', "ssh 'node", ...TO], ''],
    ['prefix-not-started', ['run', '--via', '/no/such/program', ...TO], '/no/such/program'],
  ])('%s: %j', async (code, argv, named) => {
    expect(await failsWith(argv)).toEqual({ code, message: expect.stringContaining(named) });
  });
});

describe.skipIf(!HAS_SCRIPTS)(`the cluster${NEEDS_SCRIPTS}`, () => {
  let folder = '';
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'netdiag-e2e-')); });
  afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

  test.each<[what: string, code: string, argv: readonly string[], named: string]>([
    ['a pod', 'target-not-found', [...SHOP, 'pod/nosuch', ...TO], 'pod/nosuch'],
    ['a workload', 'target-not-found', [...SHOP, 'deploy/nosuch', ...TO], 'deployment/nosuch'],
    ['a namespace', 'target-not-found', ['run', '-n', 'nosuch', 'deploy/orders', ...TO], 'nosuch'],
    ['a context', 'unknown-context', [...SHOP, '--context', 'nosuch', 'deploy/orders', ...TO], 'nosuch'],
    ['a container', 'container-not-found', [...SHOP, 'deploy/web', '-c', 'nosuch', ...TO], 'nosuch'],
    ['a kubeconfig', 'no-kubeconfig', [...SHOP, '--kubeconfig', '/nosuch', 'deploy/orders', ...TO], '/nosuch'],
    ['pods of a Service without selector', 'no-pods', [...SHOP, 'svc/legacy-db', ...TO], 'legacy-db'],
  ])('has no such thing: %s', async (_what, code, argv, named) => {
    expect(await failsWith(argv)).toEqual({ code, message: expect.stringContaining(named) });
  });

  test.each([
    ['nobody has that address', '10.10.0.99:6443'],
    ['nothing listens', '10.10.0.10:6444'],
  ])('has no API server there: %s', async (_what, server) => {
    const admin = await readFile(process.env['KUBECONFIG'] ?? '', 'utf8');
    const file = join(folder, server);
    await writeFile(file, admin.replace(/server: \S+/u, `server: https://${server}`));
    expect(await failsWith([...SHOP, '--kubeconfig', file, 'deploy/orders', ...TO])).toEqual({ code: 'api-unreachable', message: expect.stringContaining(server) });
  });

  test('a container that does not run is a verdict, and says why', async () => {
    const pod = 'netdiag-e2e-no-image';
    try {
      await createPod({ name: pod, image: 'docker.io/shop/nosuch:1' });
      await expect.poll(() => kubectl(['get', 'pod', '-n', 'shop', pod, '-o', 'jsonpath={.status.containerStatuses[0].state.waiting.reason}']), { timeout: 30_000, interval: 500 }).toMatch(/Image/u);
      const { exitCode, stdout } = await runProduct([...SHOP, pod, ...TO, '-o', 'json']);
      const { verdict } = readRun(stdout);
      expect({ exitCode, cause: verdict.cause, summary: verdict.summary }).toEqual({ exitCode: 1, cause: 'pod.not-running', summary: expect.stringMatching(/ErrImage|ImagePull/u) });
    } finally {
      await removePod(pod);
    }
  });

  test('somebody who may not exec is told which right is missing', async () => {
    const argv = [...SHOP, '--kubeconfig', await kubeconfigAs('viewer', folder), 'deploy/orders', ...TO];
    const [text, json] = await Promise.all([runProduct(argv), runProduct([...argv, '-o', 'json'])]);
    expect([text.exitCode, json.exitCode]).toEqual([2, 2]);
    const { verdict } = readRun(json.stdout);
    expect(verdict).toMatchObject({ status: 'inconclusive', cause: null });
    expect(verdict.summary).toContain('pods/exec');
    expect(text.stdout).toContain('cannot get resource "pods/exec"');
  });

  test('somebody who may only use one namespace gets a verdict there, and a sentence elsewhere', async () => {
    const kubeconfig = await kubeconfigAs('debugger', folder);
    const { exitCode, stdout } = await runProduct([...SHOP, '--kubeconfig', kubeconfig, 'deploy/orders', ...TO, '-o', 'json']);
    expect(exitCode).toBe(0);
    expect(readRun(stdout).verdict.untestable.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('services'));
    expect(await failsWith(['run', '-n', 'locked', '--kubeconfig', kubeconfig, 'deploy/vault', ...TO])).toEqual({
      code: 'forbidden',
      message: expect.stringContaining('cannot get resource "deployments"'),
    });
  });
});

describe.skipIf(!HAS_SCRIPTS)(`a run that is broken off${NEEDS_SCRIPTS}`, () => {
  const pod = 'netdiag-e2e-signals';
  beforeAll(async () => {
    await createPod({ name: pod, image: 'docker.io/shop/app-debian:1' });
    await podIsReady(pod);
  });
  afterAll(() => removePod(pod));

  /** Interrupts while a probe waits for an answer that never comes. */
  async function interrupt(signal: NodeJS.Signals, more: readonly string[]): Promise<Ended> {
    const product = startProduct([...SHOP, pod, '--to', 'https://silent.payments.example/', '--connect-timeout', '20s', ...more]);
    await expect.poll(async () => (await processesIn(pod)).join('\n'), { timeout: 30_000, interval: 200 }).toContain('203.0.113.24');
    product.kill(signal);
    return product.ended;
  }

  test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('%s: exit code %d, one object, nothing left running in the pod', async (signal, code) => {
    const { exitCode, stdout, stderr } = await interrupt(signal, ['-o', 'json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
    expect(readRun(stdout)).toMatchObject({ ended: 'interrupted', verdict: { status: 'inconclusive' } });
    expect(await processesIn(pod)).toEqual(["'/app'"]);
  });

  test('as text, it says what was known', async () => {
    const { exitCode, stdout } = await interrupt('SIGINT', []);
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/\nInterrupted after \d+\.\d s\.\nRecorded in .+ \(netdiag-tui replay \S+\)\n$/u);
    expect(await processesIn(pod)).toEqual(["'/app'"]);
  });
});

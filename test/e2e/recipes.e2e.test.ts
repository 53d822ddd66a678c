import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { HAS_SCRIPTS, NEEDS_SCRIPTS, kubectl } from './cluster.ts';
import { BIN } from './product.ts';

/** The Job of docs/recipes.md as it stands there, on the test cluster: only its image is another, because nothing can be pulled. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WAIT = { timeout: 100_000, interval: 500 };

interface Container {
  readonly name: string;
  readonly args: readonly string[];
}
interface PodSpec {
  readonly containers: readonly [Container];
}
interface Job {
  readonly kind: 'Job';
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

async function manifestsOfThePage(): Promise<readonly { readonly kind: string }[]> {
  const page = await readFile(join(ROOT, 'docs/recipes.md'), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n(.*?)```/gsu)].map(([, block = '']) => block);
  const job = blocks.find((block) => block.includes('kind: Job'));
  return parseAllDocuments(job ?? '').map((document) => document.toJS() as { kind: string });
}

/** The program and its node where the nodes of the test cluster see them: they share this machine's files. */
async function programForPods(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netdiag-job-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'bin'));
  await Promise.all([
    copyFile(process.execPath, join(folder, 'node')),
    cp(BIN, join(folder, 'bin/netdiag-tui.js')),
    cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true }),
    copyFile(join(ROOT, 'package.json'), join(folder, 'package.json')),
  ]);
  await execa('chmod', ['-R', 'a+rX', folder]);
  return folder;
}

function onThisCluster(job: Job, program: string, destination: string): unknown {
  const [container] = job.spec.template.spec.containers;
  const args = container.args.map((argument) => (argument === 'https://api.payments.example/' ? destination : argument));
  const image = { image: 'docker.io/library/debian:bookworm-slim', imagePullPolicy: 'Never', command: ['/netdiag/node', '/netdiag/bin/netdiag-tui.js'] };
  const spec = { ...job.spec.template.spec, volumes: [{ name: 'netdiag', hostPath: { path: program } }], containers: [{ ...container, ...image, args, volumeMounts: [{ name: 'netdiag', mountPath: '/netdiag', readOnly: true }] }] };
  return { ...job, spec: { ...job.spec, template: { ...job.spec.template, spec } } };
}

async function exitCodeOfJob(): Promise<number | null> {
  const path = '{.items[0].status.containerStatuses[0].state.terminated.exitCode}';
  const said = await kubectl(['get', 'pods', '-n', 'shop', '-l', 'job-name=netdiag', '-o', `jsonpath=${path}`]);
  return said === '' ? null : Number(said);
}

describe.skipIf(!HAS_SCRIPTS)(`the Job of the recipes${NEEDS_SCRIPTS}`, () => {
  test.each([['https://api.payments.example/', 0, 'Reachable'], ['https://expired.payments.example/', 1, '[tls.expired]']] as const)('with the rights that it names finds out about %s', async (destination, exitCode, said) => {
    const manifests = await manifestsOfThePage();
    expect(manifests.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Role', 'RoleBinding', 'Job']);
    const program = await programForPods();
    const items = manifests.map((one) => (one.kind === 'Job' ? onThisCluster(one as Job, program, destination) : one));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    onTestFinished(async () => { await kubectl(['delete', '--cascade=foreground', '--ignore-not-found', '-f', '-'], list); });
    await kubectl(['apply', '-f', '-'], list);
    await expect.poll(exitCodeOfJob, WAIT).not.toBeNull();
    const log = await kubectl(['logs', '-n', 'shop', 'job/netdiag']);
    expect({ exitCode: await exitCodeOfJob(), log }).toMatchObject({ exitCode, log: expect.stringContaining(said) as string });
  }, 150_000);
});

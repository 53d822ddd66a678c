import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { breakNetwork, HAS_SCRIPTS, kubectl, mendNetwork, NEEDS_SCRIPTS, podIsReady } from './cluster.ts';
import { runProduct } from './product.ts';
import { readFailure, readRun } from './run-contract.ts';

/** What the pods of the test cluster name, and what --to auto makes of it. */

const POD = 'netdiag-e2e-dependencies';

const LIST = z.strictObject({
  schema: z.literal('netdiag-dependencies/v1'),
  tool: z.object({ name: z.literal('netdiag-tui') }),
  target: z.looseObject({ kind: z.literal('pod'), namespace: z.string(), pod: z.string(), container: z.string() }),
  dependencies: z.array(z.strictObject({
    url: z.string(), protocol: z.string(), host: z.string(), port: z.int(),
    state: z.enum(['failing', 'failed-before', 'in-use', 'configured', 'allowed']),
    errors: z.int().nonnegative(), lastErrorAgeMs: z.number().nonnegative().nullable(),
    foundIn: z.array(z.looseObject({ kind: z.string(), text: z.string().min(1) })).min(1),
  })),
  hidden: z.array(z.strictObject({ source: z.string(), names: z.array(z.string()).nullable() })),
  unreadable: z.array(z.strictObject({ source: z.string(), reason: z.string().min(1) })),
});

async function list(target: string, env: Readonly<Record<string, string>> = {}): Promise<z.infer<typeof LIST>> {
  const ended = await runProduct(['dependencies', '-n', 'shop', target, '-o', 'json'], { env });
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  return LIST.parse(JSON.parse(ended.stdout));
}

/** A pod that connects to several places, by each way that a pod can be told of one. */
const OBJECTS = {
  apiVersion: 'v1', kind: 'List', items: [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: POD, namespace: 'shop' }, stringData: { SECRET_DB_URL: 'postgres://u:hunter2@hidden.payments.example/x', PIN: '1234' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: POD, namespace: 'shop' }, data: { 'app.yaml': 'cache:\n  host: cache.payments.example\n  port: 6379\n' } },
    {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: POD, namespace: 'shop', labels: { app: POD } },
      spec: {
        terminationGracePeriodSeconds: 0,
        volumes: [{ name: 'config', configMap: { name: POD } }],
        containers: [{
          name: 'app', image: 'docker.io/shop/app-debian:1', imagePullPolicy: 'Never',
          command: ['bash', '-c', 'while true; do (exec 3<>/dev/tcp/api.payments.example/443; sleep 20) & timeout 4 bash -c "exec 3<>/dev/tcp/nobody.payments.example/5432" 2>/dev/null || echo "ERROR connect to nobody.payments.example:5432: connection timed out"; sleep 3; done'],
          env: [{ name: 'API_URL', value: 'https://user:hunter2@api.payments.example/v1?token=hunter2' }],
          envFrom: [{ secretRef: { name: POD } }],
          volumeMounts: [{ name: 'config', mountPath: '/etc/app' }],
        }],
      },
    },
  ],
};

describe.skipIf(!HAS_SCRIPTS)(`dependencies${NEEDS_SCRIPTS}`, () => {
  const remove = async (): Promise<void> => {
    await kubectl(['delete', '-n', 'shop', '--ignore-not-found', `pod/${POD}`, `configmap/${POD}`, `secret/${POD}`]);
  };
  beforeAll(async () => {
    await mendNetwork();
    await remove();
    await kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(OBJECTS));
    await podIsReady(POD);
    await vi.waitFor(async () => { expect(await kubectl(['logs', '-n', 'shop', POD])).toContain('ERROR'); }, { timeout: 30_000, interval: 1_000 });
  }, 90_000);
  afterAll(remove, 60_000);

  test('come from variables, files, the log, sockets and Secrets\' names, and no secret with them', async () => {
    const found = await list(`pod/${POD}`);
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(found.dependencies[0]).toMatchObject({ host: 'nobody.payments.example', port: 5432, state: 'failing' });
    expect(found.dependencies.find(({ host }) => host === 'api.payments.example')).toMatchObject({
      url: 'https://api.payments.example/v1', state: 'in-use', foundIn: [{ kind: 'socket', state: 'ESTABLISHED' }, { kind: 'variable', name: 'API_URL' }],
    });
    expect(found.dependencies.find(({ host }) => host === 'cache.payments.example')).toMatchObject({ port: 6379, foundIn: [{ kind: 'file', path: '/etc/app/app.yaml', source: `configmap/${POD}`, name: 'cache.host' }] });
    expect(found.hidden).toEqual([{ source: `secret/${POD}`, names: ['SECRET_DB_URL'] }]);
    expect(found.unreadable).toEqual([]);
  });

  test('what fails now is what --to auto diagnoses, and it says why', async () => {
    const ended = await runProduct(['run', '-n', 'shop', `pod/${POD}`, '--to', 'auto', '-o', 'json']);
    const run = readRun(ended.stdout);
    expect(run.dependency).toMatchObject({ host: 'nobody.payments.example', port: 5432, chosen: { reason: 'failing' } });
    expect(run.verdict.status).toBe('fault');
    expect(ended.exitCode).toBe(1);
  });

  test('rights that are missing are named, and what may be read is told', async () => {
    const viewer = `${process.env['NETDIAG_CLUSTER_DIR'] ?? '/var/lib/netdiag-cluster'}/run/viewer.kubeconfig`;
    const found = await list(`pod/${POD}`, { KUBECONFIG: viewer });
    expect(found.unreadable).toContainEqual({ source: 'sockets', reason: expect.stringMatching(/pods\/exec/u) as string });
    expect(found.dependencies.map(({ host }) => host)).toContain('api.payments.example');
  });

  test('a destination that is cut off shows within seconds, from the log of the application itself', async () => {
    await breakNetwork([{ host: 'router', match: '-d 198.51.100.11 -p tcp --dport 5432 -j DROP' }]);
    await expect.poll(async () => (await list('deploy/orders')).dependencies[0], { timeout: 40_000, interval: 3_000 })
      .toMatchObject({ url: 'postgres://db.payments.example', state: 'failing' });
  });

  test('--to auto without a pod, and without anything to choose, are told', async () => {
    const local = await runProduct(['run', '--local', '--to', 'auto', '-o', 'json']);
    expect(local.exitCode).toBe(3);
    expect(readFailure(local.stdout).code).toBe('auto-needs-pod');
    const nothing = await runProduct(['run', '-n', 'kube-system', 'deploy/coredns', '--to', 'auto', '-o', 'json']);
    expect(nothing.exitCode).toBe(3);
    expect(['no-destination-found', 'nothing-fails']).toContain(readFailure(nothing.stdout).code);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PodSummary } from '../../src/domain/cluster.ts';
import type { Vantage } from '../../src/domain/vantage.ts';
import { openCluster, type ClusterConnection } from '../../src/kube/client.ts';
import { createCommandVantage } from '../../src/vantage/command.ts';
import { createPodExecVantage, podIdentity } from '../../src/vantage/pod-exec.ts';

const signal = new AbortController().signal;
let cluster: ClusterConnection;

beforeAll(async () => {
  const opened = await openCluster({ kubeconfig: null, context: null, environment: process.env });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  cluster = opened.value;
});
afterAll(async () => { await cluster.reader.close(); });

async function podOf(workload: string): Promise<PodSummary> {
  const pick = await cluster.reader.resolveWorkload('shop', workload, signal);
  if (!pick.ok) throw new Error(JSON.stringify(pick.failure));
  return pick.value.pod;
}

async function vantageIn(workload: string, container: string): Promise<Vantage> {
  const pod = await podOf(workload);
  const identity = podIdentity(pod, container, { id: 'target', relation: 'self' }, null);
  return createPodExecVantage(identity, cluster.exec, { namespace: pod.namespace, pod: pod.name, container });
}

/** Arguments of every process in the container, read there with the shell alone. */
async function processesIn(vantage: Vantage): Promise<string> {
  const script = 'for file in /proc/[0-9]*/cmdline; do tr "\\0" " " <"$file" 2>/dev/null && echo; done';
  const result = await vantage.run({ argv: ['sh', '-c', script], timeoutMs: 10_000 }, { signal });
  return result.stdout;
}

const TIMEOUTS = { orders: 'coreutils', sidecar: 'busybox' } as const;

describe.each([['deploy/orders', 'orders'], ['deploy/web', 'sidecar']] as const)('%s (%s)', (workload, container) => {
  const learn = (vantage: Vantage): void => {
    vantage.learn?.({ kind: 'tools', tools: { sh: 'sh', timeout: TIMEOUTS[container] }, versions: {} });
  };

  test('output, status and input come back', async () => {
    const vantage = await vantageIn(workload, container);
    for (const isLearned of [false, true]) {
      if (isLearned) learn(vantage);
      const spec = { argv: ['sh', '-c', 'cat; echo problem >&2; exit 7'], stdin: 'hello\n', timeoutMs: 10_000 };
      expect(await vantage.run(spec, { signal })).toMatchObject({ exitCode: 7, failure: null, stdout: 'hello\n', stderr: 'problem\n' });
      expect(await vantage.run({ argv: ['true'], timeoutMs: 10_000 }, { signal })).toMatchObject({ exitCode: 0, failure: null });
      expect(await vantage.run({ argv: ['no-such-program'], timeoutMs: 10_000 }, { signal })).toMatchObject({ exitCode: null, failure: 'no-such-command' });
      expect(await vantage.run({ argv: ['/etc/passwd'], timeoutMs: 10_000 }, { signal })).toMatchObject({ exitCode: null, failure: 'not-permitted' });
    }
  });

  test('what a shell would act on stays text', async () => {
    const vantage = await vantageIn(workload, container);
    learn(vantage);
    const hostile = `$(id) \`id\` ; 'x' "y" & | ~`;
    expect(await vantage.run({ argv: ['printf', '%s', hostile], timeoutMs: 10_000 }, { signal })).toMatchObject({ stdout: hostile });
  });

  test.each(['cancelled', 'timed-out'] as const)('a command that is %s leaves no process in the container', async (how) => {
    const vantage = await vantageIn(workload, container);
    learn(vantage);
    const seconds = `3${String(process.pid)}${how === 'cancelled' ? '1' : '2'}`;
    const controller = new AbortController();
    const spec = { argv: ['sh', '-c', 'sleep "$1" & sleep "$1"', 'sh', seconds], timeoutMs: how === 'cancelled' ? 60_000 : 2_000 };
    const result = vantage.run(spec, { signal: controller.signal });
    await expect.poll(() => processesIn(vantage), { timeout: 10_000, interval: 100 }).toContain(`sleep ${seconds}`);
    if (how === 'cancelled') controller.abort();
    expect(await result).toMatchObject({ exitCode: null, failure: how });
    await vantage.close();
    expect(await processesIn(vantage)).not.toContain(seconds);
  });

  test('a channel carries bytes both ways, and closing it ends its command', async ({ onTestFinished }) => {
    const vantage = await vantageIn(workload, container);
    learn(vantage);
    const seconds = `4${String(process.pid)}`;
    const argv = ['sh', '-c', 'read line; echo "$line" >&2; cat; sleep "$1"', 'sh', seconds];
    const errors: string[] = [];
    const channel = vantage.openChannel({ argv, timeoutMs: 60_000 }, { signal, onLine: (line) => errors.push(line.text) });
    // A try that fails must leave nothing for the next one to find.
    onTestFinished(async () => {
      channel.close();
      await vantage.close();
    });
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    channel.write(Buffer.from('hello\n'));
    channel.write(bytes);
    const received: Uint8Array[] = [];
    for await (const chunk of channel.output) {
      received.push(chunk);
      if (Buffer.concat(received).length >= bytes.length) break;
    }
    expect(Buffer.concat(received).equals(bytes)).toBe(true);
    // Two streams, and no order between them.
    await expect.poll(() => errors, { timeout: 5_000, interval: 20 }).toEqual(['hello']);
    channel.close();
    expect(await channel.result).toMatchObject({ failure: 'cancelled' });
    await vantage.close();
    expect(await processesIn(vantage)).not.toContain(seconds);
  });

  test('kubectl exec as a prefix leaves no process either', async () => {
    const inside = await vantageIn(workload, container);
    const vantage = createCommandVantage({ ...inside.identity, kind: 'via' }, inside.identity.prefix);
    learn(vantage);
    expect(await vantage.run({ argv: ['no-such-program'], timeoutMs: 10_000 }, { signal })).toMatchObject({ failure: 'no-such-command' });
    const seconds = `5${String(process.pid)}`;
    const controller = new AbortController();
    const result = vantage.run({ argv: ['sleep', seconds], timeoutMs: 60_000 }, { signal: controller.signal });
    await expect.poll(() => processesIn(inside), { timeout: 10_000, interval: 100 }).toContain(`sleep ${seconds}`);
    controller.abort();
    expect(await result).toMatchObject({ failure: 'cancelled' });
    await vantage.close();
    expect(await processesIn(inside)).not.toContain(seconds);
  });
});

test('a container without a shell says so, and is not lost', async () => {
  const vantage = await vantageIn('deploy/payments', 'payments');
  expect(await vantage.run({ argv: ['sh', '-c', 'true'], timeoutMs: 10_000 }, { signal })).toMatchObject({ exitCode: null, failure: 'no-such-command' });
});

test('a pod and a container that are not there are the place lost, in the server\'s words', async () => {
  const pod = await podOf('deploy/orders');
  const identity = podIdentity(pod, 'orders', { id: 'target', relation: 'self' }, null);
  const run = (address: { namespace: string; pod: string; container: string }): ReturnType<Vantage['run']> =>
    createPodExecVantage(identity, cluster.exec, address).run({ argv: ['true'], timeoutMs: 10_000 }, { signal });
  expect(await run({ namespace: 'shop', pod: 'nosuch', container: 'x' })).toMatchObject({ failure: 'vantage-lost', detail: 'pods "nosuch" not found' });
  expect(await run({ namespace: 'shop', pod: pod.name, container: 'nosuch' })).toMatchObject({ failure: 'vantage-lost', detail: expect.stringContaining('nosuch') });
});

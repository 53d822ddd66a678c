import { READ_ONLY } from '../../src/cli/access/access-options.ts';
import { describe, expect, test } from 'vitest';
import { RECORDED } from '../../src/cli/recordings/choice.ts';
import { createConsolePorts } from '../../src/cli/console-ports.ts';
import type { CommandContext } from '../../src/cli/context.ts';
import type { ConsolePorts } from '../../src/domain/console-ports.ts';
import { forbidden, kubeconfigFor, startApiServer } from '../fakes/api-server.ts';

const dialogue = { consent: () => Promise.resolve('declined' as const), progress: () => undefined };

const { signal } = new AbortController();

function portsOf(KUBECONFIG: string): ConsolePorts {
  // The environment is all that the ports take from the context.
  return createConsolePorts({ env: { KUBECONFIG, HOME: '/nowhere' } } as unknown as CommandContext, READ_ONLY, RECORDED);
}

async function all<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

describe('the console\'s view of a cluster', () => {
  test('without a kubeconfig there is none, and this is not an empty list', async () => {
    const ports = portsOf('/no/such/kubeconfig');
    expect(await ports.loadClusters(signal)).toMatchObject({ ok: false, failure: { kind: 'no-cluster' } });
    expect(await all(ports.listNamespaces(signal))).toMatchObject([{ kind: 'failed', failure: { kind: 'no-cluster' } }]);
  });

  test('names the context that is in use', async () => {
    await using server = await startApiServer({});
    expect(await portsOf(kubeconfigFor(server.url)).loadClusters(signal)).toMatchObject({ ok: true, value: { current: 'test', contexts: [{ name: 'test', namespace: 'shop' }] } });
    expect(server.requests, 'the server is not spoken to yet').toEqual([]);
  });

  test('a list that may not be read is told as itself', async () => {
    await using server = await startApiServer({ answer: () => forbidden('namespaces is forbidden: User "me" cannot list resource "namespaces"') });
    const ports = portsOf(kubeconfigFor(server.url));
    expect(await all(ports.listNamespaces(signal))).toMatchObject([{ kind: 'failed', failure: { kind: 'forbidden', verb: 'list', resource: 'namespaces' } }]);
    expect(await ports.getContainers('shop', 'p', signal)).toMatchObject({ ok: false, failure: { kind: 'forbidden' } });
  });

  test('a server that is gone is unreachable', async () => {
    const gone = await startApiServer({});
    await gone[Symbol.asyncDispose]();
    expect(await all(portsOf(kubeconfigFor(gone.url)).listPods('shop', signal))).toMatchObject([{ kind: 'failed', failure: { kind: 'unreachable' } }]);
  });

  const pod = {
    kind: 'Pod', metadata: { name: 'p', namespace: 'shop' },
    spec: { containers: [{ name: 'app', image: 'app:1', env: [{ name: 'DATABASE_URL', value: 'postgres://u:secret@db.shop:5432/x' }] }, { name: 'side', image: 'side:1' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: {} }, ready: true }, { name: 'side', state: { waiting: { reason: 'ImagePullBackOff' } } }] },
  };

  test('containers say whether they run, and why not', async () => {
    await using server = await startApiServer({ answer: () => ({ body: pod }) });
    expect(await portsOf(kubeconfigFor(server.url)).getContainers('shop', 'p', signal)).toMatchObject({
      ok: true,
      value: [{ name: 'app', state: 'running', running: true }, { name: 'side', state: 'waiting: ImagePullBackOff', running: false }],
    });
  });

  test('the pod\'s environment names its dependencies, without their passwords', async () => {
    await using server = await startApiServer({ answer: (url) => (url.pathname.endsWith('/pods/p') ? { body: pod } : undefined), refuseExec: forbidden('pods "p" is forbidden') });
    const target = { kind: 'pod', context: 'test', namespace: 'shop', pod: 'p', container: 'app', node: null, pickedFrom: null } as const;
    const found = await portsOf(kubeconfigFor(server.url)).dependenciesOf(target, signal);
    expect(found).toMatchObject({ ok: true, value: [{ url: 'postgres://db.shop', state: 'configured', foundIn: [{ kind: 'variable', name: 'DATABASE_URL' }] }] });
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  test('this machine has no environment to read dependencies from', async () => {
    expect(await portsOf('/no/such/kubeconfig').dependenciesOf({ kind: 'local' }, signal)).toEqual({ ok: true, value: [] });
  });
});

describe('a run of the console', () => {
  test('on this machine needs no cluster, and ends when it is cancelled', async () => {
    const { events, cancel } = portsOf('/no/such/kubeconfig').startRun({ target: { kind: 'local' }, dependencyText: 'tcp://127.0.0.1:1', dialogue });
    const kinds: string[] = [];
    for await (const event of events) {
      kinds.push(event.kind);
      if (event.kind === 'run-started') cancel();
    }
    expect(kinds[0]).toBe('run-started');
    expect(kinds.at(-1)).toBe('run-ended');
  });

  test('to something that is no dependency is a sentence, not a run', async () => {
    const { events } = portsOf('/no/such/kubeconfig').startRun({ target: { kind: 'local' }, dependencyText: 'ftp://x', dialogue });
    await expect(all(events)).rejects.toThrow('ftp://x');
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectTo, forbidden, startApiServer, type Answer, type FakeApiServer } from '../fakes/api-server.ts';

const signal = new AbortController().signal;

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const result: T[] = [];
  for await (const page of pages) result.push(page);
  return result;
}

const POD_COLUMNS = ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node'].map((name) => ({ name }));
const table = (names: readonly string[], more: Record<string, unknown> = {}): Answer => ({
  body: {
    kind: 'Table',
    metadata: more,
    columnDefinitions: POD_COLUMNS,
    rows: names.map((name) => ({ cells: [name, '1/1', 'Running', '3 (2m ago)', '5d', '10.0.0.1', '<none>'] })),
  },
});
const answering = (routes: Record<string, Answer>): Promise<FakeApiServer> => startApiServer({ answer: (url) => routes[url.pathname] });

describe('lists', () => {
  test('come page by page, as the server prints them', async () => {
    await using server = await startApiServer({
      answer: (url) => (url.searchParams.get('continue') === 'more' ? table(['c']) : table(['a', 'b'], { continue: 'more', remainingItemCount: 1 })),
    });
    const { reader } = await connectTo(server);
    const pages = await all(reader.listPods('shop', signal));
    expect(pages.map((page) => (page.kind === 'rows' ? [page.rows.map((row) => row.name), page.remaining] : page))).toEqual([[['a', 'b'], 1], [['c'], 0]]);
    expect(pages[0]).toMatchObject({ rows: [{ ready: '1/1', restarts: '3 (2m ago)', ip: '10.0.0.1', node: null }, {}] });
    const { url, headers } = server.requests[0] ?? {};
    expect(url?.searchParams.get('includeObject')).toBe('None');
    expect(url?.searchParams.get('limit')).toBe('500');
    expect(headers).toMatchObject({ authorization: 'Bearer secret-token', accept: expect.stringContaining('as=Table') });
    await reader.close();
  });

  test('that may not be read are forbidden, not empty', async () => {
    await using server = await startApiServer({ answer: () => forbidden('namespaces is forbidden') });
    const { reader } = await connectTo(server);
    expect(await all(reader.listNamespaces(signal))).toEqual([
      { kind: 'failed', failure: { kind: 'forbidden', verb: 'list', resource: 'namespaces', namespace: null, detail: 'namespaces is forbidden' } },
    ]);
    await reader.close();
  });

  test.each([['HTML of a portal', '<html>log in</html>'], ['another object', { kind: 'PodList', items: [] }]])('that are %s are a failure, not empty', async (_, body) => {
    await using server = await startApiServer({ answer: () => ({ body }) });
    const { reader } = await connectTo(server);
    expect(await all(reader.listPods('shop', signal))).toMatchObject([{ kind: 'failed', failure: { kind: 'failed' } }]);
    await reader.close();
  });

  test('many reads share a few connections', async () => {
    await using server = await startApiServer({ answer: () => table([]) });
    const { reader } = await connectTo(server);
    for (let read = 0; read < 20; read += 1) await all(reader.listPods('shop', signal));
    expect(server.connections()).toBeLessThanOrEqual(6);
    await reader.close();
  });

  test('cells cannot command the terminal', async () => {
    await using server = await startApiServer({ answer: () => table(['a\u001b]0;x\u0007b']) });
    const { reader } = await connectTo(server);
    expect(await all(reader.listPods('shop', signal))).toMatchObject([{ rows: [{ name: 'ab' }] }]);
    await reader.close();
  });
});

describe('a server that does not answer', () => {
  test('is unreachable when it accepts and says nothing', async () => {
    await using server = await startApiServer({ answer: () => 'hang' });
    const { reader } = await connectTo(server);
    expect(await reader.clusterDns(signal)).toMatchObject({ ok: false, failure: { kind: 'unreachable', detail: expect.stringContaining('time limit') } });
    await reader.close();
  }, 15_000);

  test('is unreachable when nothing listens', async () => {
    const server = await startApiServer({});
    await server[Symbol.asyncDispose]();
    const { reader } = await connectTo(server);
    expect(await reader.nodeState('n1', signal)).toMatchObject({ ok: false, failure: { kind: 'unreachable', detail: expect.stringContaining('ECONNREFUSED') } });
    await reader.close();
  });

  test('does not hold up one who cancels', async () => {
    await using server = await startApiServer({ answer: () => 'hang' });
    const { reader } = await connectTo(server);
    const controller = new AbortController();
    const answer = reader.clusterDns(controller.signal);
    controller.abort();
    expect(await answer).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    await reader.close();
  });
});

describe('credentials', () => {
  const plugin = (body: string): { command: string; args: string[]; calls: () => number } => {
    const folder = mkdtempSync(join(tmpdir(), 'plugin-'));
    const file = join(folder, 'plugin');
    writeFileSync(file, `#!/bin/sh\necho call >>"$1/calls"\n${body}\n`, { mode: 0o755 });
    writeFileSync(join(folder, 'calls'), '');
    return { command: file, args: [folder], calls: () => readFileSync(join(folder, 'calls'), 'utf8').split('\n').length - 1 };
  };
  const token = (text: string): string => `echo '{"kind":"ExecCredential","status":{"token":"${text}"}}'`;

  test('of a plugin are asked for once and used by all requests', async () => {
    await using server = await startApiServer({ answer: () => ({ body: { items: [] } }) });
    const exec = plugin(`test -n "$KUBERNETES_EXEC_INFO" && ${token('from-plugin')}`);
    const { reader } = await connectTo(server, { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: exec.command, args: exec.args } });
    await Promise.all([reader.clusterDns(signal), reader.cniState('n1', signal)]);
    expect(new Set(server.requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer from-plugin']));
    expect(exec.calls()).toBe(1);
    await reader.close();
  });

  test('that the server refuses are asked for once more, and then it is unauthorized', async () => {
    await using server = await startApiServer({ answer: () => ({ status: 401, body: { message: 'Unauthorized' } }) });
    const exec = plugin(token('old'));
    const { reader } = await connectTo(server, { exec: { command: exec.command, args: exec.args } });
    expect(await reader.nodeState('n1', signal)).toMatchObject({ ok: false, failure: { kind: 'unauthorized', detail: 'Unauthorized' } });
    expect(exec.calls()).toBeGreaterThan(1);
    await reader.close();
  });

  test('of a plugin that fails are unauthorized, in the plugin\'s words', async () => {
    await using server = await startApiServer({});
    const exec = plugin('echo "session expired, log in" >&2; exit 1');
    const { reader } = await connectTo(server, { exec: { command: exec.command, args: exec.args } });
    expect(await reader.nodeState('n1', signal)).toMatchObject({ failure: { kind: 'unauthorized', detail: expect.stringContaining('session expired, log in') } });
    const missing = await connectTo(server, { exec: { command: '/no/such/plugin', installHint: 'Install it.' } });
    expect(await missing.reader.nodeState('n1', signal)).toMatchObject({ failure: { kind: 'unauthorized', detail: expect.stringContaining('Install it.') } });
    expect(server.requests).toEqual([]);
    await Promise.all([reader.close(), missing.reader.close()]);
  });
});

describe('facts', () => {
  const POD = {
    metadata: { name: 'p', namespace: 'shop', uid: 'u1', annotations: { 'kubectl.kubernetes.io/default-container': 'app' } },
    spec: { nodeName: 'n1', containers: [{ name: 'sidecar' }, { name: 'app', env: [{ name: 'A', value: '1' }], envFrom: [{ configMapRef: { name: 'm' } }] }], initContainers: [{ name: 'i' }] },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'app', ready: false, restartCount: 2, state: { waiting: { reason: 'ContainerCreating' } } }],
    },
  };

  test('a pod without its network says the last reason', async () => {
    const event = (message: string, lastTimestamp: string): unknown => ({ message, lastTimestamp, reason: 'FailedCreatePodSandBox', metadata: {}, involvedObject: { kind: 'Pod', name: 'p' } });
    await using server = await answering({
      '/api/v1/namespaces/shop/pods/p': { body: POD },
      '/api/v1/namespaces/shop/events': { body: { items: [event('no addresses left', '2026-01-02T00:00:00Z'), event('older', '2026-01-01T00:00:00Z')] } },
    });
    const { reader } = await connectTo(server);
    expect(await reader.podState('shop', 'p', 'app', signal)).toMatchObject({
      value: { phase: 'Pending', containerState: 'waiting', reason: 'ContainerCreating', restarts: 2, sandboxFailure: 'no addresses left', events: [{ message: 'older' }, { message: 'no addresses left' }] },
    });
    expect(await reader.podState('shop', 'p', 'nosuch', signal)).toMatchObject({ failure: { kind: 'not-found', detail: expect.stringContaining('sidecar, app, i') } });
    await reader.close();
  });

  test('events that may not be read are told, not taken for none', async () => {
    await using server = await answering({ '/api/v1/namespaces/shop/pods/p': { body: POD }, '/api/v1/namespaces/shop/events': forbidden('events is forbidden') });
    const { reader } = await connectTo(server);
    expect(await reader.podState('shop', 'p', 'app', signal)).toMatchObject({ value: { sandboxFailure: null, message: expect.stringContaining('events is forbidden') } });
    await reader.close();
  });

  test('a pod\'s containers, its default one, and values from ConfigMaps that could not be read', async () => {
    await using server = await answering({ '/api/v1/namespaces/shop/pods/p': { body: POD }, '/api/v1/namespaces/shop/configmaps/m': forbidden('no configmaps') });
    const { reader } = await connectTo(server);
    expect(await reader.getPod('shop', 'p', signal)).toMatchObject({
      value: {
        defaultContainer: 'app',
        containers: [{ name: 'sidecar', kind: 'container', state: 'unknown' }, { name: 'app', environment: [{ name: 'A', value: '1', source: 'value' }] }, { name: 'i', kind: 'init' }],
        unreadable: [{ source: 'configmap/m', failure: { kind: 'forbidden' } }],
      },
    });
    await reader.close();
  });

  test('a silent kubelet is a node that is not ready, by the server\'s clock', async () => {
    await using server = await answering({
      '/api/v1/nodes/n1': { body: { status: { conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }] } } },
      '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1': { body: { spec: { renewTime: '2026-01-01T00:00:00.000000Z' } }, date: 'Thu, 01 Jan 2026 00:01:00 GMT' },
    });
    const { reader } = await connectTo(server);
    expect(await reader.nodeState('n1', signal)).toEqual({
      ok: true,
      value: { kind: 'node-state', node: 'n1', ready: false, networkUnavailable: null, leaseAgeMs: 60_000, message: 'NodeStatusUnknown: Kubelet stopped posting node status.', pressures: [], taints: [], peers: [] },
    });
    await reader.close();
  });

  test('the CNI agent is known by its DaemonSet, with the last errors of its log', async () => {
    const pod = (name: string, owner: unknown, labels: unknown): unknown => ({
      metadata: { name, namespace: 'kube-system', labels, ownerReferences: [owner] },
      spec: { containers: [{ name: 'agent' }] },
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    });
    const items = [
      pod('web', { controller: true, kind: 'ReplicaSet', name: 'cilium' }, { 'k8s-app': 'cilium' }),
      pod('calico-node-x', { controller: true, kind: 'DaemonSet', name: 'calico-node' }, {}),
    ];
    await using server = await answering({
      '/api/v1/pods': { body: { items } },
      '/api/v1/namespaces/kube-system/pods/calico-node-x/log': { body: 'fine\n2026-01-01 [ERROR][7] felix: cannot reach the API\nno ERRORS here\n' },
    });
    const { reader } = await connectTo(server);
    expect(await reader.cniState('n1', signal)).toMatchObject({
      value: { plugin: 'calico', agentPod: 'kube-system/calico-node-x', ready: false, lastErrors: ['2026-01-01 [ERROR][7] felix: cannot reach the API'] },
    });
    await reader.close();
  });

  test('endpoints count as ready unless they say they are not', async () => {
    const slice = { ports: [{ port: 53 }, { port: 9153 }], endpoints: [{ addresses: ['10.0.0.1'], conditions: {} }, { addresses: ['10.0.0.2'], conditions: { ready: false } }] };
    await using server = await answering({
      '/api/v1/namespaces/kube-system/services': { body: { items: [{ metadata: { name: 'kube-dns', namespace: 'kube-system' }, spec: { clusterIPs: ['10.96.0.10'] } }] } },
      '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices': { body: { items: [slice] } },
    });
    const { reader } = await connectTo(server);
    expect(await reader.clusterDns(signal)).toMatchObject({ ok: true, value: { serviceAddress: '10.96.0.10', readyEndpoints: 1, endpoints: 2 } });
    await reader.close();
  });

  test('a Service that is not there is a fact; one that may not be read is not', async () => {
    await using server = await answering({
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices': { body: { items: [] } },
      '/api/v1/namespaces/shop/services/secret': forbidden('services is forbidden'),
    });
    const { reader } = await connectTo(server);
    expect(await reader.service('shop', 'gone', signal)).toMatchObject({ ok: true, value: { exists: false } });
    expect(await reader.service('shop', 'secret', signal)).toMatchObject({ ok: false, failure: { kind: 'forbidden', resource: 'services' } });
    await reader.close();
  });
});

describe('the pods of all namespaces', () => {
  const namespaces: Answer = { body: { kind: 'Table', metadata: { resourceVersion: '7' }, columnDefinitions: [{ name: 'Name' }, { name: 'Status' }, { name: 'Age' }], rows: ['a', 'b'].map((name) => ({ cells: [name, 'Active', '1d'] })) } };

  test('are read namespace by namespace, each row with its own', async () => {
    await using server = await answering({ '/api/v1/namespaces': namespaces, '/api/v1/namespaces/a/pods': table(['one'], { resourceVersion: '12' }), '/api/v1/namespaces/b/pods': table(['two'], { resourceVersion: '9' }) });
    const { reader } = await connectTo(server);
    const pages = await all(reader.listPods(null, signal));
    // The watch begins where the oldest of the copies ends.
    expect(pages.flatMap((page) => (page.kind === 'rows' ? page.rows.map((row) => `${row.namespace}/${row.name} ${page.version ?? ''}`) : ['failed']))).toEqual(['a/one 12', 'b/two 9']);
    await reader.close();
  });

  test('that may be read are given, and what may not is told', async () => {
    await using server = await answering({ '/api/v1/namespaces': namespaces, '/api/v1/namespaces/a/pods': forbidden('no'), '/api/v1/namespaces/b/pods': table(['two']) });
    const { reader } = await connectTo(server);
    expect(await all(reader.listPods(null, signal))).toMatchObject([{ kind: 'rows', rows: [{ name: 'two' }] }, { kind: 'failed', failure: { kind: 'forbidden', namespace: 'a' } }]);
    await reader.close();
  });
});

describe('a watch', () => {
  const event = (type: string, name: string, version: string): string =>
    JSON.stringify({ type, object: { kind: 'Table', columnDefinitions: POD_COLUMNS, rows: [{ cells: [name, '0/1', 'Pending', '0', '1s', '<none>', 'n1'], object: { metadata: { name, namespace: 'shop', resourceVersion: version } } }] } });

  test('tells changes and removals, goes on from its last bookmark, and ends when the server has forgotten that', async () => {
    const asked: (string | null)[] = [];
    await using server = await startApiServer({
      answer: (url) => {
        asked.push(url.searchParams.get('resourceVersion'));
        const gone = JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410 } });
        return { body: asked.length > 1 ? `${gone}\n` : `${[event('ADDED', 'new', '11'), event('DELETED', 'old', '12'), event('BOOKMARK', '', '40')].join('\n')}\n` };
      },
    });
    const { reader } = await connectTo(server);
    const changes = await all(reader.watchPods('shop', '10', signal));
    expect(changes).toEqual([
      { kind: 'live' },
      { kind: 'changed', rows: [expect.objectContaining({ namespace: 'shop', name: 'new', status: 'Pending', node: 'n1', ip: null })] },
      { kind: 'removed', names: [{ namespace: 'shop', name: 'old' }] },
      { kind: 'live' },
      { kind: 'expired' },
    ]);
    expect(asked).toEqual(['10', '40']);
    await reader.close();
  });

  test('that is forbidden is told as lost, with the verb', async () => {
    const stop = new AbortController();
    await using server = await startApiServer({ answer: () => forbidden('no') });
    const { reader } = await connectTo(server);
    for await (const change of reader.watchPods('shop', '10', stop.signal)) {
      expect(change).toMatchObject({ kind: 'lost', failure: { kind: 'forbidden', verb: 'watch', resource: 'pods' } });
      stop.abort();
    }
    await reader.close();
  });
});

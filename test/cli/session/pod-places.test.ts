import { describe, expect, test } from 'vitest';
import type { ClusterFailure, PodDetail } from '../../../src/domain/cluster.ts';
import { findTarget, podContrasts, podPlaces } from '../../../src/cli/session/pod-places.ts';
import { container, fakeConnection, forbiddenTo, pick, podDetail, podSummary, readable, unreadable } from '../../fakes/cluster-reader.ts';

const { signal } = new AbortController();
const orders = { kind: 'cluster', workload: { kind: 'deployment', name: 'orders' }, container: null } as const;

function clusterWith(detail: PodDetail): ReturnType<typeof fakeConnection> {
  return fakeConnection({
    resolveWorkload: (_namespace, reference) => Promise.resolve(pick(podSummary(detail.name), reference)),
    getPod: () => Promise.resolve(readable(detail)),
  });
}

describe('the place where the connection starts', () => {
  test('is the default container of the pod that stands for the workload, and it says which', async () => {
    const found = await findTarget(clusterWith(podDetail('orders-1', [container('app'), container('proxy')])), orders, 'shop', signal);
    expect(found).toMatchObject({ ok: true, value: { target: { kind: 'pod', context: 'test', namespace: 'shop', pod: 'orders-1', container: 'app', node: 'n1', pickedFrom: 'deployment/orders' } } });
  });

  test('is the container that was named', async () => {
    const found = await findTarget(clusterWith(podDetail('orders-1', [container('app'), container('proxy')])), { ...orders, container: 'proxy' }, 'shop', signal);
    expect(found).toMatchObject({ value: { target: { container: 'proxy' } } });
  });

  test('a pod that was named itself was picked from nothing', async () => {
    const found = await findTarget(clusterWith(podDetail('orders-1')), { ...orders, workload: { kind: 'pod', name: 'orders-1' } }, 'shop', signal);
    expect(found).toMatchObject({ value: { target: { pickedFrom: null } } });
  });

  test('a container that is not there: the others are named, and the nearest is suggested', async () => {
    const found = await findTarget(clusterWith(podDetail('orders-1', [container('orders'), container('proxy')])), { ...orders, container: 'order' }, 'shop', signal);
    expect(found).toMatchObject({ ok: false, problem: { code: 'container-not-found', suggestion: 'orders' } });
    expect(found.ok ? '' : found.problem.detail).toContain('orders, proxy');
  });

  test('a container that does not run: its reason is told', async () => {
    const crashing = container('app', { state: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s' });
    const found = await findTarget(clusterWith(podDetail('orders-1', [crashing])), orders, 'shop', signal);
    expect(found).toMatchObject({ ok: false, problem: { code: 'container-not-running' } });
    expect(found.ok ? '' : found.problem.detail).toContain('CrashLoopBackOff: back-off 5m0s');
  });

  test.each<readonly [ClusterFailure, string]>([
    [forbiddenTo('get', 'pods'), 'forbidden'],
    [{ kind: 'not-found', resource: 'deployments', name: 'orders', namespace: 'shop', detail: 'not found' }, 'target-not-found'],
    [{ kind: 'unreachable', detail: 'connect ECONNREFUSED' }, 'api-unreachable'],
    [{ kind: 'unauthorized', detail: 'expired' }, 'unauthorized'],
    [{ kind: 'failed', status: null, detail: 'deployment/orders has no pods' }, 'no-pods'],
  ])('a workload that cannot be read is a problem of its own: $kind', async (failure, code) => {
    const found = await findTarget(fakeConnection({ resolveWorkload: () => Promise.resolve(unreadable(failure)) }), orders, 'shop', signal);
    expect(found).toMatchObject({ ok: false, problem: { code } });
  });

  test('a pod that goes away after it was chosen is a problem too', async () => {
    const gone: ClusterFailure = { kind: 'not-found', resource: 'pods', name: 'orders-1', namespace: 'shop', detail: 'gone' };
    const connection = fakeConnection({ resolveWorkload: () => Promise.resolve(pick(podSummary('orders-1'), 'deployment/orders')), getPod: () => Promise.resolve(unreadable(gone)) });
    expect(await findTarget(connection, orders, 'shop', signal)).toMatchObject({ ok: false, problem: { code: 'target-not-found', detail: 'pod/orders-1 (namespace shop)' } });
  });
});

describe('places to compare with', () => {
  const pod = podDetail('orders-1');
  const sibling = podSummary('orders-2', { node: 'n2' });
  const neighbour = podSummary('other-1', { namespace: 'bank', runningContainers: ['web', 'log'] });

  test('are a replica, a pod of the same node, and this machine; each with a name and a relation of its own', async () => {
    const contrasts = await podContrasts(fakeConnection({ siblingsOf: () => Promise.resolve(readable([sibling, podSummary('orders-3')])), neighboursOf: () => Promise.resolve(readable([neighbour])) }), pod, signal);
    expect(contrasts.map(({ identity: { id, role, relation, node } }) => ({ id, role, relation, node }))).toEqual([
      { id: 'contrast:shop/orders-2', role: 'contrast', relation: 'sibling', node: 'n2' },
      { id: 'contrast:bank/other-1', role: 'contrast', relation: 'pod', node: 'n1' },
      { id: 'contrast:local', role: 'contrast', relation: 'outside', node: null },
    ]);
    expect(contrasts[1]?.identity.prefix).toEqual(['kubectl', '--context', 'test', 'exec', '-n', 'bank', 'other-1', '-c', 'web', '--']);
  });

  test('a replica without a running container is passed over', async () => {
    const connection = fakeConnection({ siblingsOf: () => Promise.resolve(readable([podSummary('orders-2', { runningContainers: [] }), podSummary('orders-3')])), neighboursOf: () => Promise.resolve(readable([])) });
    expect((await podContrasts(connection, pod, signal)).map(({ identity }) => identity.id)).toEqual(['contrast:shop/orders-3', 'contrast:local']);
  });

  test('what may not be listed is left out: this machine is always there', async () => {
    const connection = fakeConnection({ siblingsOf: () => Promise.resolve(unreadable(forbiddenTo('list', 'pods'))), neighboursOf: () => Promise.resolve(unreadable(forbiddenTo('list', 'pods'))) });
    expect((await podContrasts(connection, pod, signal)).map(({ identity }) => identity.id)).toEqual(['contrast:local']);
  });
});

describe('a pod as a place', () => {
  const target = { kind: 'pod', context: 'test', namespace: 'shop', pod: 'orders-1', container: 'app', node: 'n1', pickedFrom: null } as const;

  test('runs commands in the very container', async () => {
    const connection = fakeConnection({});
    const { vantage } = podPlaces(connection, target, []);
    expect(vantage.identity).toMatchObject({ id: 'target', role: 'target', relation: 'self', node: 'n1', name: 'shop/orders-1/app' });
    await vantage.run({ argv: ['true'], timeoutMs: 1000 }, { signal });
    expect(connection.executed[0]?.address).toEqual({ namespace: 'shop', pod: 'orders-1', container: 'app' });
  });

  test('closes the connection to the API after a run, and keeps it where the console goes on with it', async () => {
    const once = fakeConnection({});
    await podPlaces(once, target, []).close();
    expect(once.closed()).toBe(1);
    const console = fakeConnection({});
    await podPlaces(console, target, [], 'keep-open').close();
    expect(console.closed()).toBe(0);
  });

  test('asks the API with the kubectl command that shows the same, and what may not be read is unavailable', async () => {
    const connection = fakeConnection({
      podState: () => Promise.resolve(unreadable(forbiddenTo('get', 'pods'))),
      nodeState: () => Promise.resolve(unreadable({ kind: 'unreachable', detail: 'no route' })),
      service: () => Promise.resolve(readable({ kind: 'service', namespace: 'shop', name: 'pay', exists: false, type: null, clusterAddresses: [], externalName: null, ports: [], endpoints: [] })),
    });
    const { askCluster } = podPlaces(connection, target, []);
    expect(await askCluster?.({ kind: 'pod-state' }, signal)).toMatchObject({ fact: { kind: 'unavailable', reason: 'not-permitted', detail: 'cannot get pods' }, command: ['kubectl', 'describe', 'pod', '-n', 'shop', 'orders-1'] });
    expect(await askCluster?.({ kind: 'node-state' }, signal)).toMatchObject({ fact: { kind: 'unavailable', reason: 'vantage-lost' }, command: ['kubectl', 'describe', 'node', 'n1'] });
    expect(await askCluster?.({ kind: 'service', namespace: 'shop', name: 'pay' }, signal)).toMatchObject({ fact: { kind: 'service', exists: false } });
  });

  test('a pod on no node has no node to ask about', async () => {
    const { askCluster } = podPlaces(fakeConnection({}), { ...target, node: null }, []);
    expect(await askCluster?.({ kind: 'node-state' }, signal)).toMatchObject({ fact: { kind: 'unavailable' } });
  });
});

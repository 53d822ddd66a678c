import { describe, expect, test } from 'vitest';
import type { ClusterFailure, PodDetail } from '../../../src/domain/cluster.ts';
import { findTarget, podPlaces, type PodTarget } from '../../../src/cli/session/pod-places.ts';
import type { Places } from '../../../src/cli/session/places.ts';
import { createPodExecVantage, podIdentity } from '../../../src/vantage/pod-exec.ts';
import { container, fakeConnection, type FakeConnection, forbiddenTo, pick, podDetail, podSummary, readable, unreadable } from '../../fakes/cluster-reader.ts';

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

  test('a container that does not run is a target: the run says why', async () => {
    const crashing = container('app', { state: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s' });
    const found = await findTarget(clusterWith(podDetail('orders-1', [crashing])), orders, 'shop', signal);
    expect(found).toMatchObject({ ok: true, value: { target: { container: 'app' } } });
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

describe('a pod as a place', () => {
  const target = { kind: 'pod', context: 'test', namespace: 'shop', pod: 'orders-1', container: 'app', node: 'n1', pickedFrom: null } as const;

  function places(connection: FakeConnection, afterwards: 'close-all' | 'keep-open' = 'close-all', at: PodTarget = target): Places {
    const identity = podIdentity({ namespace: at.namespace, name: at.pod, node: at.node }, at.container, { id: 'target', relation: 'self' }, 'test');
    const vantage = createPodExecVantage(identity, connection.exec, { namespace: at.namespace, pod: at.pod, container: at.container });
    const entered = { vantage, created: null, release: () => Promise.resolve() };
    return podPlaces(connection, at, [], afterwards, { access: { rungs: [], used: 'exec', created: null }, entered });
  }

  test('runs commands in the very container', async () => {
    const connection = fakeConnection({});
    const { vantage } = places(connection);
    expect(vantage.identity).toMatchObject({ id: 'target', role: 'target', relation: 'self', node: 'n1', name: 'shop/orders-1/app' });
    await vantage.run({ argv: ['true'], timeoutMs: 1000 }, { signal });
    expect(connection.executed[0]?.address).toEqual({ namespace: 'shop', pod: 'orders-1', container: 'app' });
  });

  test('closes the connection to the API after a run, and keeps it where the console goes on with it', async () => {
    const once = fakeConnection({});
    await places(once).close();
    expect(once.closed()).toBe(1);
    const console = fakeConnection({});
    await places(console, 'keep-open').close();
    expect(console.closed()).toBe(0);
  });

  test('asks the API with the kubectl command that shows the same, and what may not be read is unavailable', async () => {
    const connection = fakeConnection({
      podState: () => Promise.resolve(unreadable(forbiddenTo('get', 'pods'))),
      nodeState: () => Promise.resolve(unreadable({ kind: 'unreachable', detail: 'no route' })),
      service: () => Promise.resolve(readable({ kind: 'service', namespace: 'shop', name: 'pay', exists: false, type: null, clusterAddresses: [], headless: false, selector: null, externalName: null, ports: [], endpoints: [] })),
    });
    const { askCluster } = places(connection);
    expect(await askCluster?.({ kind: 'pod-state' }, signal)).toMatchObject({ fact: { kind: 'unavailable', reason: 'not-permitted', detail: 'cannot get pods' }, command: ['kubectl', 'describe', 'pod', '-n', 'shop', 'orders-1'] });
    expect(await askCluster?.({ kind: 'node-state' }, signal)).toMatchObject({ fact: { kind: 'unavailable', reason: 'vantage-lost' }, command: ['kubectl', 'describe', 'node', 'n1'] });
    expect(await askCluster?.({ kind: 'service', namespace: 'shop', name: 'pay' }, signal)).toMatchObject({ fact: { kind: 'service', exists: false } });
  });

  test('a pod on no node has no node to ask about', async () => {
    const { askCluster } = places(fakeConnection({}), 'close-all', { ...target, node: null });
    expect(await askCluster?.({ kind: 'node-state' }, signal)).toMatchObject({ fact: { kind: 'unavailable' } });
  });
});

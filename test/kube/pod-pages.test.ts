import { expect, test } from 'vitest';
import { connectTo, forbidden, startApiServer } from '../fakes/api-server.ts';

const signal = new AbortController().signal;

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'orders-1', namespace: 'shop', uid: 'u1', labels: { app: 'orders' }, managedFields: [{ manager: 'kubelet' }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"value":"hunter2"}', team: 'shop' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'orders', controller: true }],
  },
  spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'app:1', ports: [{ containerPort: 8080, name: 'http' }], env: [{ name: 'DB_PASSWORD', value: 'hunter2' }, { name: 'LOG_LEVEL', value: 'debug' }] }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }, { type: 'Initialized', status: 'True' }],
    containerStatuses: [{ name: 'app', ready: false, restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } }, lastState: { terminated: { reason: 'Error', exitCode: 137 } } }],
  },
};

test('a pod is described by what bears on a connection; events that may not be read are told as such', async () => {
  await using server = await startApiServer({
    answer: ({ pathname }) => (pathname.endsWith('/pods/orders-1') ? { body: POD } : forbidden('events is forbidden')),
  });
  const { reader } = await connectTo(server);
  const described = await reader.describePod('shop', 'orders-1', signal);
  expect(described).toMatchObject({
    ok: true,
    value: {
      owner: 'ReplicaSet/orders', node: 'n1', unmet: ['Ready False ContainersNotReady'], events: null, eventsFailure: 'events is forbidden',
      containers: [{ name: 'app', state: 'waiting: CrashLoopBackOff', message: 'back-off', restarts: 2, lastEnd: 'Error 137', ports: ['8080/TCP http'] }],
    },
  });
  await reader.close();
});

test('a manifest comes without what is secret and without what the server keeps for itself', async () => {
  await using server = await startApiServer({ answer: () => ({ body: POD }) });
  const { reader } = await connectTo(server);
  const yaml = await reader.podYaml('shop', 'orders-1', signal);
  const text = yaml.ok ? yaml.value.join('\n') : '';
  expect(text).toMatch(/^apiVersion: v1\nkind: Pod\nmetadata:\n {2}name: orders-1\n/u);
  expect(text).toContain('value: debug');
  expect(text).toContain('team: shop');
  expect(text).not.toMatch(/hunter2|managedFields/u);
  await reader.close();
});

import { expect, test } from 'vitest';
import { openCluster } from '../../src/kube/client.ts';
import { connectTo, kubeconfigFor, startApiServer } from '../fakes/api-server.ts';

const signal = new AbortController().signal;

test('whoever is impersonated is so with groups, uid and extra fields, in requests and in exec', async () => {
  await using server = await startApiServer({ onExec: (socket) => { socket.close(); } });
  const user = { token: 't', as: 'ana', 'as-groups': ['oncall', 'payments, all'], 'as-uid': '42', 'as-user-extra': { 'example.org/reason': ['ticket 7'] } };
  const { reader, exec } = await connectTo(server, user);
  await reader.getPod('shop', 'p', signal);
  await exec.start({ namespace: 'shop', pod: 'p', container: 'c' }, ['true'], 'none', { stdout: () => undefined, stderr: () => undefined }).ended;
  expect(server.requests.map(({ url }) => url.pathname)).toEqual(['/api/v1/namespaces/shop/pods/p', '/api/v1/namespaces/shop/pods/p/exec']);
  for (const { distinct } of server.requests) {
    expect(distinct).toMatchObject({ 'impersonate-user': ['ana'], 'impersonate-group': ['oncall', 'payments, all'], 'impersonate-uid': ['42'], 'impersonate-extra-example.org%2freason': ['ticket 7'] });
  }
  await reader.close();
});

test('groups of nobody are refused, as kubectl does', async () => {
  const opened = await openCluster({ kubeconfig: kubeconfigFor('http://127.0.0.1:9', { token: 't', 'as-groups': ['oncall'] }), context: null, environment: {} });
  expect(opened).toEqual({ ok: false, failure: { kind: 'bad-kubeconfig', detail: 'user me: as-groups, as-uid and as-user-extra need as' } });
});

import { describe, expect, test } from 'vitest';
import type { ClusterReader, PodSummary } from '../../../src/domain/cluster.ts';
import { podContrasts } from '../../../src/cli/session/pod-contrasts.ts';
import { fakeConnection, forbiddenTo, podDetail, podSummary, readable, unreadable } from '../../fakes/cluster-reader.ts';

const { signal } = new AbortController();
const pod = podDetail('orders-1');

/** A cluster with these pods around `orders-1`; a shell is in all containers but those that are named. */
async function contrastsOf(around: { readonly siblings?: readonly PodSummary[]; readonly neighbours?: readonly PodSummary[]; readonly elsewhere?: readonly PodSummary[]; readonly node?: readonly PodSummary[] }, shellless: readonly string[] = []): ReturnType<typeof podContrasts> {
  const list = (pods: readonly PodSummary[] = []) => (): ReturnType<ClusterReader['siblingsOf']> => Promise.resolve(readable(pods));
  const connection = fakeConnection({ siblingsOf: list(around.siblings), neighboursOf: list(around.neighbours), podsElsewhere: list(around.elsewhere), nodePodsOf: list(around.node) });
  const { start } = connection.exec;
  const exec: typeof connection.exec = {
    ...connection.exec,
    start: (address, argv, input, sinks) => {
      const hasShell = !shellless.includes(`${address.pod}/${address.container}`);
      // What a shell that was started says first: sh -c SCRIPT sh MARKER ...
      if (hasShell) sinks.stderr(Buffer.from(`${argv[4] ?? ''} 42\n`));
      return { ...start(address, argv, input, sinks), ended: Promise.resolve({ kind: 'exited', exitCode: hasShell ? 0 : 127 }) };
    },
  };
  return podContrasts({ ...connection, exec }, pod, signal);
}

const idsOf = (contrasts: Awaited<ReturnType<typeof podContrasts>>): readonly string[] => contrasts.map(({ identity }) => identity.id.replace('contrast:', ''));
const sibling = podSummary('orders-2', { node: 'n2' });
const neighbour = podSummary('other-1', { namespace: 'bank', runningContainers: ['web', 'log'] });

describe('places to compare with', () => {
  test('are a replica, a pod of the same node, and this machine; each with a name and a relation of its own', async () => {
    const contrasts = await contrastsOf({ siblings: [sibling, podSummary('orders-3')], neighbours: [neighbour] });
    expect(contrasts.map(({ identity: { id, role, relation, node } }) => ({ id, role, relation, node }))).toEqual([
      { id: 'contrast:shop/orders-2', role: 'contrast', relation: 'sibling', node: 'n2' },
      { id: 'contrast:bank/other-1', role: 'contrast', relation: 'pod', node: 'n1' },
      { id: 'contrast:local', role: 'contrast', relation: 'outside', node: null },
    ]);
    expect(contrasts[1]?.identity.prefix).toEqual(['kubectl', '--context', 'test', 'exec', '-n', 'bank', 'other-1', '-c', 'web', '--']);
  });

  test('a replica without a running container is passed over', async () => {
    expect(idsOf(await contrastsOf({ siblings: [podSummary('orders-2', { runningContainers: [] }), podSummary('orders-3')] }))).toEqual(['shop/orders-3', 'local']);
  });

  test('any pod of another node stands where no replica does', async () => {
    const found = await contrastsOf({ siblings: [podSummary('orders-3')], elsewhere: [podSummary('far-1', { node: 'n2' })] });
    expect(found.map(({ identity }) => [identity.name, identity.relation])).toEqual([['shop/orders-3/app', 'sibling'], ['shop/far-1/app', 'pod'], ['this machine', 'outside']]);
  });

  test('a pod without a shell is passed over, and so is a container without one', async () => {
    const found = await contrastsOf({ siblings: [sibling], neighbours: [podSummary('binary-1'), neighbour] }, ['binary-1/app', 'other-1/web']);
    expect(found.map(({ identity }) => identity.name)).toEqual(['shop/orders-2/app', 'bank/other-1/log', 'this machine']);
  });

  test('where none has a shell the first stays, so that the report can say so', async () => {
    expect(idsOf(await contrastsOf({ siblings: [sibling], neighbours: [podSummary('binary-1'), podSummary('binary-2')] }, ['binary-1/app', 'binary-2/app']))).toEqual(['shop/orders-2', 'shop/binary-1', 'local']);
  });

  test('our own node pod is the node', async () => {
    const found = await contrastsOf({ siblings: [sibling], node: [podSummary('debug-toolkit-node', { hostNetwork: true, runningContainers: ['toolkit'] })] });
    expect(found[1]?.identity).toMatchObject({ kind: 'node', relation: 'node', node: 'n1', pod: null, name: 'shop/debug-toolkit-node/toolkit' });
  });

  test('what may not be listed is left out: this machine is always there', async () => {
    const no = (): ReturnType<ClusterReader['siblingsOf']> => Promise.resolve(unreadable(forbiddenTo('list', 'pods')));
    const connection = fakeConnection({ siblingsOf: no, neighboursOf: no, podsElsewhere: no, nodePodsOf: no });
    expect(idsOf(await podContrasts(connection, pod, signal))).toEqual(['local']);
  });
});

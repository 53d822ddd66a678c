import { describe, expect, test } from 'vitest';
import { cleanUp } from '../../src/access/clean-up.ts';
import { copiedLabels } from '../../src/access/copied-labels.ts';
import { leftoverName } from '../../src/domain/leftover.ts';
import { findLeftovers, leftoversOf } from '../../src/access/leftovers.ts';
import { LABEL, MANAGED_BY, VARIABLE } from '../../src/access/owner.ts';
import { ensureToolkit, type ToolkitPlace } from '../../src/access/toolkit.ts';
import type { PodWithTraces } from '../../src/kube/owned.ts';
import { fullName } from '../../src/kube/node-access.ts';
import { containerAccess, fakeCluster, podAccess } from '../fakes/climber.ts';

const PLACE: ToolkitPlace = { namespace: 'shop', node: 'n1', hostNetwork: false, labels: {} };
const STARTED = podAccess({ name: 'debug-toolkit', containers: [containerAccess('toolkit')] });

function pod(name: string, more: Partial<PodWithTraces> = {}): PodWithTraces {
  return {
    namespace: 'shop', name, uid: `uid-${name}`, labels: {}, annotations: {}, node: 'n1', hostNetwork: false, image: 'nicolaka/netshoot', phase: 'Running',
    isTerminating: false, createdAt: '', ephemeral: [], ...more,
  };
}

const OURS = { [LABEL.managedBy]: MANAGED_BY, [LABEL.owner]: 'anna_root', [LABEL.session]: 's0' };

describe('a toolkit pod', () => {
  test('is the guide’s, on that node, ends by itself and says whose it is', async () => {
    const cluster = fakeCluster({ pod: STARTED, consent: 'yes' });
    const outcome = await ensureToolkit(cluster, PLACE, false);
    expect(outcome).toMatchObject({ ok: true, pod: { name: 'debug-toolkit', created: { isNew: true, endsAt: '2026-01-01T10:30:00Z' } } });
    expect(cluster.made[0]).toMatchObject({
      metadata: { name: 'debug-toolkit', namespace: 'shop', labels: { app: 'debug-toolkit', [LABEL.managedBy]: MANAGED_BY, [LABEL.owner]: 'anna_root', [LABEL.session]: 's1' } },
      spec: { nodeName: 'n1', activeDeadlineSeconds: 1800, restartPolicy: 'Never', automountServiceAccountToken: false, containers: [{ name: 'toolkit', resources: { requests: { cpu: '100m', memory: '128Mi' } } }] },
    });
  });

  test('that runs already is used again, when it is mine', async () => {
    const cluster = fakeCluster({ pods: [pod('debug-toolkit', { labels: OURS })] });
    expect(await ensureToolkit(cluster, PLACE, false)).toMatchObject({ ok: true, pod: { uid: 'uid-debug-toolkit', created: { isNew: false, stays: true } } });
    expect([cluster.made, cluster.asked]).toEqual([[], []]);
  });

  test.each([
    ['somebody else made by hand', {}],
    ['is another person’s', { labels: { ...OURS, [LABEL.owner]: 'ben_root' } }],
    ['is on another node', { labels: OURS, node: 'n2' }],
    ['has ended', { labels: OURS, phase: 'Failed' }],
    ['is being deleted', { labels: OURS, isTerminating: true }],
  ])('gets another name beside one that %s', async (_what, more) => {
    const cluster = fakeCluster({ pod: STARTED, pods: [pod('debug-toolkit', more)], consent: 'yes' });
    expect(await ensureToolkit(cluster, PLACE, false)).toMatchObject({ ok: true });
    expect(cluster.made[0]?.metadata?.name).toMatch(/^debug-toolkit-\w{4}$/u);
    expect(cluster.deleted).toEqual([]);
  });

  test('that does not start is removed, and the reason told', async () => {
    const waiting = podAccess({ containers: [{ ...containerAccess('toolkit', 'waiting'), reason: 'ErrImagePull', message: 'no such image' }] });
    const cluster = fakeCluster({ pod: waiting, consent: 'yes' });
    expect(await ensureToolkit(cluster, PLACE, false)).toMatchObject({ ok: false, refusal: { kind: 'failed', detail: 'ErrImagePull: no such image' } });
    expect(cluster.deleted).toHaveLength(1);
  });

  test('of the host network is refused by Pod Security before it is tried', async () => {
    const cluster = fakeCluster({ consent: 'yes', admitsPod: ({ spec }) => (spec?.hostNetwork === true ? { kind: 'forbidden', verb: 'create', resource: 'pods', namespace: 'shop', detail: 'violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)' } : null) });
    expect(await ensureToolkit(cluster, { ...PLACE, hostNetwork: true }, false)).toMatchObject({ ok: false, refusal: { kind: 'admission' } });
    expect([cluster.made, cluster.asked]).toEqual([[], []]);
  });
});

describe('labels that are copied', () => {
  const labels = { app: 'orders', tier: 'backend', 'pod-template-hash': '98d985fb9' };

  test('leave out those by which Services and controllers select, and say so', () => {
    const selectors = [
      { name: 'Service/orders', matchLabels: { app: 'orders' }, hasExpressions: false },
      { name: 'ReplicaSet/orders-98d985fb9', matchLabels: { app: 'orders', 'pod-template-hash': '98d985fb9' }, hasExpressions: false },
      { name: 'Service/other', matchLabels: { tier: 'frontend' }, hasExpressions: false },
    ];
    const copied = copiedLabels(labels, selectors);
    expect(copied.labels).toEqual({ tier: 'backend' });
    expect(copied.leftOut).toEqual([
      { label: 'app', selectedBy: ['Service/orders', 'ReplicaSet/orders-98d985fb9'] },
      { label: 'pod-template-hash', selectedBy: ['ReplicaSet/orders-98d985fb9'] },
    ]);
    for (const { matchLabels } of selectors.slice(0, 2)) expect(Object.entries(matchLabels).every(([key, value]) => (copied.labels as Record<string, string>)[key] === value)).toBe(false);
  });
});

describe('what is left', () => {
  const ephemeral = (state: 'running' | 'waiting' | 'terminated', endsAt = '2026-01-01T11:00:00Z'): PodWithTraces['ephemeral'][number] => ({
    name: `netdiag-${state.slice(0, 5)}`, image: 'i', target: 'app', state, reason: null, message: null, exitCode: null,
    environment: { [VARIABLE.owner]: 'anna_root', [VARIABLE.session]: 's0', [VARIABLE.mark]: 'm', [VARIABLE.endsAt]: endsAt },
  });
  const NOW = Date.parse('2026-01-01T10:00:00Z');

  test('are our pods and the ephemeral containers that run or may still', () => {
    const app = pod('app', { ephemeral: [ephemeral('running'), ephemeral('terminated'), ephemeral('waiting'), { ...ephemeral('running'), name: 'debugger-x', environment: {} }] });
    expect(leftoversOf(app, NOW).map(({ container }) => container)).toEqual(['netdiag-runni', 'netdiag-waiti']);
    expect(leftoversOf(pod('app', { ephemeral: [ephemeral('waiting', '2026-01-01T09:00:00Z')] }), NOW)).toEqual([]);
    expect(leftoversOf(pod('debug-toolkit', { labels: OURS }), NOW)).toMatchObject([{ kind: 'pod', owner: 'anna_root', state: 'running' }]);
    expect(leftoversOf(pod('debug-toolkit', { labels: { app: 'debug-toolkit' } }), NOW)).toEqual([]);
  });

  test('of other people is found only on request', async () => {
    const pods = [pod('a', { labels: OURS }), pod('b', { labels: { ...OURS, [LABEL.owner]: 'ben_root' } })];
    const { access, signal } = fakeCluster({ pods });
    const search = { namespace: null, fallbackNamespace: 'shop', thorough: 'everything' } as const;
    expect((await findLeftovers(access, { ...search, owner: 'anna_root' }, signal)).leftovers.map((one) => one.pod)).toEqual(['a']);
    expect((await findLeftovers(access, { ...search, owner: null }, signal)).leftovers.map((one) => one.pod)).toEqual(['a', 'b']);
  });

  test('is looked for near by where it may not be looked for everywhere, and that is told', async () => {
    const { access, signal } = fakeCluster({ pods: [pod('a', { labels: OURS })] });
    const limited = { ...access, async *pods(namespace: string | null, label: string | null, at: AbortSignal) {
      if (namespace === null) yield { kind: 'forbidden', verb: 'list', resource: 'pods', namespace: null, detail: 'cannot list pods' } as const;
      else yield* access.pods(namespace, label, at);
    } };
    const found = await findLeftovers(limited, { namespace: null, fallbackNamespace: 'shop', owner: null, thorough: 'everything' }, signal);
    expect(found).toMatchObject({ leftovers: [{ pod: 'a' }], unread: [{ kind: 'forbidden' }] });
  });

  test('is glanced at in a small cluster through and through, in a large one in one namespace, and pods are found in all', async () => {
    const withContainer = (namespace: string): PodWithTraces => ({ ...pod('app', { ephemeral: [ephemeral('running')] }), namespace });
    const far = { ...pod('far', { labels: OURS }), namespace: 'far' };
    const glanceAt = async (pages: readonly (readonly PodWithTraces[])[]): Promise<readonly string[]> => {
      const { access, signal } = fakeCluster({ pods: pages.flat() });
      let read = 0;
      const paged = { ...access, async *pods(namespace: string | null, label: string | null, at: AbortSignal) {
        if (namespace !== null || label !== null) return yield* access.pods(namespace, label, at);
        for (const page of pages) {
          read += 1;
          expect(read).toBeLessThan(3);
          yield page;
        }
      } };
      const { leftovers } = await findLeftovers(paged, { namespace: null, fallbackNamespace: 'shop', owner: 'anna_root', thorough: 'glance' }, signal);
      return leftovers.map(leftoverName).toSorted();
    };
    expect(await glanceAt([[withContainer('other'), far]])).toEqual(['far/far', 'other/app/netdiag-runni']);
    expect(await glanceAt([[], [], [withContainer('other'), far, withContainer('shop')]])).toEqual(['far/far', 'shop/app/netdiag-runni']);
  });

  test('is ended each once, and what another person ended first is gone all the same', async () => {
    const app = podAccess({ name: 'app', ephemeral: [ephemeral('running')] });
    const cluster = fakeCluster({ pod: app, pods: [pod('a', { labels: OURS })] });
    const leftovers = [...leftoversOf(pod('a', { labels: OURS }), NOW), ...leftoversOf(pod('gone-meanwhile', { labels: OURS }), NOW), ...leftoversOf(pod('app', { ephemeral: [ephemeral('running'), ephemeral('waiting')] }), NOW)];
    const ends = new Map<string, string>();
    for await (const { leftover, end } of cleanUp(cluster, [...leftovers, ...leftovers], cluster.signal)) {
      const name = `${leftover.pod}/${leftover.container ?? ''}`;
      expect(ends.has(name)).toBe(false);
      ends.set(name, end.kind === 'gone' ? 'gone' : end.reason);
    }
    expect(Object.fromEntries(ends)).toEqual({ 'a/': 'gone', 'gone-meanwhile/': 'gone', 'app/netdiag-runni': 'gone', 'app/netdiag-waiti': 'never-started' });
  });

  test('that the API server will not delete remains, with its words', async () => {
    const cluster = fakeCluster({ pods: [pod('a', { labels: OURS })] });
    const refusing = { exec: cluster.exec, access: { ...cluster.access, deletePod: () => Promise.resolve({ ok: false as const, failure: { kind: 'forbidden' as const, verb: 'delete', resource: 'pods', namespace: 'shop', detail: 'User "ben" cannot delete' } }) } };
    for await (const { end } of cleanUp(refusing, leftoversOf(pod('a', { labels: OURS }), NOW), cluster.signal)) expect(end).toEqual({ kind: 'remains', reason: 'refused', detail: 'User "ben" cannot delete' });
  });
});

test.each([
  ['nicolaka/netshoot', 'docker.io/nicolaka/netshoot:latest'],
  ['busybox:1.36', 'docker.io/library/busybox:1.36'],
  ['registry.example:5000/tools', 'registry.example:5000/tools:latest'],
  ['localhost/x:1', 'localhost/x:1'],
])('the image %s is %s in full', (image, full) => { expect(fullName(image)).toBe(full); });

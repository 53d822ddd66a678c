import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PodSummary } from '../../src/domain/cluster.ts';
import { environmentOf } from '../../src/kube/environment.ts';
import { loadKubeconfig } from '../../src/kube/kubeconfig.ts';
import { proxyFor } from '../../src/kube/proxy.ts';
import { pickPod, selectorText } from '../../src/kube/workload.ts';

describe('the pod of a workload', () => {
  const pod = (name: string, ready: boolean, createdAt: string, phase = 'Running'): PodSummary => ({
    namespace: 'shop', name, labels: {}, node: 'n1', owner: null, phase, ready, isTerminating: false, hostNetwork: false,
    addresses: [], createdAt, runningContainers: phase === 'Running' ? ['app'] : [],
  });

  test('is the oldest ready one, and all are named', () => {
    const pods = [pod('crashed', false, '2026-01-01', 'Failed'), pod('young', true, '2026-03-01'), pod('unready', false, '2026-01-01'), pod('old', true, '2026-02-01')];
    const picked = pickPod(pods, 'deployment/x');
    expect(picked).toMatchObject({ ok: true, value: { reason: 'oldest-ready', pod: { name: 'old' } } });
    expect(picked.ok && picked.value.candidates.map(({ name }) => name)).toEqual(['old', 'young', 'unready', 'crashed']);
  });

  test('is a running one when none is ready, and the choice says so', () => {
    expect(pickPod([pod('waiting', false, '2026-01-01', 'Pending'), pod('unready', false, '2026-02-01')], 'x')).toMatchObject({ value: { reason: 'none-ready', pod: { name: 'unready' } } });
    expect(pickPod([], 'deployment/x')).toMatchObject({ ok: false, failure: { detail: 'deployment/x has no pods' } });
  });

  test('is found by labels and by expressions', () => {
    const matchExpressions = [{ key: 'a', operator: 'In', values: ['1', '2'] }, { key: 'b', operator: 'NotIn', values: ['3'] }, { key: 'c', operator: 'Exists' }, { key: 'd', operator: 'DoesNotExist' }];
    expect(selectorText({ matchLabels: { app: 'x' }, matchExpressions })).toBe('app=x,a in (1,2),b notin (3),c,!d');
  });
});

test('an environment is what the kubelet makes of it, without Secret values', () => {
  const configMaps = new Map([['m', { ok: true as const, value: { data: { HOST: 'db', PORT: '1' } } }]]);
  const env = [
    { name: 'PORT', value: '5432' },
    { name: 'URL', value: 'pg://$(HOST):$(PORT)/$(MISSING)$$(HOST)' },
    { name: 'ONE', valueFrom: { configMapKeyRef: { name: 'm', key: 'HOST' } } },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'password' } } },
    { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ];
  expect(environmentOf({ envFrom: [{ configMapRef: { name: 'm' } }, { secretRef: { name: 's' }, prefix: 'S_' }], env }, configMaps)).toEqual([
    { name: 'HOST', value: 'db', source: 'configmap/m' },
    { name: 'PORT', value: '5432', source: 'value' },
    { name: 'S_*', value: null, source: 'secret/s' },
    { name: 'URL', value: 'pg://db:5432/$(MISSING)$(HOST)', source: 'value' },
    { name: 'ONE', value: 'db', source: 'configmap/m' },
    { name: 'PASSWORD', value: null, source: 'secret/s' },
    { name: 'IP', value: null, source: 'field' },
  ]);
});

describe('the proxy to the API server', () => {
  const server = new URL('https://10.1.2.3:6443');
  test.each([
    ['none is set', {}, null],
    ['one is set', { HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
    ['lower case and no scheme', { https_proxy: 'proxy:3128' }, 'http://proxy:3128'],
    ['a range excludes it', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'x.example, 10.0.0.0/8' }, null],
    ['another range does not', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '192.168.0.0/16' }, 'http://proxy'],
    ['the address excludes it', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '10.1.2.3' }, null],
    ['another port does not', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '10.1.2.3:443' }, 'http://proxy'],
    ['everything is excluded', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '*' }, null],
  ])('%s', (_, environment, proxy) => {
    expect(proxyFor(server, environment)).toBe(proxy);
  });

  test.each([
    ['api.corp.example', 'corp.example', null],
    ['api.corp.example', '.corp.example', null],
    ['corp.example', '.corp.example', 'http://proxy'],
    ['notcorp.example', 'corp.example', 'http://proxy'],
    ['localhost', '', null],
    ['127.0.0.1', '', null],
    ['[::1]', '', null],
    ['[2001:db8::1]', '2001:db8::/32', null],
  ])('%s with NO_PROXY=%s', (host, excluded, proxy) => {
    expect(proxyFor(new URL(`https://${host}:6443`), { HTTPS_PROXY: 'http://proxy', NO_PROXY: excluded })).toBe(proxy);
  });
});

describe('the kubeconfig', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const config = (current: string, context: string, server: string): string => `
apiVersion: v1
kind: Config
${current === '' ? '' : `current-context: ${current}`}
contexts: [{name: ${context}, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${server}"}}]
users: [{name: u, user: {token: t}}]
`;
  const first = write('first', config('', 'one', 'https://first'));
  const second = write('second', config('two', 'two', 'https://second'));
  const load = (environment: Record<string, string>, context: string | null = null, kubeconfig: string | null = null): ReturnType<typeof loadKubeconfig> =>
    loadKubeconfig({ kubeconfig, context, environment });

  test('of several files is merged as kubectl does it: what is named first wins, missing files are passed over', async () => {
    const loaded = await load({ KUBECONFIG: [join(folder, 'missing'), first, second].join(delimiter) });
    expect(loaded).toMatchObject({ ok: true, value: { context: 'two', namespace: 'default', cluster: { server: 'https://first' } } });
    expect(loaded.ok && loaded.value.contexts.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  test('given by name is used alone, with the context that is asked for', async () => {
    expect(await load({ KUBECONFIG: second }, 'one', first)).toMatchObject({ value: { context: 'one', cluster: { server: 'https://first' } } });
    expect(await load({}, 'other', first)).toMatchObject({ failure: { kind: 'no-context', detail: 'no context other; there are: one' } });
    expect(await load({}, null, first)).toMatchObject({ failure: { kind: 'no-context' } });
  });

  test.each([['not YAML', 'a: [b'], ['empty', ''], ['another document', 'hello'], ['a bad server', config('one', 'one', 'nonsense')]])('that is %s says which file', async (name, text) => {
    expect(await load({}, null, write(name, text))).toMatchObject({ ok: false, failure: { kind: 'bad-kubeconfig', detail: expect.stringMatching(/./u) } });
  });

  test('that is not there says so, and nothing is written', async () => {
    expect(await load({ HOME: folder })).toMatchObject({ failure: { kind: 'bad-kubeconfig' } });
    const before = readFileSync(first, 'utf8');
    await load({ KUBECONFIG: [first, second].join(delimiter) }, 'one');
    expect(readFileSync(first, 'utf8')).toBe(before);
  });
});

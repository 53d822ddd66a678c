import { describe, expect, test } from 'vitest';
import { connectTo, forbidden, startApiServer, type Answer, type FakeApiServer } from '../fakes/api-server.ts';
import { podSummary } from '../fakes/cluster-reader.ts';

const signal = new AbortController().signal;
const answering = (routes: Record<string, Answer>): Promise<FakeApiServer> => startApiServer({ answer: (url) => routes[url.pathname] });
const items = (...list: readonly unknown[]): Answer => ({ body: { items: list } });

const SERVICE = { metadata: { name: 'pay', namespace: 'shop' }, spec: { type: 'ClusterIP', clusterIPs: ['10.96.7.7'], selector: { app: 'pay' }, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web', nodePort: 30080 }] } };

describe('a Service', () => {
  test('of which the server writes empty lists as null has no endpoints', async () => {
    await using server = await answering({
      '/api/v1/namespaces/shop/services/pay': { body: SERVICE },
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices': items({ ports: null, endpoints: null }),
    });
    const { reader } = await connectTo(server);
    expect(await reader.service('shop', 'pay', signal)).toMatchObject({ ok: true, value: { exists: true, headless: false, endpoints: [], ports: [{ targetPort: 'web', nodePort: 30080 }] } });
    await reader.close();
  });

  test('whose targetPort no container has leads to no port; one that ends and serves still gets traffic', async () => {
    await using server = await answering({
      '/api/v1/namespaces/shop/services/pay': { body: SERVICE },
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices': items(
        { ports: null, endpoints: [{ addresses: ['10.1.0.8'], conditions: { ready: true }, nodeName: 'n1', targetRef: { kind: 'Pod', name: 'pay-1' } }] },
        { ports: [{ name: 'http', port: 8080 }], endpoints: [{ addresses: ['10.1.0.9'], conditions: { ready: false, serving: true, terminating: true } }] },
        { ports: [{ name: '', port: 8080 }], endpoints: [{ addresses: ['10.1.0.10'], conditions: { ready: false, serving: true } }] },
      ),
    });
    const { reader } = await connectTo(server);
    expect(await reader.service('shop', 'pay', signal)).toMatchObject({
      value: {
        endpoints: [
          { address: '10.1.0.8', port: null, ready: true, serving: true, node: 'n1', pod: 'pay-1' },
          { address: '10.1.0.9', port: 8080, portName: 'http', ready: false, serving: true },
          { address: '10.1.0.10', port: 8080, portName: null, ready: false, serving: false },
        ],
      },
    });
    await reader.close();
  });

  test('is found by its address and by its node port; an address of nobody is a fact', async () => {
    await using server = await answering({ '/api/v1/services': items(SERVICE), '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices': items() });
    const { reader } = await connectTo(server);
    expect(await reader.serviceAt('10.96.7.7', 80, signal)).toMatchObject({ ok: true, value: { name: 'pay', exists: true } });
    expect(await reader.serviceAt('10.0.0.2', 30080, signal)).toMatchObject({ ok: true, value: { name: 'pay' } });
    expect(await reader.serviceAt('10.0.0.2', 80, signal)).toMatchObject({ ok: true, value: { exists: false } });
    await reader.close();
  });
});

describe('the servers of the cluster\'s DNS', () => {
  const DNS = { metadata: { name: 'kube-dns', namespace: 'kube-system' }, spec: { clusterIPs: ['10.96.0.10'], selector: { 'k8s-app': 'kube-dns' } } };
  const POD = {
    metadata: { name: 'coredns-1', namespace: 'kube-system' },
    spec: { nodeName: 'n1', containers: [{ name: 'coredns' }], volumes: [{ name: 'config', configMap: { name: 'dns-config' } }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'coredns', ready: false, restartCount: 3, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
  };
  const LOOP = '[FATAL] plugin/loop: Loop (127.0.0.1:48734 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting.';

  test('say in their life before why they ended, and their own ConfigMap where they forward', async () => {
    await using server = await startApiServer({
      answer: (url): Answer | undefined => {
        if (url.pathname === '/api/v1/namespaces/kube-system/services') return items(DNS);
        if (url.pathname === '/api/v1/namespaces/kube-system/pods') return url.searchParams.get('labelSelector') === 'k8s-app=kube-dns' ? items(POD) : items();
        if (url.pathname === '/api/v1/namespaces/kube-system/configmaps/dns-config') return { body: { data: { Corefile: '. {\n forward . 127.0.0.1\n}' } } };
        if (url.pathname.endsWith('/log')) return { body: url.searchParams.get('previous') === 'true' ? `2026-11-25T18:19:01Z ${LOOP}\n` : '' };
        return undefined;
      },
    });
    const { reader } = await connectTo(server);
    expect(await reader.dnsServer('api.example.com', 'n1', signal)).toMatchObject({
      ok: true, value: { forwarders: ['127.0.0.1'], loop: LOOP, nodeLocal: null, unreadable: [], pods: [{ name: 'coredns-1', ready: false, reason: 'CrashLoopBackOff', restarts: 3 }] },
    });
    await reader.close();
  });

  test('have a cache on the node before them, or nobody may see whether they have', async () => {
    const CACHE = { metadata: { name: 'node-local-dns-1', namespace: 'kube-system' }, spec: { nodeName: 'n1', containers: [{ name: 'node-cache' }] }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [{ name: 'node-cache', ready: true, restartCount: 1, state: { running: {} } }] } };
    const dnsOf = (cache: Answer) => startApiServer({
      answer: (url): Answer | undefined => {
        if (url.pathname === '/api/v1/namespaces/kube-system/services') return items(DNS);
        if (url.pathname === '/api/v1/namespaces/kube-system/pods') return url.searchParams.get('labelSelector') === 'k8s-app=node-local-dns' ? cache : items();
        return undefined;
      },
    });
    for (const [cache, expected] of [
      [items(CACHE), { nodeLocal: { name: 'node-local-dns-1', node: 'n1', ready: true, restarts: 1 } }],
      [forbidden('pods is forbidden'), { nodeLocal: null, unreadable: expect.arrayContaining([expect.stringContaining('pods in kube-system')]) }],
    ] as const) {
      await using server = await dnsOf(cache);
      const { reader } = await connectTo(server);
      expect(await reader.dnsServer('api.example.com', 'n1', signal)).toMatchObject({ ok: true, value: expected });
      await reader.close();
    }
  });

  test('whose configuration may not be read are told so, and forward nobody knows where', async () => {
    await using server = await answering({
      '/api/v1/namespaces/kube-system/services': items(DNS),
      '/api/v1/namespaces/kube-system/pods': items(POD),
      '/api/v1/namespaces/kube-system/configmaps/dns-config': forbidden('configmaps "dns-config" is forbidden'),
      '/api/v1/namespaces/kube-system/pods/coredns-1/log': forbidden('pods/log is forbidden'),
    });
    const { reader } = await connectTo(server);
    expect(await reader.dnsServer('api.example.com', null, signal)).toMatchObject({
      ok: true, value: { forwarders: null, loop: null, unreadable: [expect.stringContaining('configmaps'), expect.stringContaining('pods/log')] },
    });
    await reader.close();
  });
});

describe('what changed', () => {
  const now = Date.now();
  const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  const POD = { metadata: { name: 'p', namespace: 'shop', creationTimestamp: ago(300), ownerReferences: [{ kind: 'ReplicaSet', name: 'orders-1', controller: true }] } };
  const owner = (name: string, more: object): Answer => ({ body: { metadata: { name, namespace: 'shop', creationTimestamp: ago(300), ...more } } });

  test('is told by who wrote and when, newest first, and what may not be read is named', async () => {
    await using server = await answering({
      '/api/v1/namespaces/shop/pods/p': { body: POD },
      '/apis/apps/v1/namespaces/shop/replicasets/orders-1': owner('orders-1', { ownerReferences: [{ kind: 'Deployment', name: 'orders', controller: true }] }),
      '/apis/apps/v1/namespaces/shop/deployments/orders': owner('orders', {
        managedFields: [{ manager: 'kubectl-edit', time: ago(5) }, { manager: 'kube-controller-manager', time: ago(1) }, { manager: 'helm', time: ago(200) }, { manager: 'x', subresource: 'status', time: ago(1) }],
      }),
      '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': items({ metadata: { name: 'deny', namespace: 'shop', creationTimestamp: ago(3) } }),
      '/api/v1/namespaces/shop/services': forbidden('services is forbidden'),
      '/api/v1/namespaces/shop/configmaps': { body: { items: null } },
      '/api/v1/namespaces/shop/events': items(
        { type: 'Warning', reason: 'BackOff', message: 'back-off', lastTimestamp: ago(2), count: 4, metadata: {}, involvedObject: { kind: 'Pod', name: 'p', namespace: 'shop' } },
        { type: 'Warning', reason: 'BackOff', message: 'of another', lastTimestamp: ago(2), metadata: {}, involvedObject: { kind: 'Pod', name: 'other-1' } },
        { type: 'Normal', reason: 'Pulled', message: 'image', lastTimestamp: ago(2), metadata: {}, involvedObject: { kind: 'Pod', name: 'p' } },
      ),
    });
    const { reader } = await connectTo(server);
    const read = await reader.changes({ namespace: 'shop', pod: 'p', node: null, otherNamespace: null }, signal);
    expect(read).toMatchObject({
      ok: true,
      value: {
        changes: [
          { object: 'Pod shop/p', what: 'event', detail: 'BackOff: back-off (×4)' },
          { object: 'NetworkPolicy shop/deny', what: 'created' },
          { object: 'Deployment shop/orders', what: 'changed', by: 'kubectl-edit' },
        ],
        unreadable: ['list services in shop'],
      },
    });
    expect(read.ok ? read.value.changes : []).toHaveLength(3);
    await reader.close();
  });
});

describe('the network plugin on a node', () => {
  const NODE = '/api/v1/nodes/n1';
  const agent = (more: { readonly reason?: string; readonly mounts?: string } = {}): unknown => ({
    metadata: { name: 'weird-net-x', namespace: 'net-system', ownerReferences: [{ controller: true, kind: 'DaemonSet', name: 'weird-net' }] },
    spec: { hostNetwork: true, containers: [{ name: 'agent' }], volumes: [{ name: 'cni', hostPath: { path: more.mounts ?? '/etc/cni/net.d' } }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }], containerStatuses: [{ name: 'agent', ready: false, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
  });
  const set = (name: string, more: object = {}): unknown => ({
    metadata: { name, namespace: 'kube-system' },
    spec: { template: { spec: { hostNetwork: true, containers: [], volumes: [{ name: 'cni', hostPath: { path: '/opt/cni/bin' } }], ...more } } },
  });

  async function stateOf(routes: Record<string, Answer>): Promise<unknown> {
    await using server = await answering(routes);
    const { reader } = await connectTo(server);
    const state = await reader.cniState('n1', signal);
    await reader.close();
    return state.ok ? state.value : state.failure.kind;
  }

  test('that nobody knows by name is known by what it is, and says what it said last', async () => {
    const log = '/api/v1/namespaces/net-system/pods/weird-net-x/log';
    expect(await stateOf({ '/api/v1/pods': items(agent()), [log]: { body: 'starting\npanic: no route to the control plane\n' } })).toMatchObject({ plugin: 'weird-net', agentPod: 'net-system/weird-net-x', ready: false, reason: 'CrashLoopBackOff', restarts: 4, lastErrors: ['panic: no route to the control plane'] });
    expect(await stateOf({ '/api/v1/pods': items(agent()), [log]: { body: 'one\ntwo\nthree\ncannot go on\n' } })).toMatchObject({ lastErrors: ['two', 'three', 'cannot go on'] });
  });

  test('is none where nothing of the CNI is mounted', async () => {
    expect(await stateOf({ '/api/v1/pods': items(agent({ mounts: '/var/log' })), '/apis/apps/v1/daemonsets': items(), [NODE]: { body: {} } })).toMatchObject({ plugin: null, agentPod: null, ready: null });
  });

  test('whose DaemonSet means to be on the node and is not fails', async () => {
    const absent = (sets: readonly unknown[], labels = { pool: 'a' }): Record<string, Answer> => ({ '/api/v1/pods': items(), '/apis/apps/v1/daemonsets': items(...sets), [NODE]: { body: { metadata: { labels } } } });
    expect(await stateOf(absent([set('calico-node')]))).toMatchObject({ plugin: 'calico', agentPod: null, ready: false, reason: 'DaemonSet kube-system/calico-node has no pod on this node' });
    expect(await stateOf(absent([set('other-net', { nodeSelector: { pool: 'b' } })]))).toMatchObject({ plugin: null, ready: null });
    expect(await stateOf(absent([set('log-shipper', { hostNetwork: false })]))).toMatchObject({ plugin: null, ready: null });
    expect(await stateOf({ '/api/v1/pods': items(), '/apis/apps/v1/daemonsets': forbidden('daemonsets is forbidden'), [NODE]: { body: {} } })).toMatchObject({ plugin: null, ready: null });
  });
});

describe('sidecars of a mesh', () => {
  async function sidecarsOf(spec: object): Promise<unknown> {
    const statuses = (names: readonly string[]): readonly object[] => names.map((name) => ({ name, ready: name === 'app', restartCount: 0, state: { running: {} } }));
    const body = { metadata: { name: 'p', namespace: 'shop' }, spec, status: { containerStatuses: statuses(['app', 'envoy', 'gate', 'logs']), initContainerStatuses: statuses(['linkerd-proxy']) } };
    await using server = await answering({ '/api/v1/namespaces/shop/pods/p': { body } });
    const { reader } = await connectTo(server);
    const state = await reader.podState('shop', 'p', 'app', signal);
    await reader.close();
    return state.ok ? state.value.meshProxies?.map(({ name, ready }) => `${name} ${String(ready)}`) : state.failure;
  }
  const APP = { name: 'app', image: 'shop/app:1' };

  test('are known by name, by image, by their ports', async () => {
    expect(await sidecarsOf({ containers: [APP, { name: 'envoy', image: 'x:1' }] })).toEqual(['envoy false']);
    expect(await sidecarsOf({ containers: [APP, { name: 'gate', image: 'docker.io/istio/proxyv2:1.26.0' }] })).toEqual(['gate false']);
    expect(await sidecarsOf({ containers: [APP, { name: 'gate', image: 'x:1', readinessProbe: { httpGet: { port: 15021 } } }] })).toEqual(['gate false']);
    expect(await sidecarsOf({ containers: [APP], initContainers: [{ name: 'linkerd-proxy', image: 'x:1', restartPolicy: 'Always' }] })).toEqual(['linkerd-proxy false']);
  });

  test('or because something in the pod rewrites its firewall', async () => {
    const rewrites = { name: 'init', image: 'x:1', securityContext: { capabilities: { add: ['NET_ADMIN'] } } };
    expect(await sidecarsOf({ containers: [APP, { name: 'gate', image: 'x:1' }], initContainers: [rewrites] })).toEqual(['gate false']);
    expect(await sidecarsOf({ containers: [APP, { name: 'gate', image: 'x:1' }, { name: 'envoy', image: 'x:1' }], initContainers: [rewrites] })).toEqual(['envoy false']);
  });

  test('are not what only stands beside the application, nor the container that is asked about', async () => {
    expect(await sidecarsOf({ containers: [APP, { name: 'logs', image: 'fluent-bit:3' }] })).toEqual([]);
    expect(await sidecarsOf({ containers: [{ name: 'app', image: 'envoyproxy/envoy:v1.35' }] })).toEqual([]);
  });
});

describe('pods to compare with on other nodes', () => {
  const one = (name: string, more: object = {}): unknown => ({ metadata: { name, namespace: 'shop' }, spec: { nodeName: 'n2', ...more }, status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: {} } }] } });
  const target = podSummary('orders-1');

  test('are of the own namespace where there are any, and never in their node\'s network', async () => {
    await using server = await answering({ '/api/v1/namespaces/shop/pods': items(one('host', { hostNetwork: true }), one('far')), '/api/v1/pods': items(one('elsewhere')) });
    const { reader } = await connectTo(server);
    expect(await reader.podsElsewhere(target, signal)).toMatchObject({ ok: true, value: [{ name: 'far' }] });
    expect(server.requests[0]?.url.searchParams.get('fieldSelector')).toBe('spec.nodeName!=n1,status.phase=Running');
    await reader.close();
  });

  test('are of all namespaces else; a list that may not be read is none', async () => {
    await using server = await answering({ '/api/v1/namespaces/shop/pods': items(), '/api/v1/pods': forbidden('pods is forbidden') });
    const { reader } = await connectTo(server);
    expect(await reader.podsElsewhere(target, signal)).toMatchObject({ ok: false, failure: { kind: 'forbidden', resource: 'pods' } });
    await reader.close();
  });
});

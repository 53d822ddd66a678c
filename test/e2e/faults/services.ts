import { PAYMENTS, during, fromShop, kubectl, type Scenario, type Step } from './scenario.ts';
import { busyboxOn, pod, service } from './manifests.ts';

const SLICE = (name: string, address: string, port: number): object => ({
  apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: `fault-${name}-1`, namespace: 'shop', labels: { 'kubernetes.io/service-name': `fault-${name}` } },
  addressType: 'IPv4', ports: [{ name: '', port, protocol: 'TCP' }], endpoints: [{ addresses: [address] }],
});
const APP = { app: 'orders' };

/** kube-proxy of a node stands still, and the node has lost its rules. */
const brokenProxy = (node: 'n1' | 'n2'): Pick<Scenario, 'inject' | 'undo' | 'restored'> => ({
  inject: { on: node, argv: ['sh', '-c', `kill -STOP {pid:proxy-${node}} && iptables-save -t nat >/tmp/fault-nat-${node} && iptables -w -t nat -F KUBE-SERVICES`] },
  undo: { on: node, argv: ['sh', '-c', `iptables-restore -w </tmp/fault-nat-${node}; rm -f /tmp/fault-nat-${node}; kill -CONT {pid:proxy-${node}}`] },
});

const noteReady: Step = kubectl('-n', 'shop', 'wait', '--for=jsonpath={.status.phase}=Running', 'pod/fault-unready', '--timeout=30s');

export const services: readonly Scenario[] = [
  { id: 'service-missing', inject: null, undo: null, run: fromShop('deploy/web', 'svc/inventory:8080'), expected: 'service.not-found', why: 'there is no such Service' },
  { id: 'service-missing-url', inject: null, undo: null, run: fromShop('deploy/web', 'http://inventory:8080/'), expected: 'service.not-found', why: 'the same, by its short name' },
  { id: 'service-other-namespace', inject: null, undo: null, run: fromShop('deploy/web', 'http://orders.locked.svc.cluster.local:8080/'), expected: 'service.not-found', why: 'the Service is in another namespace' },
  { id: 'service-no-endpoints', ...during(service('lonely', { selector: { app: 'nobody' }, ports: [{ port: 8080 }] })), run: fromShop('deploy/web', 'svc/fault-lonely:8080'), expected: 'service.no-endpoints', why: 'the selector selects nobody' },
  { id: 'service-no-endpoints-url', ...during(service('lonely', { selector: { app: 'nobody' }, ports: [{ port: 8080 }] })), run: fromShop('deploy/orders', 'http://fault-lonely:8080/'), expected: 'service.no-endpoints', why: 'the same, by URL' },
  {
    id: 'service-unready', ...during(pod('unready', { container: { readinessProbe: { tcpSocket: { port: 9 } } } }), service('unready', { selector: { app: 'fault-unready' }, ports: [{ port: 8080 }] })),
    until: noteReady, run: fromShop('deploy/web', 'svc/fault-unready:8080'), expected: 'service.no-endpoints', why: 'the only pod is not ready',
  },
  { id: 'service-wrong-port', inject: null, undo: null, run: fromShop('deploy/web', 'svc/orders:80'), expected: 'service.wrong-port', why: 'the Service has 8080, 80 is asked' },
  { id: 'service-wrong-port-url', inject: null, undo: null, run: fromShop('deploy/web', 'http://orders/'), expected: 'service.wrong-port', why: 'the same, by URL' },
  { id: 'service-wrong-target-port', ...during(service('target', { selector: APP, ports: [{ port: 8080, targetPort: 9090 }] })), run: fromShop('deploy/web', 'svc/fault-target:8080'), expected: 'service.wrong-port', why: 'nothing listens on the targetPort' },
  { id: 'service-wrong-named-port', ...during(service('named', { selector: APP, ports: [{ port: 8080, targetPort: 'web' }] })), run: fromShop('deploy/web', 'svc/fault-named:8080'), expected: 'service.wrong-port', why: 'no container has a port of that name' },
  { id: 'service-headless-wrong-port', ...during(service('headless', { clusterIP: 'None', selector: APP, ports: [{ port: 9090 }] })), run: fromShop('deploy/web', 'svc/fault-headless:9090'), expected: 'service.wrong-port', why: 'headless: the pods do not listen on 9090' },
  { id: 'service-proxy-broken', needs: [busyboxOn('n2')], ...brokenProxy('n2'), run: fromShop('fault-client', 'tcp://{service:orders}:8080'), expected: 'service.proxy-broken', why: 'kube-proxy of this node is broken; the address is the Service’s' },
  { id: 'service-proxy-broken-name', needs: [busyboxOn('n2')], ...brokenProxy('n2'), run: fromShop('fault-client', 'svc/orders:8080'), expected: 'service.proxy-broken', why: 'the same, by name: DNS is a Service too' },
  {
    id: 'service-one-rule-lost', needs: [busyboxOn('n2')], inject: { on: 'n2', argv: ['sh', '-c', 'kill -STOP {pid:proxy-n2}; iptables -w -t nat -I KUBE-SERVICES -d {service:orders} -p tcp --dport 8080 -j ACCEPT'] },
    undo: { on: 'n2', argv: ['sh', '-c', 'iptables -w -t nat -D KUBE-SERVICES -d {service:orders} -p tcp --dport 8080 -j ACCEPT; kill -CONT {pid:proxy-n2}'] },
    run: fromShop('fault-client', 'svc/orders:8080'), expected: 'service.proxy-broken', why: 'only this Service is not translated on this node',
  },
  { id: 'service-hand-made-dead', ...during(service('dead-db', { ports: [{ port: 5432 }] }), SLICE('dead-db', '198.51.100.99', 5432)), run: fromShop('deploy/orders', 'svc/fault-dead-db:5432'), expected: 'ip.unreachable', tolerable: ['tcp.host-silent'], why: 'hand-made endpoints lead to an address where nobody is' },
  { id: 'healthy-service', inject: null, undo: null, run: fromShop('deploy/web', 'svc/orders:8080'), expected: 'reachable', why: 'a Service as it should be' },
  { id: 'healthy-service-url', inject: null, undo: null, run: fromShop('deploy/web', 'http://orders.shop:8080/healthz'), expected: 'reachable', why: 'the same, by URL' },
  { id: 'healthy-headless', ...during(service('headless', { clusterIP: 'None', selector: APP, ports: [{ port: 8080 }] })), run: fromShop('deploy/web', 'svc/fault-headless:8080'), expected: 'reachable', why: 'a headless Service' },
  { id: 'healthy-hand-made', inject: null, undo: null, run: fromShop('deploy/orders', 'svc/legacy-db:5432'), expected: 'reachable', why: 'hand-made endpoints' },
  { id: 'healthy-node-port', ...during(service('nodeport', { type: 'NodePort', selector: APP, ports: [{ port: 8080, nodePort: 30080 }] })), run: fromShop('deploy/orders', 'http://10.10.0.12:30080/healthz'), expected: 'reachable', why: 'a node port' },
  { id: 'healthy-one-endpoint-unready', ...during(pod('half', { labels: { half: 'yes' }, container: { readinessProbe: { tcpSocket: { port: 9 } } } }), pod('half-ready', { labels: { half: 'yes' } }), service('half', { selector: { half: 'yes' }, ports: [{ port: 8080 }] })), until: kubectl('-n', 'shop', 'wait', '--for=condition=Ready', 'pod/fault-half-ready', '--timeout=30s'), run: fromShop('deploy/web', 'svc/fault-half:8080'), expected: 'reachable', why: 'one of two endpoints is not ready' },
  { id: 'healthy-payments', inject: null, undo: null, run: fromShop('deploy/orders', PAYMENTS), expected: 'reachable', why: 'nothing is wrong' },
];

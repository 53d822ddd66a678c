import { pod } from './manifests.ts';
import { PAYMENTS, fromShop, type Scenario, type Step } from './scenario.ts';

/**
 * NodeLocal DNSCache on one node, as its documentation sets it up (Kubernetes docs, Using NodeLocal DNSCache): a pod in the node's own
 * network that listens on a link-local address and forwards to the cluster's DNS. The pods that use it name it, as kubelet would.
 */

const CACHE = '169.254.20.10';
const NAME = 'node-local-dns-fault';

const LABELS = { 'k8s-app': 'node-local-dns' };

function cacheWith(...plugins: readonly string[]): readonly object[] {
  const text = ['.:53 {', `    bind ${CACHE}`, ...plugins.map((line) => `    ${line}`), '}', ''].join('\n');
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, namespace: 'kube-system' }, data: { Corefile: text } },
    {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: NAME, namespace: 'kube-system', labels: LABELS },
      spec: {
        nodeName: 'n1', hostNetwork: true, dnsPolicy: 'Default', terminationGracePeriodSeconds: 0,
        containers: [{ name: 'node-cache', image: 'registry.k8s.io/coredns/coredns:v1.14.7', imagePullPolicy: 'IfNotPresent', command: ['/coredns'], args: ['-conf', '/etc/coredns/Corefile'], volumeMounts: [{ name: 'config', mountPath: '/etc/coredns' }] }],
        volumes: [{ name: 'config', configMap: { name: NAME } }],
      },
    },
  ];
}

const CLIENT = pod('cached', { spec: { nodeName: 'n1', dnsPolicy: 'None', dnsConfig: { nameservers: [CACHE], searches: ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'], options: [{ name: 'ndots', value: '5' }] } } });

const WITH_ADDRESS = `"$0" n1 ip address replace ${CACHE}/32 dev lo && kubectl apply -f -`;
const WITHOUT_ADDRESS = `kubectl delete --ignore-not-found -f -; "$0" n1 ip address delete ${CACHE}/32 dev lo`;

function cached(plugins: readonly string[], cacheIs: string): Pick<Scenario, 'inject' | 'undo' | 'until'> {
  const items = [...cacheWith(...plugins), CLIENT];
  const step = (words: string): Step => ({ argv: ['sh', '-c', words, '{on}'], input: { apiVersion: 'v1', kind: 'List', items } });
  return {
    inject: step(WITH_ADDRESS),
    undo: step(WITHOUT_ADDRESS),
    until: { argv: ['sh', '-c', `kubectl -n shop wait --for=condition=Ready pod/fault-cached --timeout=60s && kubectl -n kube-system get pod ${NAME} | grep -E "${cacheIs}"`] },
  };
}

export const nodeCache: readonly Scenario[] = [
  { id: 'dns-node-cache-down', ...cached(['nonsense'], 'CrashLoop|Error'), run: fromShop('fault-cached', PAYMENTS), expected: 'dns.resolver-unreachable', why: 'the node’s DNS cache cannot read its configuration; CoreDNS is well' },
  { id: 'healthy-node-cache', ...cached(['errors', 'cache 30', 'forward . 10.96.0.10'], '1/1 +Running'), run: fromShop('fault-cached', PAYMENTS), expected: 'reachable', why: 'the node’s DNS cache answers' },
];

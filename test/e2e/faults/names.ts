import { DATABASE, PAYMENTS, during, fromShop, kubectl, type Scenario, type Step } from './scenario.ts';
import { COREDNS, ORIGINAL, READY, withCorefile, without } from './coredns.ts';
import { corefile, namespace, pod, service } from './manifests.ts';

const withPod = (name: string, spec: object, container: object = {}): Pick<Scenario, 'inject' | 'undo' | 'until'> => ({
  ...during(pod(name, { spec, container })),
  until: kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/fault-${name}`, '--timeout=60s'),
});

export const names: readonly Scenario[] = [
  {
    id: 'dns-down', inject: kubectl(...COREDNS, 'scale', 'deployment/coredns', '--replicas=0'), undo: kubectl(...COREDNS, 'scale', 'deployment/coredns', '--replicas=2'),
    until: kubectl(...COREDNS, 'wait', '--for=delete', 'pod', '-l', 'k8s-app=kube-dns', '--timeout=60s'), restored: READY,
    run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.cluster-dns-down', why: 'CoreDNS is scaled to 0',
  },
  { id: 'dns-bad-corefile', ...withCorefile(['errors', 'nonsense', 'ready'], 'crash'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.cluster-dns-down', why: 'CoreDNS cannot read its Corefile' },
  { id: 'dns-wrong-forwarder', ...withCorefile(without('forward . 198.51.100.99'), 'ready'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.servfail', why: 'nobody answers at the forwarder’s address' },
  { id: 'dns-forwarder-refuses', ...withCorefile(without('forward . 198.51.100.12'), 'ready'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.servfail', why: 'nothing listens at the forwarder' },
  { id: 'dns-loop', ...withCorefile(without('forward . 127.0.0.1', 'loop'), 'crash'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.forward-loop', why: 'CoreDNS forwards to itself, and its loop plugin ends it' },
  { id: 'dns-loop-by-service', ...withCorefile(without('forward . 10.96.0.10'), 'ready'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.forward-loop', why: 'CoreDNS forwards to its own Service, without a loop plugin' },
  { id: 'dns-rewrite', ...withCorefile(['rewrite name api.payments.example api.payments.invalid', ...ORIGINAL], 'ready'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.split-horizon', tolerable: ['dns.nxdomain'], why: 'the Corefile rewrites the name to one that does not exist' },
  { id: 'dns-policy-default', ...withPod('dns-default', { dnsPolicy: 'Default' }), run: fromShop('fault-dns-default', 'svc/orders:8080'), expected: 'dns.wrong-resolver', why: 'dnsPolicy Default: the node’s resolver knows no Services' },
  { id: 'dns-policy-default-url', ...withPod('dns-default-url', { dnsPolicy: 'Default' }), run: fromShop('fault-dns-default-url', 'http://orders.shop.svc.cluster.local:8080/healthz'), expected: 'dns.wrong-resolver', why: 'the same, by URL' },
  { id: 'dns-host-network', ...withPod('dns-hostnet', { hostNetwork: true, nodeName: 'n1' }, { env: [{ name: 'PORT', value: '18080' }] }), run: fromShop('fault-dns-hostnet', 'svc/orders:8080'), expected: 'dns.wrong-resolver', why: 'hostNetwork with ClusterFirst gets the node’s resolver' },
  { id: 'dns-config-silent', ...withPod('dns-silent', { dnsPolicy: 'None', dnsConfig: { nameservers: ['198.51.100.99'] } }), run: fromShop('fault-dns-silent', PAYMENTS), expected: 'dns.wrong-resolver', why: 'dnsConfig names an address where nobody is' },
  { id: 'dns-config-refusing', ...withPod('dns-refusing', { dnsPolicy: 'None', dnsConfig: { nameservers: ['198.51.100.12'] } }), run: fromShop('fault-dns-refusing', PAYMENTS), expected: 'dns.wrong-resolver', why: 'dnsConfig names a host without a nameserver' },
  { id: 'dns-no-search', ...withPod('no-search', { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } }), run: fromShop('fault-no-search', 'http://orders:8080/healthz'), expected: 'dns.wrong-resolver', why: 'dnsConfig names the cluster’s DNS and no search list' },
  { id: 'dns-host-alias', ...withPod('alias', { hostAliases: [{ ip: '198.51.100.99', hostnames: ['api.payments.example'] }] }), run: fromShop('fault-alias', PAYMENTS), expected: 'dns.stale-hosts', why: 'hostAliases holds an address where nobody is' },
  { id: 'dns-host-alias-other', ...withPod('alias-other', { hostAliases: [{ ip: '203.0.113.20', hostnames: ['api.payments.example'] }] }), run: fromShop('fault-alias-other', PAYMENTS), expected: 'dns.stale-hosts', why: 'hostAliases leads to another server, whose certificate does not fit' },
  {
    id: 'dns-search-trap', ...during(namespace('example'), { apiVersion: 'v1', kind: 'Service', metadata: { name: 'hub', namespace: 'example' }, spec: { ports: [{ port: 8080 }] } }),
    run: fromShop('deploy/orders', 'https://hub.example/'), expected: 'dns.search-hijack', why: 'hub.example is a Service too: the search list finds it first',
  },
  {
    id: 'dns-search-wildcard', ...withCorefile(['template IN A corp.internal {', '   answer "{{ .Name }} 5 IN A 198.51.100.99"', '}', ...ORIGINAL], 'ready'),
    inject: { argv: ['sh', '-c', 'kubectl apply -f - && kubectl -n kube-system delete pod -l k8s-app=kube-dns --wait=false --grace-period=1'], input: { apiVersion: 'v1', kind: 'List', items: [corefile('template IN A corp.internal {', '   answer "{{ .Name }} 5 IN A 198.51.100.99"', '}', ...ORIGINAL), pod('search', { spec: { dnsConfig: { searches: ['corp.internal'] } } })] } },
    undo: { argv: ['sh', '-c', 'kubectl apply -f - && kubectl -n kube-system delete pod -l k8s-app=kube-dns --wait=false --grace-period=1; kubectl -n shop delete pod fault-search'], input: corefile(...ORIGINAL) },
    run: fromShop('fault-search', PAYMENTS), expected: 'dns.search-hijack', why: 'a wildcard record in a search domain answers for every name',
  },
  { id: 'dns-external-name-gone', ...during(service('gone', { type: 'ExternalName', externalName: 'gone.payments.example' })), run: fromShop('deploy/orders', 'svc/fault-gone:443'), expected: 'dns.external-name', why: 'the name behind the Service does not exist' },
  { id: 'dns-external-name-gone-url', ...during(service('gone', { type: 'ExternalName', externalName: 'gone.payments.example' })), run: fromShop('deploy/orders', 'https://fault-gone/'), expected: 'dns.external-name', why: 'the same, by URL' },
  { id: 'dns-external-name-tls', ...during(service('alias', { type: 'ExternalName', externalName: 'api.payments.example' })), run: fromShop('deploy/orders', 'https://fault-alias/'), expected: 'dns.external-name', why: 'the certificate is the real name’s, not the alias’s' },
  { id: 'dns-no-such-name', inject: null, undo: null, run: fromShop('deploy/orders', 'https://no-such-name.payments.example/'), expected: 'dns.nxdomain', why: 'nobody has this name' },
  { id: 'dns-one-replica-cut', ...iptablesTo('{kube-dns.ip}'), run: fromShop('deploy/orders', PAYMENTS), expected: 'dns.slow', tolerable: ['dns.resolver-unreachable', 'tcp.intermittent'], why: 'one of two CoreDNS pods is cut off: half of the questions are lost' },
  { id: 'healthy-dns-default', ...withPod('default-ok', { dnsPolicy: 'Default' }), run: fromShop('fault-default-ok', PAYMENTS), expected: 'reachable', why: 'dnsPolicy Default is fine for names of the internet' },
  { id: 'healthy-host-alias', ...withPod('alias-ok', { hostAliases: [{ ip: '198.51.100.10', hostnames: ['api.payments.example'] }] }), run: fromShop('fault-alias-ok', PAYMENTS), expected: 'reachable', why: 'hostAliases says what DNS says' },
  { id: 'healthy-external-name', inject: null, undo: null, run: fromShop('deploy/orders', 'svc/billing:443'), expected: 'reachable', why: 'an ExternalName Service that leads to the right name' },
  { id: 'healthy-one-coredns', inject: kubectl(...COREDNS, 'scale', 'deployment/coredns', '--replicas=1'), undo: kubectl(...COREDNS, 'scale', 'deployment/coredns', '--replicas=2'), until: READY, restored: READY, run: fromShop('deploy/orders', PAYMENTS), expected: 'reachable', why: 'one CoreDNS is enough' },
  { id: 'healthy-literal-without-dns', inject: kubectl(...COREDNS, 'scale', 'deployment/coredns', '--replicas=0'), undo: kubectl(...COREDNS, 'scale', 'deployment/coredns', '--replicas=2'), until: kubectl(...COREDNS, 'wait', '--for=delete', 'pod', '-l', 'k8s-app=kube-dns', '--timeout=60s'), restored: READY, run: fromShop('deploy/orders', DATABASE), expected: 'reachable', why: 'an address needs no DNS' },
];

function iptablesTo(address: string): Pick<Scenario, 'inject' | 'undo'> {
  const step = (action: string): Step => ({ argv: ['sh', '-c', `for node in n1 n2; do "$0" $node iptables -w ${action} FORWARD -d ${address} -j DROP; done`, '{on}'] });
  return { inject: step('-I'), undo: step('-D') };
}


import { ORIGINAL, READY, withCorefile, without } from './coredns.ts';
import { busyboxOn, DNS_RULE, egress, ORDERS, pod, policy, service } from './manifests.ts';
import { DATABASE, PAYMENTS, during, fromShop, iptables, kubectl, type Place, type Scenario } from './scenario.ts';

/** What somebody with kubectl and a shell on the nodes breaks, who has not read the list of causes. */

const ORDERS_POD = 'deploy/orders';
const HERE: Place = 'pod:orders@n2';
const inPod = (name: string, script: string, undo: string): Pick<Scenario, 'inject' | 'undo'> => ({
  inject: kubectl('-n', 'shop', 'exec', name, '--', 'bash', '-c', script), undo: kubectl('-n', 'shop', 'exec', name, '--', 'bash', '-c', undo),
});
const at = (on: Place, inject: string, undo: string): Pick<Scenario, 'inject' | 'undo'> => ({ inject: { on, argv: ['sh', '-c', inject] }, undo: { on, argv: ['sh', '-c', undo] } });
const patched = (object: readonly string[], patch: object, back: object): Pick<Scenario, 'inject' | 'undo'> => ({
  inject: kubectl('patch', ...object, '--type=json', '-p', JSON.stringify([patch])), undo: kubectl('patch', ...object, '--type=json', '-p', JSON.stringify([back])),
});
const DNS_SERVICE = ['-n', 'kube-system', 'service/kube-dns'] as const;
const allow = (name: string, ...rules: readonly object[]): Pick<Scenario, 'inject' | 'undo'> => during(egress(name, DNS_RULE, ...rules));
const tcp = (port: number): object => ({ protocol: 'TCP', port });

const NEW_DNS_PODS = 'kubectl -n kube-system delete pod -l k8s-app=kube-dns --wait=false --grace-period=1';
const DNS_OUT = policy('dns-out', { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }, 'kube-system');

const NAMES: readonly Scenario[] = [
  { id: 'other-hosts-in-dns', ...withCorefile(['hosts {', '   198.51.100.99 api.payments.example', '   fallthrough', '}', ...ORIGINAL], 'ready'), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'dns.split-horizon', tolerable: ['ip.unreachable', 'tcp.host-silent'], why: 'the Corefile’s hosts plugin has an old address' },
  { id: 'other-dns-acl', ...withCorefile(['acl {', '   block net 10.244.0.0/16', '}', ...ORIGINAL], 'ready'), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'dns.refused', why: 'CoreDNS refuses everybody in the pods’ network' },
  { id: 'other-dns-bind', ...withCorefile(['bind 127.0.0.1', ...ORIGINAL], 'ready'), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'dns.resolver-unreachable', why: 'CoreDNS is ready, and listens on its loopback alone' },
  { id: 'other-dns-no-cluster', ...withCorefile(['errors', 'ready', 'forward . /etc/resolv.conf', 'reload'], 'ready'), run: fromShop('deploy/web', 'svc/orders:8080'), expected: 'dns.nxdomain', tolerable: ['dns.split-horizon'], why: 'CoreDNS has lost its kubernetes plugin: Services have no names' },
  { id: 'other-dns-template', ...withCorefile(without('template ANY ANY payments.example {', '   rcode SERVFAIL', '}', 'forward . /etc/resolv.conf'), 'ready'), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'dns.servfail', why: 'a template answers SERVFAIL for one zone' },
  { id: 'other-dns-selector', ...patched(DNS_SERVICE, { op: 'replace', path: '/spec/selector', value: { 'k8s-app': 'core-dns' } }, { op: 'replace', path: '/spec/selector', value: { 'k8s-app': 'kube-dns' } }), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'dns.cluster-dns-down', why: 'the DNS Service’s selector has a slip: it has no endpoints' },
  { id: 'other-dns-target-port', ...patched(DNS_SERVICE, { op: 'replace', path: '/spec/ports/0/targetPort', value: 5353 }, { op: 'replace', path: '/spec/ports/0/targetPort', value: 53 }), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'service.wrong-port', tolerable: ['dns.resolver-unreachable', 'service.proxy-broken'], why: 'the DNS Service leads to a port on which CoreDNS does not listen' },
  {
    id: 'other-dns-egress-denied', inject: { argv: ['sh', '-c', `kubectl apply -f - && ${NEW_DNS_PODS}`], input: DNS_OUT }, undo: { argv: ['sh', '-c', `kubectl delete -f - && ${NEW_DNS_PODS}`], input: DNS_OUT }, until: { argv: ['sh', '-c', `${READY.argv.join(' ')} && sleep 3 && for node in n1 n2; do "$0" $node conntrack -F; done`, '{on}'] }, restored: READY,
    run: fromShop(ORDERS_POD, 'https://slow.payments.example/'), expected: 'dns.servfail', tolerable: ['dns.resolver-unreachable'], why: 'a policy keeps CoreDNS from its forwarder, and the old connections are over',
  },
  { id: 'other-hosts-edited', ...inPod('{orders@n2}', 'cp /etc/hosts /tmp/hosts.old; echo "198.51.100.99 api.payments.example" >>/etc/hosts', 'cat /tmp/hosts.old >/etc/hosts'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'dns.stale-hosts', why: 'somebody wrote into /etc/hosts of the pod' },
  { id: 'other-resolv-conf-edited', ...inPod('{orders@n2}', 'cp /etc/resolv.conf /tmp/resolv.old; echo "nameserver 198.51.100.99" >/etc/resolv.conf', 'cat /tmp/resolv.old >/etc/resolv.conf'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'dns.wrong-resolver', why: 'somebody wrote into /etc/resolv.conf of the pod' },
  { id: 'other-dns-udp-dropped', needs: [busyboxOn('n2')], ...at('n2', 'iptables -w -I FORWARD -s {orders@n2.ip} -p udp --dport 53 -j DROP', 'iptables -w -D FORWARD -s {orders@n2.ip} -p udp --dport 53 -j DROP'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'dns.resolver-unreachable', why: 'the node drops this pod’s DNS, no policy says so' },
];

const SERVICES: readonly Scenario[] = [
  { id: 'other-local-traffic', needs: [busyboxOn('n1'), pod('behind', { spec: { nodeName: 'n2' } })], ...during(service('behind', { selector: { app: 'fault-behind' }, ports: [{ port: 8080 }], internalTrafficPolicy: 'Local' })), run: fromShop('fault-client', 'svc/fault-behind:8080'), expected: 'service.no-endpoints', tolerable: ['service.proxy-broken'], why: 'internalTrafficPolicy Local, and the only endpoint is on the other node' },
  { id: 'other-external-ip', ...during(service('grab', { selector: { app: 'nobody' }, ports: [{ port: 443 }], externalIPs: ['198.51.100.10'] })), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'service.no-endpoints', why: 'a Service claims the address of the internet as its external IP, and has no endpoints' },
  { id: 'other-broad-selector', needs: [busyboxOn('n1', 'wide')], ...during(service('wide', { selector: { app: 'fault-wide' }, ports: [{ port: 8080 }] })), run: fromShop(ORDERS_POD, 'svc/fault-wide:8080'), expected: 'service.wrong-port', why: 'the selector finds pods of another application, which do not listen' },
  {
    id: 'other-mixed-endpoints', ...during(pod('mixed', { labels: { mixed: 'yes' } }), pod('mixed-idle', { labels: { mixed: 'yes' }, container: { image: 'docker.io/library/busybox:1.36', command: ['sleep', '100000'] } }), service('mixed', { selector: { mixed: 'yes' }, ports: [{ port: 8080 }] })),
    until: { argv: ['sh', '-c', 'kubectl -n shop wait --for=condition=Ready pod/fault-mixed pod/fault-mixed-idle --timeout=30s && sleep 1'] }, run: fromShop('deploy/web', 'svc/fault-mixed:8080'), expected: 'tcp.some-addresses-fail', tolerable: ['tcp.intermittent'], why: 'one of two endpoints does not listen: each second connection is refused',
  },
  { id: 'other-new-service', ...at('bastion', 'kill -STOP {pid:proxy-n1} {pid:proxy-n2}; kubectl -n shop expose deployment orders --name fault-new --port 8080', 'kubectl -n shop delete service fault-new; kill -CONT {pid:proxy-n1} {pid:proxy-n2}'), run: fromShop('deploy/web', 'svc/fault-new:8080'), expected: 'service.proxy-broken', why: 'kube-proxy stands still on all nodes: a new Service is known to the API alone' },
  { id: 'other-udp-service', ...during(service('udp', { selector: { app: 'orders' }, ports: [{ port: 8080, protocol: 'UDP' }] })), run: fromShop('deploy/web', 'svc/fault-udp:8080'), expected: 'service.wrong-port', why: 'the Service’s port is UDP, the application speaks TCP' },
  { id: 'healthy-publish-unready', ...during(pod('early', { container: { readinessProbe: { tcpSocket: { port: 9 } } } }), service('early', { selector: { app: 'fault-early' }, ports: [{ port: 8080 }], publishNotReadyAddresses: true })), until: kubectl('-n', 'shop', 'wait', '--for=jsonpath={.status.phase}=Running', 'pod/fault-early', '--timeout=30s'), run: fromShop('deploy/web', 'svc/fault-early:8080'), expected: 'reachable', why: 'not ready, and published all the same' },
];

const POLICIES: readonly Scenario[] = [
  { id: 'other-policy-service-address', ...allow('service-address', { to: [{ ipBlock: { cidr: '10.96.0.0/16' } }] }), run: fromShop('{orders@n1}', 'svc/orders:8080'), expected: 'policy.egress-denied', why: 'the rule names the Service’s address: policies see the pod behind it' },
  { id: 'other-policy-service-port', ...during(service('port', { selector: { app: 'orders' }, ports: [{ port: 80, targetPort: 8080 }] }), policy('port', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [DNS_RULE, { to: [{ podSelector: ORDERS }], ports: [tcp(80)] }] })), run: fromShop('deploy/web', 'svc/fault-port:80'), expected: 'policy.egress-denied', why: 'the rule names the Service’s port, not the container’s' },
  { id: 'other-policy-default-deny', ...during(policy('default', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })), run: fromShop('deploy/web', 'svc/orders:8080'), expected: 'policy.dns-denied', tolerable: ['policy.egress-denied'], why: 'a default deny for the whole namespace' },
  { id: 'other-policy-namespace-alone', ...allow('namespace-alone', { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'locked' } }, podSelector: { matchLabels: { app: 'nobody' } } }] }), run: fromShop(ORDERS_POD, 'tcp://{vault.ip}:8080'), expected: 'policy.egress-denied', why: 'namespace and pod in one peer: both have to fit' },
];

const ROUTES: readonly Scenario[] = [
  { id: 'other-no-forwarding', ...at('n2', 'sysctl -qw net.ipv4.ip_forward=0', 'sysctl -qw net.ipv4.ip_forward=1'), run: fromShop('{orders@n2}', DATABASE), expected: 'node.single-node-fault', why: 'the node forwards no packets any more' },
  { id: 'other-route-to-pods', needs: [busyboxOn('n1')], ...at('n1', 'ip route delete 10.244.1.0/24', 'ip route replace 10.244.1.0/24 via 10.10.0.12'), run: fromShop('fault-client', 'tcp://{orders@n2.ip}:8080'), expected: 'node.single-node-fault', tolerable: ['ip.unreachable', 'ip.path-dead-after', 'tcp.filtered-from-pods'], why: 'one node has lost its route to the other’s pods' },
  { id: 'other-blackhole', ...at(HERE, 'ip route add blackhole 198.51.100.0/24', 'ip route delete blackhole 198.51.100.0/24'), run: fromShop('{orders@n2}', DATABASE), expected: 'ip.no-route', why: 'a blackhole route in the pod' },
  { id: 'other-prohibit', ...at(HERE, 'ip route add prohibit 198.51.100.10', 'ip route delete prohibit 198.51.100.10'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'ip.no-route', why: 'a prohibit route in the pod, for one address' },
  { id: 'other-wrong-gateway', ...at(HERE, 'ip route replace default via 10.244.1.250', 'ip route replace default via 10.244.1.1'), run: fromShop('{orders@n2}', DATABASE), expected: 'link.gateway-unreachable', why: 'the pod’s default route names a gateway that is not there' },
  { id: 'other-wrong-neighbour', ...at(HERE, 'ip neighbour replace 10.244.1.1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent', 'ip neighbour delete 10.244.1.1 dev eth0; true'), run: fromShop('{orders@n2}', DATABASE), expected: 'link.gateway-unreachable', why: 'the pod has a wrong link address for its gateway' },
  { id: 'other-no-address', needs: [busyboxOn('n2', 'bare')], inject: { on: 'pod:fault-bare@n2', argv: ['ip', 'address', 'flush', 'dev', 'eth0'] }, undo: null, run: fromShop('fault-bare', DATABASE), expected: 'link.interface-down', why: 'the pod’s interface has lost its address' },
  { id: 'other-answers-dropped', needs: [busyboxOn('n2')], ...iptables('n2', 'FORWARD', '-d', '{orders@n2.ip}', '-p', 'tcp', '--sport', '5432', '-j', 'DROP'), run: fromShop('{orders@n2}', DATABASE), expected: 'policy.allowed-but-dropped', why: 'the answers to one pod are dropped, not its questions' },
  { id: 'other-pod-firewall', needs: [busyboxOn('n2')], ...at(HERE, 'iptables -w -A OUTPUT -p tcp --dport 5432 -j REJECT', 'iptables -w -D OUTPUT -p tcp --dport 5432 -j REJECT'), run: fromShop('{orders@n2}', DATABASE), expected: 'tcp.rejected-on-path', why: 'a firewall in the pod’s own network' },
  { id: 'other-every-third', ...iptables('router', 'FORWARD', '-d', '198.51.100.11', '-p', 'tcp', '--syn', '-m', 'statistic', '--mode', 'nth', '--every', '3', '--packet', '0', '-j', 'REJECT', '--reject-with', 'tcp-reset'), run: fromShop(ORDERS_POD, DATABASE), expected: 'tcp.intermittent', why: 'each third connection is refused' },
  { id: 'other-small-packets', ...iptables('router', 'FORWARD', '-s', '198.51.100.10', '-p', 'tcp', '-m', 'length', '--length', '700:65535', '-j', 'DROP'), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'ip.pmtu-blackhole', tolerable: ['app.slow-response'], why: 'something on the way drops large answers, and says nothing' },
  { id: 'other-ports-gone', ...at(HERE, 'sysctl -qw net.ipv4.ip_local_port_range="61000 61001"', 'sysctl -qw net.ipv4.ip_local_port_range="32768 60999"'), run: fromShop('{orders@n2}', DATABASE), expected: 'tcp.ports-exhausted', tolerable: ['tcp.intermittent'], why: 'the pod has two source ports' },
  { id: 'other-dnat', ...at('n2', 'iptables -w -t nat -I PREROUTING -s 10.244.1.0/24 -d 198.51.100.10 -p tcp --dport 443 -j DNAT --to-destination 203.0.113.20:443', 'iptables -w -t nat -D PREROUTING -s 10.244.1.0/24 -d 198.51.100.10 -p tcp --dport 443 -j DNAT --to-destination 203.0.113.20:443'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'tls.intercepted', tolerable: ['tls.self-signed', 'tls.hostname-mismatch'], why: 'the node leads the connection to another server' },
];

export const unforeseen: readonly Scenario[] = [...NAMES, ...SERVICES, ...POLICIES, ...ROUTES];

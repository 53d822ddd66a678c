import { busyboxOn } from './manifests.ts';
import { PAYMENTS, DATABASE, fromShop, iptables, kubectl, type Scenario } from './scenario.ts';

const masquerade = (node: 'n1' | 'n2'): Pick<Scenario, 'inject' | 'undo'> => {
  const rule = ['-t', 'nat', 'POSTROUTING', '-s', '10.244.0.0/16', '!', '-d', '10.244.0.0/16', '-j', 'MASQUERADE'];
  const [table = '', nat = '', ...rest] = rule;
  return { inject: { on: node, argv: ['iptables', '-w', table, nat, '-D', ...rest] }, undo: { on: node, argv: ['iptables', '-w', table, nat, '-A', ...rest] } };
};

export const nodes: readonly Scenario[] = [
  {
    id: 'node-not-ready', needs: [busyboxOn('n2')], inject: { on: 'n2', argv: ['kill', '-STOP', '{pid:kubelet-n2}'] }, undo: { on: 'n2', argv: ['kill', '-CONT', '{pid:kubelet-n2}'] },
    until: kubectl('wait', '--for=condition=Ready=Unknown', 'node/n2', '--timeout=60s'), restored: kubectl('wait', '--for=condition=Ready', 'node/n2', '--timeout=60s'),
    run: fromShop('fault-client', PAYMENTS), expected: 'node.not-ready', why: 'the kubelet is silent',
  },
  { id: 'node-pods-cut', ...iptables('n2', 'FORWARD', '-s', '10.244.1.0/24', '!', '-d', '10.244.0.0/16', '-j', 'DROP'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'node.single-node-fault', why: 'this node drops what its pods send to the outside' },
  { id: 'node-pods-cut-one-target', ...iptables('n2', 'FORWARD', '-s', '10.244.1.0/24', '-d', '198.51.100.10', '-j', 'DROP'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'node.single-node-fault', why: 'the same for one target' },
  { id: 'node-pods-rejected', ...iptables('n2', 'FORWARD', '-s', '10.244.1.0/24', '-d', '198.51.100.10', '-p', 'tcp', '-j', 'REJECT', '--reject-with', 'tcp-reset'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'node.single-node-fault', tolerable: ['tcp.rejected-on-path'], why: 'this node rejects it' },
  { id: 'masquerade-lost', ...masquerade('n2'), run: fromShop('{orders@n2}', DATABASE), expected: 'ip.not-masqueraded', tolerable: ['node.single-node-fault'], why: 'pod addresses leave this node untranslated' },
  { id: 'masquerade-lost-name', ...masquerade('n1'), run: fromShop('{orders@n1}', PAYMENTS), expected: 'ip.not-masqueraded', tolerable: ['node.single-node-fault'], why: 'the same, by name' },
  { id: 'pod-interface-down', inject: { on: 'pod:orders@n2', argv: ['ip', 'link', 'set', 'eth0', 'down'] }, undo: { on: 'pod:orders@n2', argv: ['sh', '-c', 'ip link set eth0 up; ip route replace default via 10.244.1.1'] }, run: fromShop('{orders@n2}', DATABASE), expected: 'link.interface-down', why: 'the pod’s eth0 is down' },
  { id: 'pod-route-gone', inject: { on: 'pod:orders@n2', argv: ['ip', 'route', 'delete', 'default'] }, undo: { on: 'pod:orders@n2', argv: ['ip', 'route', 'replace', 'default', 'via', '10.244.1.1'] }, run: fromShop('{orders@n2}', DATABASE), expected: 'ip.no-route', why: 'the pod has no default route' },
  { id: 'pod-route-gone-name', inject: { on: 'pod:orders@n2', argv: ['ip', 'route', 'delete', 'default'] }, undo: { on: 'pod:orders@n2', argv: ['ip', 'route', 'replace', 'default', 'via', '10.244.1.1'] }, run: fromShop('{orders@n2}', PAYMENTS), expected: 'ip.no-route', why: 'the same, by name' },
  { id: 'bridge-down', inject: { on: 'n2', argv: ['ip', 'link', 'set', 'cni0', 'down'] }, undo: { on: 'n2', argv: ['ip', 'link', 'set', 'cni0', 'up'] }, restored: { argv: ['sh', '-c', 'kubectl -n kube-system rollout status deployment/coredns --timeout=30s'] }, run: fromShop('{orders@n2}', DATABASE), expected: 'link.gateway-unreachable', why: 'the node’s bridge is down' },
  { id: 'bridge-down-name', inject: { on: 'n2', argv: ['ip', 'link', 'set', 'cni0', 'down'] }, undo: { on: 'n2', argv: ['ip', 'link', 'set', 'cni0', 'up'] }, restored: kubectl('-n', 'kube-system', 'rollout', 'status', 'deployment/coredns', '--timeout=30s'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'link.gateway-unreachable', why: 'the same, by name' },
  { id: 'only-this-pod', needs: [busyboxOn('n2')], ...iptables('n2', 'FORWARD', '-s', '{orders@n2.ip}', '-d', '198.51.100.11', '-j', 'DROP'), run: fromShop('{orders@n2}', DATABASE), expected: 'policy.allowed-but-dropped', why: 'one pod is dropped, no policy says so' },
  { id: 'router-drops', ...iptables('router', 'FORWARD', '-d', '198.51.100.11', '-p', 'tcp', '--dport', '5432', '-j', 'DROP'), run: fromShop('deploy/orders', DATABASE), expected: 'tcp.filtered', why: 'a firewall far away' },
  { id: 'pods-filtered', inject: { argv: ['sh', '-c', 'for node in n1 n2; do "$0" $node iptables -w -I FORWARD -s 10.244.0.0/16 -d 198.51.100.11 -j DROP; done', '{on}'] }, undo: { argv: ['sh', '-c', 'for node in n1 n2; do "$0" $node iptables -w -D FORWARD -s 10.244.0.0/16 -d 198.51.100.11 -j DROP; done', '{on}'] }, run: fromShop('deploy/orders', DATABASE), expected: 'tcp.filtered-from-pods', why: 'every node drops what pods send there' },
  { id: 'healthy-cordoned', inject: kubectl('cordon', 'n2'), undo: kubectl('uncordon', 'n2'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'reachable', why: 'a cordoned node still works' },
  { id: 'healthy-tainted', inject: kubectl('taint', 'node', 'n2', 'fault=yes:NoSchedule'), undo: kubectl('taint', 'node', 'n2', 'fault:NoSchedule-'), run: fromShop('{orders@n2}', PAYMENTS), expected: 'reachable', why: 'a taint keeps new pods away, no packets' },
  { id: 'healthy-no-ping', ...iptables('router', 'FORWARD', '-p', 'icmp', '-j', 'DROP'), run: fromShop('deploy/web', 'tcp://198.51.100.11:5432'), expected: 'reachable', why: 'nobody answers a ping, TCP works' },
];

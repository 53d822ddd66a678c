import { DATABASE, PAYMENTS, fromShop, type Scenario, type Step } from './scenario.ts';

/** Network plugins' agents, as DaemonSets of the shape that they have, whose pod on one node fails while that node's pods are cut off. */

interface Agent {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly mounts?: string;
  /** What its container does on node n2; on others it sleeps. */
  readonly fails: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
}

function daemonSet({ name, labels = {}, mounts = '/etc/cni/net.d', fails, nodeSelector }: Agent): object {
  const own = { app: `fault-${name}`, ...labels };
  const container = {
    name: 'agent', image: 'docker.io/library/busybox:1.36', imagePullPolicy: 'Never',
    command: ['sh', '-c', `if [ "$NODE" = n2 ]; then ${fails}; fi; sleep 100000`],
    env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    readinessProbe: { exec: { command: ['sh', '-c', '[ "$NODE" != n2 ]'] }, periodSeconds: 1 },
    volumeMounts: [{ name: 'cni', mountPath: '/host/cni', readOnly: true }],
  };
  return {
    apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name, namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { app: `fault-${name}` } },
      template: {
        metadata: { labels: own },
        spec: { hostNetwork: true, terminationGracePeriodSeconds: 0, ...(nodeSelector === undefined ? {} : { nodeSelector }), containers: [container], volumes: [{ name: 'cni', hostPath: { path: mounts, type: 'DirectoryOrCreate' } }] },
      },
    },
  };
}

const CUT = '-s 10.244.1.0/24 ! -d 10.244.0.0/16 -j DROP';

/** The agent of n2 fails, and what it should have set up is gone. */
function failing(agent: Agent): Pick<Scenario, 'inject' | 'undo' | 'until'> {
  const set = daemonSet(agent);
  const cut = (action: string): string => `"$0" n2 iptables -w ${action} FORWARD ${CUT}`;
  const until: Step = { argv: ['sh', '-c', `kubectl -n kube-system get pods -l app=fault-${agent.name} -o wide --no-headers | grep ' n2 ' | grep -E '0/1 +(Running|CrashLoop|Error)'`] };
  return {
    inject: { argv: ['sh', '-c', `kubectl apply -f - && ${cut('-I')}`, '{on}'], input: set },
    undo: { argv: ['sh', '-c', `${cut('-D')}; kubectl delete -f -; kubectl -n kube-system wait --for=delete pod -l app=fault-${agent.name} --timeout=30s`, '{on}'], input: set },
    until,
  };
}

const TELLS = `echo '{"level":"error","msg":"cannot reach the datastore"}'`;

export const plugins: readonly Scenario[] = [
  { id: 'plugin-unknown', ...failing({ name: 'weird-net', fails: `echo 'panic: no route to the control plane'; exit 2` }), run: fromShop('{orders@n2}', DATABASE), expected: 'node.cni-agent-failing', why: 'a plugin that nobody knows by name crashes on this node' },
  { id: 'plugin-calico', ...failing({ name: 'calico-node', labels: { 'k8s-app': 'calico-node' }, mounts: '/var/log', fails: TELLS }), run: fromShop('{orders@n2}', DATABASE), expected: 'node.cni-agent-failing', why: 'Calico’s agent is not ready on this node' },
  { id: 'plugin-cilium-name', ...failing({ name: 'cilium', labels: { 'k8s-app': 'cilium' }, mounts: '/run/cilium', fails: TELLS }), run: fromShop('{orders@n2}', PAYMENTS), expected: 'node.cni-agent-failing', why: 'Cilium’s agent is not ready on this node, and the name comes first' },
  {
    id: 'plugin-absent', ...failing({ name: 'kube-flannel-ds', labels: { app: 'fault-kube-flannel-ds' }, mounts: '/run/flannel', fails: TELLS }),
    inject: { argv: ['sh', '-c', `kubectl apply -f - && "$0" n2 iptables -w -I FORWARD ${CUT} && kubectl taint node n2 fault=yes:NoSchedule && kubectl -n kube-system delete pod -l app=fault-kube-flannel-ds --field-selector spec.nodeName=n2`, '{on}'], input: daemonSet({ name: 'kube-flannel-ds', mounts: '/run/flannel', fails: TELLS }) },
    undo: { argv: ['sh', '-c', `kubectl taint node n2 fault:NoSchedule-; "$0" n2 iptables -w -D FORWARD ${CUT}; kubectl delete -f -`, '{on}'], input: daemonSet({ name: 'kube-flannel-ds', mounts: '/run/flannel', fails: TELLS }) },
    until: { argv: ['sh', '-c', `! kubectl -n kube-system get pods -l app=fault-kube-flannel-ds -o wide --no-headers | grep ' n2 '`] },
    run: fromShop('{orders@n2}', DATABASE), expected: 'node.cni-agent-failing', why: 'a taint keeps the plugin’s agent from this node' },
  { id: 'healthy-plugin-unready', ...failing({ name: 'antrea-agent', fails: TELLS }), run: fromShop('{orders@n1}', DATABASE), expected: 'reachable', why: 'the other node’s agent fails' },
];

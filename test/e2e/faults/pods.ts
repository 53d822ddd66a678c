import { PAYMENTS, during, fromShop, kubectl, type Scenario, type Step } from './scenario.ts';
import { pod } from './manifests.ts';

const waiting = (name: string, reason: string): Step => ({ argv: ['sh', '-c', `kubectl -n shop get pod fault-${name} -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}' | grep -E '${reason}'`] });
const phase = (name: string, wanted: string): Step => kubectl('-n', 'shop', 'wait', `--for=jsonpath={.status.phase}=${wanted}`, `pod/fault-${name}`, '--timeout=60s');
const ready = (name: string): Step => kubectl('-n', 'shop', 'wait', '--for=condition=Ready', `pod/fault-${name}`, '--timeout=60s');
const RUN = (name: string): readonly string[] => fromShop(`fault-${name}`, PAYMENTS);

export const pods: readonly Scenario[] = [
  { id: 'pod-pending', ...during(pod('pending', { spec: { nodeSelector: { disk: 'fast' } } })), run: RUN('pending'), expected: 'pod.not-running', why: 'no node has the label: Pending' },
  { id: 'pod-too-big', ...during(pod('big', { container: { resources: { requests: { memory: '4Ti' } } } })), run: RUN('big'), expected: 'pod.not-running', why: 'no node has the memory: Pending' },
  { id: 'pod-image', ...during(pod('image', { container: { image: 'docker.io/shop/no-such-image:1', imagePullPolicy: 'IfNotPresent' } })), until: waiting('image', 'ImagePull'), run: RUN('image'), expected: 'pod.not-running', why: 'ImagePullBackOff' },
  { id: 'pod-crash', ...during(pod('crash', { container: { command: ['bash', '-c', 'echo "fatal: no DATABASE_URL"; exit 3'] } })), until: waiting('crash', 'CrashLoop'), run: RUN('crash'), expected: 'pod.not-running', why: 'CrashLoopBackOff' },
  { id: 'pod-completed', ...during(pod('done', { spec: { restartPolicy: 'Never' }, container: { command: ['true'] } })), until: phase('done', 'Succeeded'), run: RUN('done'), expected: 'pod.not-running', why: 'it has ended' },
  { id: 'pod-config', ...during(pod('config', { container: { envFrom: [{ configMapRef: { name: 'no-such-map' } }] } })), until: waiting('config', 'CreateContainerConfigError'), run: RUN('config'), expected: 'pod.not-running', why: 'its ConfigMap is missing' },
  { id: 'pod-init', ...during(pod('init', { spec: { initContainers: [{ name: 'wait', image: 'docker.io/library/busybox:1.36', imagePullPolicy: 'Never', command: ['sleep', '1000'] }] } })), until: { argv: ['sh', '-c', 'kubectl -n shop get pod fault-init | grep Init:0/1'] }, run: RUN('init'), expected: 'pod.not-running', why: 'its init container does not end' },
  {
    id: 'pod-sandbox', inject: { argv: ['sh', '-c', 'cp {run}/n2/cni/10-bridge.conflist {run}/n2/10-bridge.conflist; sed "s/host-local/no-such-ipam/" {run}/n2/10-bridge.conflist >{run}/n2/cni/10-bridge.conflist; kubectl apply -f -'], input: pod('sandbox', { spec: { nodeName: 'n2' } }) },
    undo: { argv: ['sh', '-c', 'cat {run}/n2/10-bridge.conflist >{run}/n2/cni/10-bridge.conflist; rm {run}/n2/10-bridge.conflist; sleep 1; kubectl -n shop delete pod fault-sandbox --force'] },
    until: { argv: ['sh', '-c', 'kubectl -n shop get events --field-selector involvedObject.name=fault-sandbox,reason=FailedCreatePodSandBox -o name | grep .'] },
    run: RUN('sandbox'), expected: 'pod.sandbox-failed', why: 'the CNI plugin cannot give an address',
  },
  { id: 'healthy-restarted', ...during(pod('restarted', { container: { command: ['bash', '-c', '[ -e /marks/one ] || { touch /marks/one; exit 1; }; exec sleep infinity'], volumeMounts: [{ name: 'marks', mountPath: '/marks' }] }, spec: { volumes: [{ name: 'marks', emptyDir: {} }] } })), until: { argv: ['sh', '-c', 'kubectl -n shop get pod fault-restarted | grep -E "1/1 +Running +1"'] }, run: RUN('restarted'), expected: 'reachable', why: 'it restarted once and runs' },
  { id: 'healthy-not-ready', ...during(pod('not-ready', { container: { readinessProbe: { tcpSocket: { port: 9 } } } })), until: phase('not-ready', 'Running'), run: RUN('not-ready'), expected: 'reachable', why: 'it runs and is not ready: its network works' },
  { id: 'healthy-host-network', ...during(pod('hostnet', { spec: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet', nodeName: 'n1' }, container: { env: [{ name: 'PORT', value: '18081' }] } })), until: ready('hostnet'), run: RUN('hostnet'), expected: 'reachable', why: 'host network, with the cluster’s DNS' },
];

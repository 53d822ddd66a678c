import { DATABASE, PAYMENTS, during, fromShop, type Scenario, type Step } from './scenario.ts';
import { pod } from './manifests.ts';

/** Pods whose TCP is led to a sidecar, as a mesh's injector would have it: an init container rewrites the pod's own firewall. */

const PROXY_PORT = 15_001;
const TOOLKIT = { image: 'docker.io/nicolaka/netshoot:latest', imagePullPolicy: 'IfNotPresent' };
const BUSYBOX = { image: 'docker.io/library/busybox:1.36', imagePullPolicy: 'Never' };

const REDIRECT = {
  ...TOOLKIT, name: 'mesh-init', securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
  command: ['iptables', '-w', '-t', 'nat', '-A', 'OUTPUT', '-p', 'tcp', '!', '-d', '127.0.0.0/8', '-j', 'REDIRECT', '--to-ports', String(PROXY_PORT)],
};
const NEVER_READY = { readinessProbe: { tcpSocket: { port: 15_021 }, periodSeconds: 2 } };

interface Sidecar {
  readonly name: string;
  readonly script: string;
  /** An init container that restarts: it is there before the application. */
  readonly native?: boolean;
  readonly redirected?: boolean;
  readonly probe?: object;
}

function meshed(name: string, { name: container, script, native = false, redirected = true, probe = NEVER_READY }: Sidecar): object {
  const sidecar = { ...BUSYBOX, name: container, command: ['sh', '-c', script], ...probe };
  const application = { name: 'app', image: 'docker.io/shop/app-debian:1', imagePullPolicy: 'Never' };
  const initContainers = [...(redirected ? [REDIRECT] : []), ...(native ? [{ ...sidecar, restartPolicy: 'Always' }] : [])];
  return pod(name, { spec: { initContainers, containers: native ? [application] : [application, sidecar] } });
}

/** The application runs, and the sidecar is not ready. */
const half = (name: string): Step => ({ argv: ['sh', '-c', `kubectl -n shop get pod fault-${name} -o jsonpath='{.status.containerStatuses[?(@.name=="app")].state}{.status.containerStatuses[*].ready}{.status.initContainerStatuses[*].ready}' | grep running | grep false`] });
const beside = (name: string, sidecar: Sidecar): Pick<Scenario, 'inject' | 'undo' | 'until'> => ({ ...during(meshed(name, sidecar)), until: half(name) });

const SLEEPS = 'sleep 100000';
const HANGS_UP = `while true; do nc -l -p ${String(PROXY_PORT)} -e true; done`;

export const mesh: readonly Scenario[] = [
  { id: 'mesh-sidecar-crashes', ...beside('mesh-crash', { name: 'istio-proxy', script: 'echo "error: no certificate"; exit 1' }), run: fromShop('fault-mesh-crash', PAYMENTS), expected: 'mesh.proxy-not-ready', why: 'the sidecar crashes, and nobody listens where the pod’s TCP is led' },
  { id: 'mesh-native-sidecar', ...beside('mesh-native', { name: 'linkerd-proxy', script: SLEEPS, native: true }), run: fromShop('fault-mesh-native', DATABASE), expected: 'mesh.proxy-not-ready', why: 'a native sidecar runs and is not ready' },
  { id: 'mesh-sidecar-hangs-up', ...beside('mesh-hangs', { name: 'envoy', script: HANGS_UP }), run: fromShop('fault-mesh-hangs', 'postgres://db.payments.example'), expected: 'mesh.proxy-not-ready', why: 'the sidecar accepts and closes: it has no configuration yet' },
  { id: 'mesh-unknown', ...beside('mesh-unknown', { name: 'gate', script: SLEEPS, probe: { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 2 } } }), run: fromShop('fault-mesh-unknown', 'http://down.payments.example/'), expected: 'mesh.proxy-not-ready', why: 'a mesh that nobody knows by name: an init container rewrites the firewall' },
  { id: 'healthy-mesh-not-ready', ...beside('mesh-aside', { name: 'istio-proxy', script: SLEEPS, redirected: false }), run: fromShop('fault-mesh-aside', PAYMENTS), expected: 'reachable', why: 'the sidecar is not ready, and nothing is led to it' },
  { id: 'mesh-aside-refused', ...beside('mesh-refused', { name: 'istio-proxy', script: SLEEPS, redirected: false }), run: fromShop('fault-mesh-refused', 'tcp://api.payments.example:81'), expected: 'tcp.refused', why: 'the sidecar is not ready, and the port is closed for everybody' },
];

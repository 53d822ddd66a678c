// How long one pod's question takes among 10,000 policies and 10,000 pods, once they are loaded; and with all policies in its namespace.
import { evaluateConnection, readObjects, World } from '../src/policy/index.ts';

const COUNT = 10_000;
const NAMESPACES = 200;
const QUESTIONS = 200;

say('policy, 200 namespaces', measure((index) => `ns${index % NAMESPACES}`));
say('policy, one namespace', measure(() => 'ns0'));

/** As bench.mjs prints it. */
function say(name, text) {
  process.stdout.write(`${name.padEnd(28)} ${text}\n`);
}

function measure(namespaceOf) {
  const objects = [
    ...Array.from({ length: NAMESPACES }, (_, index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `ns${index}`, labels: { team: `t${index % 7}` } } })),
    ...Array.from({ length: COUNT }, (_, index) => podObject(index, `ns${index % NAMESPACES}`)),
    ...Array.from({ length: COUNT }, (_, index) => policyObject(index, namespaceOf(index))),
  ];
  const loadedFrom = performance.now();
  const world = new World(readObjects(objects, 'default').objects);
  const load = performance.now() - loadedFrom;
  const times = Array.from({ length: QUESTIONS }, (_, index) => {
    const startedAt = performance.now();
    evaluateConnection(questionOf(world, index), world);
    return performance.now() - startedAt;
  }).sort((a, b) => a - b);
  const [median, most] = [times[QUESTIONS / 2], times[QUESTIONS * 0.95]];
  return `${median.toFixed(2)} ms a question, 95 of 100 within ${most.toFixed(1)} ms (target: at most 50 ms); ${load.toFixed(0)} ms to load`;
}

function podObject(index, namespace) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${index}`, namespace, labels: { app: `a${index % 50}`, tier: index % 2 === 0 ? 'web' : 'db' } },
    spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
    status: { podIP: `10.${100 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}` },
  };
}

function policyObject(index, namespace) {
  const peers = [{ namespaceSelector: { matchLabels: { team: `t${index % 5}` } }, podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: [`a${index % 50}`] }] } }, { ipBlock: { cidr: `198.18.${index % 250}.0/24`, except: [`198.18.${index % 250}.8/29`] } }];
  const ports = [{ port: 'http' }, { port: 9000, endPort: 9100 }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `np${index}`, namespace },
    spec: { podSelector: index % 10 === 0 ? {} : { matchLabels: { app: `a${index % 50}` } }, policyTypes: ['Ingress', 'Egress'], egress: [{ to: peers, ports }], ingress: [{ from: peers, ports }] },
  };
}

/** Pods of the crowded namespace among them: every question concerns policies. */
function questionOf(world, index) {
  const pod = world.podNamed('ns0', `p${(index % 50) * NAMESPACES}`);
  const peer = world.objects.pods[(index * 37) % COUNT];
  const to = index % 2 === 0 ? { kind: 'pod', pod: peer } : { kind: 'address', address: `203.0.113.${index % 250}` };
  return { from: { kind: 'pod', pod }, to, port: 8443, protocol: 'TCP' };
}

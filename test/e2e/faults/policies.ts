import { DATABASE, PAYMENTS, during, fromShop, type Scenario, type Step } from './scenario.ts';
import { DNS_RULE, egress, namespace, ORDERS, pod, policy, service } from './manifests.ts';

const ORDERS_POD = 'deploy/orders';
const everywhere = { ipBlock: { cidr: '0.0.0.0/0' } };
const tcp = (port: number | string): object => ({ protocol: 'TCP', port });

const WORLD_WITHOUT_DNS = egress('world-without-dns', { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }] });

const FAULTS: readonly Scenario[] = [
  { id: 'policy-deny-all', ...during(egress('deny-all')), run: fromShop(ORDERS_POD, DATABASE), expected: 'policy.egress-denied', why: 'no egress rule at all' },
  { id: 'policy-deny-all-name', ...during(egress('deny-all')), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.dns-denied', why: 'no egress rule at all, and the name comes first' },
  {
    id: 'policy-other-port', ...during(egress('other-port', DNS_RULE, { to: [everywhere], ports: [tcp(5432)] })),
    run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.egress-denied', why: 'only 5432 is allowed, 443 is asked',
  },
  { id: 'policy-dns-only', ...during(egress('dns-only', DNS_RULE)), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.egress-denied', why: 'names resolve, nothing else is allowed' },
  { id: 'policy-dns-denied', ...during(WORLD_WITHOUT_DNS), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.dns-denied', why: 'the target is allowed, port 53 is not' },
  {
    id: 'policy-except', ...during(egress('except', DNS_RULE, { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['198.51.100.0/24'] } }] })),
    run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.egress-denied', why: 'the target is in the except list',
  },
  {
    id: 'policy-named-port', ...during(policy('named-port', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [DNS_RULE, { to: [{ podSelector: ORDERS }], ports: [tcp('metrics')] }] })),
    run: fromShop('deploy/web', 'svc/orders:8080'), expected: 'policy.egress-denied', why: 'the rule names a port that the pods do not have',
  },
  {
    id: 'policy-by-namespace', ...during(egress('by-namespace', DNS_RULE, { to: [{ namespaceSelector: { matchLabels: { team: 'billing' } } }] })),
    run: fromShop(ORDERS_POD, 'tcp://{vault.ip}:8080'), expected: 'policy.egress-denied', why: 'the target’s namespace has not the label',
  },
  {
    id: 'policy-ingress', ...during(policy('ingress', { podSelector: ORDERS, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'nobody' } } }] }] })),
    run: fromShop('deploy/web', 'svc/orders:8080'), expected: 'policy.ingress-denied', why: 'the target’s own policy lets others in',
  },
  {
    id: 'policy-expressions', ...during(policy('expressions', {
      podSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['backend', 'batch'] }, { key: 'app', operator: 'NotIn', values: ['payments'] }] },
      policyTypes: ['Egress'], egress: [DNS_RULE, { to: [everywhere], ports: [{ protocol: 'TCP', port: 5000, endPort: 6000 }] }],
    })),
    run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.egress-denied', why: 'selected by expressions, the port lies outside the range',
  },
  {
    id: 'policy-dns-ingress', ...during(policy('dns-ingress', { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } }, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }] }] }, 'kube-system')),
    run: fromShop(ORDERS_POD, PAYMENTS), expected: 'policy.dns-denied', why: 'CoreDNS lets nobody in but its own namespace',
  },
  {
    id: 'policy-far-ingress', ...during(namespace('fault-far'), pod('far', { namespace: 'fault-far' }), service('far', { selector: { app: 'fault-far' }, ports: [{ port: 8080 }] }, 'fault-far'), policy('far', { podSelector: {}, policyTypes: ['Ingress'] }, 'fault-far')),
    until: { argv: ['kubectl', '-n', 'fault-far', 'wait', '--for=condition=Ready', 'pod/fault-far', '--timeout=30s'] },
    run: fromShop('deploy/web', 'http://fault-far.fault-far:8080/healthz'), expected: 'policy.ingress-denied', why: 'the other namespace denies all ingress',
  },
];

const HEALTHY: readonly Scenario[] = [
  {
    id: 'healthy-policy-allows', ...during(egress('allows', DNS_RULE, { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [tcp(443)] })),
    run: fromShop(ORDERS_POD, PAYMENTS), expected: 'reachable', why: 'a policy selects the pod and allows this',
  },
  {
    id: 'healthy-policy-named-port', ...during(policy('named', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [DNS_RULE, { to: [{ podSelector: ORDERS }], ports: [tcp('http')] }] })),
    run: fromShop('deploy/web', 'svc/orders:8080'), expected: 'reachable', why: 'the named port is the one',
  },
  { id: 'healthy-policy-of-others', ...during(policy('others', { podSelector: { matchLabels: { app: 'payments' } }, policyTypes: ['Ingress', 'Egress'] })), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'reachable', why: 'a deny-all for another app' },
  { id: 'healthy-ingress-only', ...during(policy('ingress-only', { podSelector: ORDERS, policyTypes: ['Ingress'] })), run: fromShop(ORDERS_POD, PAYMENTS), expected: 'reachable', why: 'denies all ingress, and egress is asked' },
  {
    id: 'healthy-range', ...during(egress('range', DNS_RULE, { to: [everywhere], ports: [{ protocol: 'TCP', port: 400, endPort: 500 }] })),
    run: fromShop(ORDERS_POD, PAYMENTS), expected: 'reachable', why: 'the port lies in the range',
  },
];

const ENFORCED_CHAINS = `for node in n1 n2; do "$0" $node iptables -w -S NP; done | grep -q -- '-j NP-[EI]-'`;
/** What enforces has heard of the policy; the other node's may be a moment behind. */
const ENFORCED: Step = { argv: ['sh', '-c', `${ENFORCED_CHAINS} && sleep 1`, '{on}'] };
const LIFTED: Step = { argv: ['sh', '-c', `! { ${ENFORCED_CHAINS}; }`, '{on}'] };

const enforced = (scenario: Scenario): Scenario => ({ until: ENFORCED, restored: LIFTED, ...scenario });

/** The same declared faults, with packets rejected instead of dropped. */
const REJECTED: readonly Scenario[] = FAULTS.map((scenario) => ({ ...scenario, id: `${scenario.id}-rejected`, enforcing: 'reject' }));

export const policies: readonly Scenario[] = [...FAULTS, ...HEALTHY, ...REJECTED].map(enforced);

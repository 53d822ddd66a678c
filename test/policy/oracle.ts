/**
 * A second evaluator, slow and plain, that shares no code with src/policy. It reads the API's own manifests and asks, for each way in
 * which plugins may differ, whether the connection is among all those that the policies allow.
 */
export interface Manifest {
  readonly [field: string]: unknown;
}
interface Selector {
  readonly matchLabels?: Record<string, string> | null;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[] | null;
}
interface Peer {
  readonly podSelector?: Selector | null;
  readonly namespaceSelector?: Selector | null;
  readonly ipBlock?: { cidr: string; except?: readonly string[] | null } | null;
}
interface Port {
  readonly protocol?: string | null;
  readonly port?: number | string | null;
  readonly endPort?: number | null;
}
interface Rule {
  readonly to?: readonly Peer[] | null;
  readonly from?: readonly Peer[] | null;
  readonly ports?: readonly Port[] | null;
}
export interface PolicyManifest {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes?: readonly string[] | null;
    readonly ingress?: readonly Rule[] | null;
    readonly egress?: readonly Rule[] | null;
  };
}
export interface AdminRule {
  readonly action: 'Allow' | 'Deny' | 'Pass';
  readonly to?: readonly AdminPeer[];
  readonly from?: readonly AdminPeer[];
  readonly ports?: readonly { portNumber?: { protocol: string; port: number }; portRange?: { protocol: string; start: number; end: number }; namedPort?: string }[];
}
interface AdminPeer {
  readonly namespaces?: Selector;
  readonly pods?: { readonly namespaceSelector: Selector; readonly podSelector: Selector };
  readonly networks?: readonly string[];
}
export interface AdminManifest {
  readonly kind: string;
  readonly spec: { readonly priority?: number; readonly subject: AdminPeer; readonly egress?: readonly AdminRule[]; readonly ingress?: readonly AdminRule[] };
}
export interface OraclePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly ip: string;
  readonly hostNetwork: boolean;
  readonly ports: readonly { name: string; containerPort: number; protocol: string }[];
}
export interface Cluster {
  readonly namespaces: readonly { readonly name: string; readonly labels: Record<string, string> }[];
  readonly pods: readonly OraclePod[];
  readonly policies: readonly PolicyManifest[];
  readonly admin: readonly AdminManifest[];
}
export interface Question {
  readonly from: OraclePod;
  /** A pod, or an address outside the cluster. */
  readonly to: OraclePod | string;
  readonly port: number;
  readonly protocol: string;
}
interface Ways {
  readonly blocksCoverPods: boolean;
  readonly hostPodsAreSelected: boolean;
}

export function oracle(cluster: Cluster, question: Question): 'allowed' | 'denied' | 'depends-on-cni' {
  const answers = new Set<boolean>();
  for (const blocksCoverPods of [true, false]) {
    for (const hostPodsAreSelected of [true, false]) answers.add(connects(cluster, question, { blocksCoverPods, hostPodsAreSelected }));
  }
  if (answers.size > 1) return 'depends-on-cni';
  return answers.has(true) ? 'allowed' : 'denied';
}

function connects(cluster: Cluster, { from, to, port, protocol }: Question, ways: Ways): boolean {
  if (typeof to === 'object' && from.namespace === to.namespace && from.name === to.name) return true;
  const out = passes(cluster, 'egress', from, to, port, protocol, ways);
  return out && (typeof to === 'string' || passes(cluster, 'ingress', to, from, port, protocol, ways));
}

type Way = 'egress' | 'ingress';

function passes(cluster: Cluster, way: Way, own: OraclePod, other: OraclePod | string, port: number, protocol: string, ways: Ways): boolean {
  const target = way === 'egress' ? other : own;
  const portIs = (name: string): boolean =>
    typeof target === 'object' && (way === 'ingress' || !target.hostNetwork || ways.hostPodsAreSelected)
    && target.ports.some((one) => one.name === name && one.containerPort === port && one.protocol === protocol);

  for (const tier of ['AdminNetworkPolicy', 'NetworkPolicy', 'BaselineAdminNetworkPolicy']) {
    if (tier === 'NetworkPolicy') {
      const verdict = networkPolicies(cluster, way, own, other, port, protocol, ways, portIs);
      if (verdict !== null) return verdict;
    } else {
      const verdict = adminPolicies(cluster, tier, way, own, other, port, protocol, portIs);
      if (verdict === 'Allow') return true;
      if (verdict === 'Deny') return false;
    }
  }
  return true;
}

function networkPolicies(
  cluster: Cluster, way: Way, own: OraclePod, other: OraclePod | string, port: number, protocol: string, ways: Ways, portIs: (name: string) => boolean,
): boolean | null {
  if (own.hostNetwork && !ways.hostPodsAreSelected) return null;
  let selected = false;
  for (const { metadata, spec } of cluster.policies) {
    const types = (spec.policyTypes ?? []).length > 0
      ? (spec.policyTypes ?? [])
      : (spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
    if (metadata.namespace !== own.namespace || !chosen(spec.podSelector, own.labels)) continue;
    if (!types.includes(way === 'egress' ? 'Egress' : 'Ingress')) continue;
    selected = true;
    for (const rule of spec[way] ?? []) {
      const peers = (way === 'egress' ? rule.to : rule.from) ?? [];
      const peerFits = peers.length === 0 || peers.some((peer) => isPeer(cluster, peer, metadata.namespace, other, ways));
      const ports = rule.ports ?? [];
      const portFits = ports.length === 0 || ports.some((one) => {
        if ((one.protocol ?? 'TCP') !== protocol) return false;
        const wanted = one.port ?? null;
        if (wanted === null) return true;
        if (typeof wanted === 'string') return portIs(wanted);
        return wanted <= port && port <= (one.endPort ?? wanted);
      });
      if (peerFits && portFits) return true;
    }
  }
  return selected ? false : null;
}

function isPeer(cluster: Cluster, peer: Peer, ownNamespace: string, other: OraclePod | string, ways: Ways): boolean {
  const isPod = typeof other === 'object' && (!other.hostNetwork || ways.hostPodsAreSelected);
  const block = peer.ipBlock ?? null;
  if (block !== null) {
    if (isPod && !ways.blocksCoverPods) return false;
    const address = typeof other === 'string' ? other : other.ip;
    return within(address, block.cidr) && !(block.except ?? []).some((hole) => within(address, hole));
  }
  if (!isPod || typeof other === 'string') return false;
  const spaces = peer.namespaceSelector ?? null;
  if (spaces === null) return other.namespace === ownNamespace && chosen(peer.podSelector ?? {}, other.labels);
  return chosen(spaces, labelsOf(cluster, other.namespace)) && chosen(peer.podSelector ?? {}, other.labels);
}

function adminPolicies(
  cluster: Cluster, tier: string, way: Way, own: OraclePod, other: OraclePod | string, port: number, protocol: string, portIs: (name: string) => boolean,
): 'Allow' | 'Deny' | 'Pass' | null {
  const byLabels = (peer: AdminPeer, pod: OraclePod): boolean => {
    if (pod.hostNetwork) return false;
    const labels = labelsOf(cluster, pod.namespace);
    if (peer.namespaces !== undefined) return chosen(peer.namespaces, labels);
    return peer.pods !== undefined && chosen(peer.pods.namespaceSelector, labels) && chosen(peer.pods.podSelector, pod.labels);
  };
  const policies = cluster.admin.filter(({ kind }) => kind === tier).toSorted((a, b) => (a.spec.priority ?? 0) - (b.spec.priority ?? 0));
  for (const { spec } of policies) {
    if (!byLabels(spec.subject, own)) continue;
    for (const rule of spec[way] ?? []) {
      const peerFits = ((way === 'egress' ? rule.to : rule.from) ?? []).some((peer) => {
        if (peer.networks !== undefined) return peer.networks.some((network) => within(typeof other === 'string' ? other : other.ip, network));
        return typeof other === 'object' && byLabels(peer, other);
      });
      const ports = rule.ports ?? [];
      const portFits = ports.length === 0 || ports.some(({ portNumber, portRange, namedPort }) => {
        if (portNumber !== undefined) return portNumber.protocol === protocol && portNumber.port === port;
        if (portRange !== undefined) return portRange.protocol === protocol && portRange.start <= port && port <= portRange.end;
        return portIs(namedPort ?? '');
      });
      if (peerFits && portFits) return rule.action;
    }
  }
  return null;
}

function labelsOf(cluster: Cluster, namespace: string): Record<string, string> {
  const found = cluster.namespaces.find(({ name }) => name === namespace);
  return { ...found?.labels, 'kubernetes.io/metadata.name': namespace };
}

function chosen(selector: Selector, labels: Record<string, string>): boolean {
  const map = new Map(Object.entries(labels));
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (map.get(key) !== value) return false;
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const value = map.get(key);
    if (operator === 'In' && (value === undefined || !values.includes(value))) return false;
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false;
    if (operator === 'Exists' && value === undefined) return false;
    if (operator === 'DoesNotExist' && value !== undefined) return false;
  }
  return true;
}

/** As bits, written out: `10.0.0.0/8` as eight characters that the address must begin with. */
function within(address: string, cidr: string): boolean {
  const [base = '', length = ''] = cidr.split('/');
  const [one, other] = [bits(address), bits(base)];
  return one.length === other.length && one.slice(0, Number(length)) === other.slice(0, Number(length));
}

function bits(address: string): string {
  if (!address.includes(':')) return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...middle, ...right].map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

import { stringify } from 'yaml';
import { lastingLabels } from '../domain/version-labels.ts';
import { hostNetwork } from './addresses.ts';
import type { Connection, ConnectionAnswer } from './connection.ts';
import type { Backend } from './destination.ts';
import { unique, type DirectionAnswer } from './evaluate.ts';
import { isIsolated, isolatingPolicies } from './network-policy.ts';
import type { Direction, Pod, Protocol } from './model.ts';
import { both, isEmptySelector, selects, SELECT_ALL, type Labels, type LabelSelector } from './selector.ts';
import { NAMESPACE_NAME_LABEL, type World } from './world.ts';

/** A manifest of networking.k8s.io/v1, in the API's own shape. */
export interface SuggestedPolicy {
  readonly direction: Direction;
  readonly namespace: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

const DNS_PORT = 53;

/**
 * The smallest additional NetworkPolicies that allow a denied connection, one for each side that denies. Each selects the pod by its
 * lasting labels, and no pod that is not isolated already: the policy takes nothing from anyone. Empty where no NetworkPolicy can
 * help (an AdminNetworkPolicy denies) or where one would isolate a pod that only a baseline policy restricts.
 */
export function suggestPolicies(connection: Connection, answer: ConnectionAnswer, world: World): readonly SuggestedPolicy[] {
  const { backends } = answer.destination;
  const suggestions: SuggestedPolicy[] = [];
  if (answer.verdict !== 'denied') return [];
  if (connection.from.kind === 'pod' && answer.egress !== null && isDeniedByNetworkPolicies(answer.egress)) {
    const rules = rulesTo(backends, connection, answer);
    if (rules.length > 0) suggestions.push(...policiesFor([connection.from.pod], 'egress', rules, world));
  }
  if (answer.ingress !== null && isDeniedByNetworkPolicies(answer.ingress)) {
    const pods = backends.flatMap(({ end }) => (end.pod === null ? [] : [end.pod]));
    suggestions.push(...policiesFor(pods, 'ingress', [{ from: peersFrom(connection), ports: portsOf(backends, connection.protocol) }], world));
  }
  return suggestions;
}

export function policyYaml({ manifest }: SuggestedPolicy): string {
  return stringify(manifest, { lineWidth: 0 });
}

/** A side that only some plugins deny is among them: the other side may deny for the rest. */
function isDeniedByNetworkPolicies({ verdict, deciding }: DirectionAnswer): boolean {
  if (verdict === 'allowed') return false;
  const denying = deciding.filter(({ effect }) => effect === 'denies');
  return denying.length > 0 && denying.every(({ policy }) => policy.kind === 'NetworkPolicy');
}

// --- whom it selects ---------------------------------------------------------------------------------------------

function policiesFor(pods: readonly Pod[], direction: Direction, rules: readonly object[], world: World): readonly SuggestedPolicy[] {
  const made = pods.filter((pod) => isIsolated({ own: pod, direction }, world)).map((pod) => policyFor(pod, direction, rules, world));
  return [...new Map(made.map((policy) => [JSON.stringify(policy.manifest['spec']), policy])).values()];
}

function policyFor(pod: Pod, direction: Direction, rules: readonly object[], world: World): SuggestedPolicy {
  const manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: nameFor(pod, direction), namespace: pod.namespace },
    spec: { podSelector: selectorJson(selectorFor(pod, direction, world)), policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'], [direction]: rules },
  };
  return { direction, namespace: pod.namespace, manifest };
}

/** Lasting labels; and where those would also select a pod that is free today, only what an isolating policy selects. */
function selectorFor(pod: Pod, direction: Direction, world: World): LabelSelector {
  const lasting: LabelSelector = { labels: lastingLabels(pod.labels), expressions: [] };
  const [isolating] = isolatingPolicies({ own: pod, direction }, world);
  const freed = world.podsIn(pod.namespace).some((other) => selects(lasting, other.labels) && !isIsolated({ own: other, direction }, world));
  const mustNarrow = freed || isEmptySelector(lasting);
  return mustNarrow && isolating !== undefined ? both(lasting, isolating.podSelector) : lasting;
}

/** A DNS label (RFC 1123): at most 63 characters here, although policies may have longer names. */
function nameFor(pod: Pod, direction: Direction): string {
  const owner = pod.labels['app.kubernetes.io/name'] ?? pod.labels['app'] ?? pod.name;
  const safe = owner.toLowerCase().replace(/[^a-z0-9-]/gu, '-').replace(/^-+/u, '');
  return `allow-${safe.slice(0, 45)}-${direction}`.replace(/-+/gu, '-');
}

function selectorJson({ labels, expressions }: LabelSelector): object {
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(expressions.length > 0
      ? { matchExpressions: expressions.map(({ key, operator, values }) => ({ key, operator, ...(values.length > 0 ? { values } : {}) })) }
      : {}),
  };
}

// --- what it allows ----------------------------------------------------------------------------------------------

/** One rule for each port behind the destination, which are several only where endpoints differ. */
function rulesTo(backends: readonly Backend[], connection: Connection, { destination }: ConnectionAnswer): readonly object[] {
  const byPort = new Map<number, Backend[]>();
  for (const backend of backends) byPort.set(backend.port, [...(byPort.get(backend.port) ?? []), backend]);
  const { frontend, service } = destination;
  const rules = [...byPort].flatMap(([port, some]) => {
    const isOneService = service?.selector !== null && service?.selector !== undefined && some.every(({ end }) => end.pod !== null && !end.pod.hostNetwork);
    const peers = isOneService ? [podPeer(service.namespace, service.selector)] : unique(some.flatMap(({ end }) => peersAt(end.pod, end.address)));
    // A name without an address: there is nothing to write, and a rule without peers would allow everything.
    return peers.length === 0 ? [] : [{ to: peers, ports: portJson(port, connection.protocol) }];
  });
  // Endpoints without labels: some plugins compare the Service's own address.
  const isByAddress = backends.some(({ end }) => end.pod === null || end.pod.hostNetwork);
  if (frontend === null || !isByAddress) return rules;
  return [...rules, { to: [blockPeer(frontend.address)], ports: portJson(frontend.port, connection.protocol) }];
}

function peersFrom({ from }: Connection): readonly object[] {
  return from.kind === 'pod' ? peersAt(from.pod, from.pod.addresses[0] ?? null) : [blockPeer(from.address)];
}

/** A hostNetwork pod is its node to some plugins and itself to others. */
function peersAt(pod: Pod | null, address: string | null): readonly object[] {
  const byLabels = pod === null ? [] : [podPeer(pod.namespace, lastingLabels(pod.labels))];
  const byAddress = address !== null && (pod === null || pod.hostNetwork) ? [blockPeer(address)] : [];
  return [...byLabels, ...byAddress];
}

function podPeer(namespace: string, labels: Labels): object {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
    podSelector: selectorJson({ ...SELECT_ALL, labels }),
  };
}

function blockPeer(address: string): object {
  return { ipBlock: { cidr: hostNetwork(address) } };
}

function portsOf(backends: readonly Backend[], protocol: Protocol): readonly object[] {
  return unique(backends.map(({ port }) => port)).flatMap((port) => portJson(port, protocol));
}

/** DNS needs both: a truncated answer is asked for again over TCP (RFC 7766). */
function portJson(port: number, protocol: Protocol): readonly object[] {
  const protocols = port === DNS_PORT && protocol !== 'SCTP' ? ['UDP', 'TCP'] : [protocol];
  return protocols.map((one) => ({ protocol: one, port }));
}


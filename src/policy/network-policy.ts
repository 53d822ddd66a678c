import { isWithin } from './addresses.ts';
import { comparedAs, isNamedPort, podAtOtherEnd, type Crossing, type Reading } from './crossing.ts';
import type { IpBlock, NetworkPolicy, Peer, PolicyPort, PolicyRule } from './model.ts';
import { selects } from './selector.ts';
import type { World } from './world.ts';

/** The rule that allows: its index in the policy's list for that direction. */
export interface AllowingRule {
  readonly policy: NetworkPolicy;
  readonly rule: number;
}

export function rulesOf(policy: NetworkPolicy, direction: Crossing['direction']): readonly PolicyRule[] | null {
  return direction === 'egress' ? policy.egress : policy.ingress;
}

/** Policies of the pod's own namespace that select it and are about this direction: with one of them, the pod is isolated. */
export function isolatingPolicies(crossing: Pick<Crossing, 'own' | 'direction'>, world: World): readonly NetworkPolicy[] {
  const { own, direction } = crossing;
  return world.policiesFor(own.namespace, own.labels).filter((policy) => rulesOf(policy, direction) !== null && selects(policy.podSelector, own.labels));
}

export function isIsolated({ own, direction }: Pick<Crossing, 'own' | 'direction'>, world: World): boolean {
  return world.policiesFor(own.namespace, own.labels).some((policy) => rulesOf(policy, direction) !== null && selects(policy.podSelector, own.labels));
}

/** All rules of these policies that allow the crossing; the rules of all policies add up. A namespace may have thousands: no list is made on the way. */
export function allowingRules(policies: readonly NetworkPolicy[], crossing: Crossing, reading: Reading, world: World): readonly AllowingRule[] {
  const found: AllowingRule[] = [];
  const compared = comparedAs(crossing, reading);
  for (const policy of policies) {
    for (const [index, rule] of (rulesOf(policy, crossing.direction) ?? []).entries()) {
      if (allows(rule, policy.namespace, crossing, compared, reading, world)) found.push({ policy, rule: index });
    }
  }
  return found;
}

type Compared = ReturnType<typeof comparedAs>;

function allows(rule: PolicyRule, policyNamespace: string, crossing: Crossing, compared: Compared, reading: Reading, world: World): boolean {
  if (rule.peers.length === 0) return coversPort(rule.ports, compared.port, crossing, reading);
  return rule.peers.some((peer) =>
    peer.ipBlock === null
      ? meansPod(peer, policyNamespace, crossing, reading, world) && coversPort(rule.ports, crossing.port, crossing, reading)
      : meansAddress(peer.ipBlock, crossing, compared, reading) && coversPort(rule.ports, compared.port, crossing, reading));
}

/** Selectors see the pod behind a Service: the Service's own address has no labels. */
function meansPod(peer: Peer, policyNamespace: string, crossing: Crossing, reading: Reading, world: World): boolean {
  const { podSelector, namespaceSelector } = peer;
  // The API server refuses a peer that says nothing.
  if (podSelector === null && namespaceSelector === null) return false;
  const pod = podAtOtherEnd(crossing, reading);
  if (pod === null) return !crossing.other.isKnown && reading.has('unknown-peer');
  const inNamespace = namespaceSelector === null ? pod.namespace === policyNamespace : world.selectsNamespace(namespaceSelector, pod.namespace, reading);
  return inNamespace && (podSelector === null || selects(podSelector, pod.labels));
}

function meansAddress(block: IpBlock, crossing: Crossing, { address, isService }: Compared, reading: Reading): boolean {
  const isPod = !isService && podAtOtherEnd(crossing, reading) !== null;
  if (isPod && !reading.has('ip-block-of-pod')) return false;
  return address === null ? reading.has('unknown-peer') : isInBlock(address, block);
}

export function isInBlock(address: string, { cidr, except }: IpBlock): boolean {
  return isWithin(address, cidr) && !except.some((hole) => isWithin(address, hole));
}

function coversPort(ports: readonly PolicyPort[], number: number, crossing: Crossing, reading: Reading): boolean {
  if (ports.length === 0) return true;
  return ports.some(({ protocol, port, endPort }) => {
    if (protocol !== crossing.protocol) return false;
    if (port === null) return true;
    if (typeof port === 'string') return isNamedPort(crossing, port, protocol, reading);
    return number >= port && number <= (endPort ?? port);
  });
}

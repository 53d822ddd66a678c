import { canonical, isWithin } from './addresses.ts';
import { comparedAs, isNamedPort, podAtOtherEnd, type Crossing, type Reading } from './crossing.ts';
import type { AdminAction, AdminPeer, AdminPolicy, AdminPort, AdminRule, AdminSubject, Direction, Pod } from './model.ts';
import { selects } from './selector.ts';
import type { World } from './world.ts';

/** The first rule that matches, which decides for its tier. */
export interface DecidingRule {
  readonly policy: AdminPolicy;
  readonly rule: number;
  readonly action: AdminAction;
}

export function adminRulesOf(policy: AdminPolicy, direction: Direction): readonly AdminRule[] {
  return direction === 'egress' ? policy.egress : policy.ingress;
}

/** "Note that host-networked pods are not included in subject selection" (v1alpha1). */
export function isSubject(subject: AdminSubject, pod: Pod, world: World, reading: Reading): boolean {
  if (pod.hostNetwork || !world.selectsNamespace(subject.namespaceSelector, pod.namespace, reading)) return false;
  return subject.kind === 'namespaces' || selects(subject.podSelector, pod.labels);
}

/**
 * The rule of these policies that decides, the policies in order of priority and each one's rules from top to bottom; null when
 * none matches.
 */
export function firstMatch(policies: readonly AdminPolicy[], crossing: Crossing, reading: Reading, world: World): DecidingRule | null {
  for (const policy of inOrder(policies, reading)) {
    if (!isSubject(policy.subject, crossing.own, world, reading)) continue;
    const rules = adminRulesOf(policy, crossing.direction);
    const rule = rules.findIndex((one) => matches(one, crossing, reading, world));
    const action = rules[rule]?.action;
    if (action !== undefined) return { policy, rule, action };
  }
  return null;
}

function inOrder(policies: readonly AdminPolicy[], reading: Reading): readonly AdminPolicy[] {
  if (!reading.has('equal-priority')) return policies;
  return policies.toSorted((a, b) => a.priority - b.priority || (a.name < b.name ? 1 : -1));
}

export function hasEqualPriorities(policies: readonly AdminPolicy[]): boolean {
  return new Set(policies.map(({ priority }) => priority)).size < policies.length;
}

function matches(rule: AdminRule, crossing: Crossing, reading: Reading, world: World): boolean {
  return rule.peers.some((peer) => isPeer(peer, crossing, reading, world) && coversPort(rule.ports, peer, crossing, reading));
}

function isPeer(peer: AdminPeer, crossing: Crossing, reading: Reading, world: World): boolean {
  const { other } = crossing;
  switch (peer.kind) {
    case 'namespaces':
    case 'pods': {
      // Peers by label leave out host-networked pods in this API, as subjects do.
      if (other.pod === null) return !other.isKnown && reading.has('unknown-peer');
      return isSubject(peer, other.pod, world, reading);
    }
    case 'nodes': {
      const address = other.address === null ? null : canonical(other.address);
      return world.objects.nodes.some((node) => node.addresses.some((one) => canonical(one) === address) && selects(peer.nodeSelector, node.labels));
    }
    case 'networks': {
      // "cluster-internal traffic will be checked against the rule as well" (v1alpha1 Networks): pods are no exception here.
      const { address } = comparedAs(crossing, reading);
      if (address === null) return reading.has('unknown-peer');
      return peer.networks.some((network) => isWithin(address, network));
    }
    case 'domain-names':
      if (podAtOtherEnd(crossing, reading) !== null) return false;
      return other.name === null ? reading.has('domain-name') : peer.names.some((name) => isDomain(other.name ?? '', name));
  }
}

/** `*.example.com` stands for every name below example.com, and not for example.com itself (v1alpha1 DomainName). */
function isDomain(host: string, pattern: string): boolean {
  const [name, wanted] = [host, pattern].map((text) => text.toLowerCase().replace(/\.$/u, ''));
  if (name === undefined || wanted === undefined) return false;
  return wanted.startsWith('*.') ? name.endsWith(wanted.slice(1)) : name === wanted;
}

function coversPort(ports: readonly AdminPort[], peer: AdminPeer, crossing: Crossing, reading: Reading): boolean {
  if (ports.length === 0) return true;
  const number = peer.kind === 'networks' ? comparedAs(crossing, reading).port : crossing.port;
  return ports.some((port) => {
    if (port.kind === 'named') return isNamedPort(crossing, port.name, crossing.protocol, reading);
    return port.protocol === crossing.protocol && number >= port.start && number <= port.end;
  });
}

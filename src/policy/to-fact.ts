import type { PolicyFact } from '../domain/facts.ts';
import type { ReadPolicyObjects } from '../domain/policy-objects.ts';
import type { Connection, ConnectionAnswer } from './connection.ts';
import type { CustomMatch } from './custom.ts';
import type { DirectionAnswer, PolicyReference } from './evaluate.ts';
import { policyYaml, suggestPolicies } from './suggest.ts';
import type { World } from './world.ts';

/** `shop/deny-all` for a NetworkPolicy, `AdminNetworkPolicy tenants` for one of the cluster. */
export function policyName({ kind, namespace, name }: PolicyReference): string {
  return namespace === null ? `${kind} ${name}` : `${namespace}/${name}`;
}

/** `CiliumNetworkPolicy shop/lockdown`; a question mark where its selector was not understood. */
export function customName({ kind, namespace, name, certain }: CustomMatch): string {
  return `${kind} ${namespace === null ? '' : `${namespace}/`}${name}${certain ? '' : '?'}`;
}

/** `networkpolicies in locked: forbidden`, `namespaces: forbidden`. */
export function unreadableName({ resource, namespace, failure }: ReadPolicyObjects['unreadable'][number]): string {
  return `${resource}${namespace === null ? '' : ` in ${namespace}`}: ${failure.kind}`;
}

/** Egress first, then ingress where the connection ends in a pod. */
export function policyFacts(connection: Connection, answer: ConnectionAnswer, world: World, unreadable: readonly string[]): readonly PolicyFact[] {
  const suggestions = suggestPolicies(connection, answer, world);
  return [answer.egress, answer.ingress].flatMap((direction) => {
    if (direction === null) return [];
    const own = suggestions.filter((suggestion) => suggestion.direction === direction.direction).map(policyYaml);
    return [factOf(direction, own.length === 0 ? null : own.join('---\n'), unreadable)];
  });
}

function factOf(answer: DirectionAnswer, suggestedPolicy: string | null, unreadable: readonly string[]): PolicyFact {
  return {
    kind: 'policy',
    direction: answer.direction,
    pod: answer.pod,
    verdict: answer.verdict,
    usual: answer.usual,
    doubts: answer.doubts,
    selectedBy: answer.selectedBy.map(policyName),
    deciding: answer.deciding.map(({ policy, rule, effect }) => ({ policy: policyName(policy), rule, effect })),
    suggestedPolicy,
    customPolicies: answer.custom.map(customName),
    unreadable,
  };
}

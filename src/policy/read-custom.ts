import type { KubernetesObject } from '../domain/policy-objects.ts';
import type { CustomPolicy, CustomSelector, Direction } from './model.ts';
import * as schema from './schema.ts';
import type { z } from 'zod';

const BOTH: readonly Direction[] = ['egress', 'ingress'];

/**
 * Policies of Cilium, Calico and the newer admin API: whom they select and which directions they are about. One whose text is not
 * understood selects perhaps. null for every other kind.
 */
export function customPolicyOf(object: KubernetesObject, group: string, defaultNamespace: string): CustomPolicy | null {
  const name = typeof object.metadata.name === 'string' ? object.metadata.name : '?';
  const isOfNamespace = object.kind === 'CiliumNetworkPolicy' || object.kind === 'NetworkPolicy';
  const base = { kind: object.kind, namespace: isOfNamespace ? (object.metadata.namespace ?? defaultNamespace) : null, name };
  switch (group) {
    case 'cilium.io':
      if (object.kind !== 'CiliumNetworkPolicy' && object.kind !== 'CiliumClusterwideNetworkPolicy') return null;
      return { ...base, ...parsed(schema.ciliumPolicy, object, ciliumPart) };
    // The API server of Calico, and its own CustomResourceDefinitions.
    case 'projectcalico.org':
    case 'crd.projectcalico.org':
      if (object.kind !== 'NetworkPolicy' && object.kind !== 'GlobalNetworkPolicy') return null;
      return { ...base, kind: `${object.kind}.projectcalico.org`, ...parsed(schema.calicoPolicy, object, calicoPart) };
    case 'policy.networking.k8s.io':
      if (object.kind !== 'ClusterNetworkPolicy') return null;
      return { ...base, ...parsed(schema.clusterNetworkPolicy, object, ({ spec }) => ({
        directions: directionsOf(spec),
        selectors: [{ kind: 'admin', subject: spec.subject }],
      })) };
    default:
      return null;
  }
}

type Part = Pick<CustomPolicy, 'directions' | 'selectors'>;

function parsed<T>(parser: z.ZodType<T>, object: KubernetesObject, convert: (value: T) => Part): Part {
  const result = parser.safeParse(object);
  return result.success ? convert(result.data) : { directions: BOTH, selectors: [{ kind: 'unreadable' }] };
}

type Rules = readonly unknown[] | null | undefined;

function directionsOf(spec: { readonly egress?: Rules; readonly ingress?: Rules; readonly egressDeny?: Rules; readonly ingressDeny?: Rules }): readonly Direction[] {
  const given = (rules: Rules): boolean => rules !== undefined && rules !== null;
  const directions: Direction[] = [];
  if (given(spec.egress) || given(spec.egressDeny)) directions.push('egress');
  if (given(spec.ingress) || given(spec.ingressDeny)) directions.push('ingress');
  return directions;
}

/** A policy with nodeSelector is about hosts. `specs` holds several rules under one name. */
function ciliumPart({ spec, specs }: z.infer<typeof schema.ciliumPolicy>): Part {
  const all = [...(spec === null || spec === undefined ? [] : [spec]), ...specs].filter(({ nodeSelector }) => nodeSelector === null);
  return {
    directions: BOTH.filter((direction) => all.some((one) => directionsOf(one).includes(direction))),
    selectors: all.flatMap(({ endpointSelector }): CustomSelector[] => (endpointSelector === null ? [] : [{ kind: 'cilium', selector: endpointSelector }])),
  };
}

/** `types` as Calico defaults it: what has rules, and Ingress when nothing has. */
function calicoPart({ spec }: z.infer<typeof schema.calicoPolicy>): Part {
  const named = BOTH.filter((direction) => spec.types.some((type) => type.toLowerCase() === direction));
  const withRules = directionsOf(spec);
  const directions = named.length > 0 ? named : withRules.length > 0 ? withRules : (['ingress'] as const);
  const [pods, namespaces, serviceAccounts] = [spec.selector, spec.namespaceSelector, spec.serviceAccountSelector].map((text) => text ?? '');
  return { directions, selectors: [{ kind: 'calico', pods: pods ?? '', namespaces: namespaces ?? '', serviceAccounts: serviceAccounts ?? '' }] };
}

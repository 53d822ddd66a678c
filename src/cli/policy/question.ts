import type { Connection, World } from '../../policy/index.ts';

/** A question that is ready to be evaluated, from wherever its objects came. */
export interface Question {
  readonly connection: Connection;
  readonly world: World;
  /** Lists that could not be read. */
  readonly unreadable: readonly string[];
}

/**
 * The Service that a host name would mean inside the cluster, if there is one: `orders`, `orders.shop`, `orders.shop.svc`,
 * `orders.shop.svc.cluster.local` (Kubernetes DNS specification). null for a name that can be none.
 */
export function serviceNames(host: string, ownNamespace: string): { readonly name: string; readonly namespace: string } | null {
  const [name = '', namespace = ownNamespace, svc = 'svc', ...domain] = host.replace(/\.$/u, '').split('.');
  return name === '' || svc !== 'svc' || domain.length === 1 ? null : { name, namespace };
}

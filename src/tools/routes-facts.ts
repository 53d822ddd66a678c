import ipaddr from 'ipaddr.js';
import type { RoutesFact } from '../domain/facts.ts';

type Route = RoutesFact['routes'][number];

/** A route as a tool lists it, before it is known which fact it belongs to. */
export interface FoundRoute extends Omit<Route, 'type'> {
  /** null: a kind that no packet of ours is routed by (broadcast, multicast). */
  readonly type: Route['type'] | null;
  /** `main`, `local`, `100`, ... */
  readonly table: string;
  /** null when the destination and the gateway tell. */
  readonly family: 4 | 6 | null;
}

/**
 * One fact for each family that the list speaks of, with the routes of table main. Routes that only name our own addresses (table local)
 * prove that the family was listed, and are left out: a pod without any IPv6 route still gives an empty IPv6 fact when ::1 is listed.
 * An empty list is an empty IPv4 fact: there are no routes at all.
 */
export function routesFacts(found: readonly FoundRoute[]): readonly RoutesFact[] {
  const families = new Set(found.map(familyOfRoute));
  if (families.size === 0) families.add(4);
  return [...families].sort().map((family) => ({
    kind: 'routes',
    family,
    routes: found.flatMap((route): readonly Route[] => {
      const { type, table, destination } = route;
      if (familyOfRoute(route) !== family || type === null || type === 'local' || table !== 'main' || isMulticast(destination)) return [];
      return [{ destination: cidrOf(destination, family), gateway: route.gateway, device: route.device, source: route.source, type }];
    }),
  }));
}

function familyOfRoute(route: FoundRoute): 4 | 6 {
  if (route.destination.includes(':')) return 6;
  if (route.destination !== 'default') return 4;
  if (route.family !== null) return route.family;
  return (route.source ?? route.gateway ?? '').includes(':') ? 6 : 4;
}

function isMulticast(destination: string): boolean {
  return destination.startsWith('ff00::') || destination === '224.0.0.0/4';
}

/** `default` and `10.0.0.1` as CIDR; IPv6 in its shortest form. */
function cidrOf(destination: string, family: 4 | 6): string {
  if (destination === 'default') return family === 4 ? '0.0.0.0/0' : '::/0';
  const [address = '', length = family === 4 ? '32' : '128'] = destination.split('/');
  return `${ipaddr.isValid(address) ? ipaddr.parse(address).toString() : address}/${length}`;
}

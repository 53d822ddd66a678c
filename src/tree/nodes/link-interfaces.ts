import type { InterfacesFact, RoutesFact } from '../../domain/facts.ts';
import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { isIpv6, isWithin } from '../reading.ts';
import { silentAddress } from '../silence.ts';

/** The guide's layer 1, as far as the pod itself can see it: its interface, and its gateway's link address. */
export const linkInterfaces: TreeNode = {
  id: 'link.interfaces',
  layer: 'network-access',
  branches: [
    { id: 'up', goto: 'tcp.elsewhere', causes: [] },
    { id: 'down', goto: null, causes: ['link.interface-down'] },
    { id: 'gateway-silent', goto: null, causes: ['link.gateway-unreachable'] },
    { id: 'on-link', goto: null, causes: ['ip.cidr-overlap', 'tcp.host-silent'] },
    { id: 'cannot-tell', goto: 'tcp.elsewhere', causes: [] },
  ],
  decide(look) {
    const interfaces = look.need({ kind: 'interfaces' });
    const routes = look.need({ kind: 'routes' });
    const neighbours = look.need({ kind: 'neighbours' });
    if (interfaces === null || routes === null || neighbours === null) return WAIT;
    const links = interfaces.fact('interfaces');
    const ids = interfaces.ids('interfaces');
    if (links !== null && !hasUsableLink(links)) {
      return fault(look, 'down', 'link.interface-down', 'certain', ids, { detail: describe(links) });
    }
    const table = routes.observations.flatMap(({ fact }) => (fact.kind === 'routes' && fact.family === 4 ? [fact] : []))[0] ?? null;
    const address = silentAddress(look);
    const dead = deadNeighbours(neighbours.fact('neighbours'));
    const gateway = table === null ? null : gatewayOf(table, address);
    if (gateway !== null && dead.has(gateway)) {
      const evidence = [...neighbours.ids('neighbours'), ...routes.ids('routes')];
      return fault(look, 'gateway-silent', 'link.gateway-unreachable', 'certain', evidence, { detail: gateway });
    }
    if (address !== null && dead.has(address) && gateway === null) {
      const evidence = [...neighbours.ids('neighbours'), ...routes.ids('routes')];
      const cause = look.situation.target.kind === 'pod' ? 'ip.cidr-overlap' : 'tcp.host-silent';
      return fault(look, 'on-link', cause, 'likely', evidence, { address });
    }
    return links === null ? follow('cannot-tell', interfaces.ids()) : follow('up', ids);
  },
};

function hasUsableLink(fact: InterfacesFact): boolean {
  return fact.interfaces.some(
    (one) => !one.loopback && one.up && one.carrier !== false && one.addresses.some((address) => !/^fe80/iu.test(address)),
  );
}

function describe(fact: InterfacesFact): string {
  const outside = fact.interfaces.filter((one) => !one.loopback);
  if (outside.length === 0) return 'lo';
  return outside.map((one) => `${one.name}: ${one.up ? 'UP' : 'DOWN'}, ${one.addresses.join(' ') || '-'}`).join('; ');
}

function deadNeighbours(fact: { readonly neighbours: readonly { address: string; state: string }[] } | null): ReadonlySet<string> {
  const dead = (fact?.neighbours ?? []).filter((one) => one.state === 'failed' || one.state === 'incomplete');
  return new Set(dead.map((one) => one.address));
}

/** The gateway of the most specific route that covers the address; null when it is on-link or nothing covers it. */
function gatewayOf(table: RoutesFact, address: string | null): string | null {
  if (address === null || isIpv6(address)) return null;
  const bits = (destination: string): number => Number(destination.split('/')[1] ?? 0);
  const covering = table.routes.filter((route) => isWithin(address, route.destination) && route.type === 'unicast');
  return [...covering].sort((a, b) => bits(b.destination) - bits(a.destination))[0]?.gateway ?? null;
}

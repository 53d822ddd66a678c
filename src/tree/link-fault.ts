import ipaddr from 'ipaddr.js';
import type { CauseId } from '../domain/cause.ts';
import type { InterfacesFact, NeighboursFact, RoutesFact } from '../domain/facts.ts';
import { isWithinNetwork } from '../domain/network.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { isAlive } from './nameservers.ts';
import { connections, isIpv6 } from './reading.ts';
import { elsewhere } from './silence.ts';

export interface LinkFault {
  readonly cause: Extract<CauseId, 'link.interface-down' | 'link.gateway-unreachable' | 'ip.cidr-overlap' | 'tcp.host-silent' | 'ip.no-route'>;
  readonly evidence: readonly string[];
  readonly detail: string;
}

/**
 * What is wrong with the vantage's own link, seen from inside: no usable interface, no route, or a gateway that does not
 * answer ARP/ND. `address` is where packets were to go. null: nothing is wrong, or nothing could be read.
 */
export function linkFault(look: Look, address: string | null): LinkFault | null | 'wait' {
  const interfaces = look.need({ kind: 'interfaces' });
  const routes = look.need({ kind: 'routes' });
  const first = look.need({ kind: 'neighbours' });
  if (interfaces === null || routes === null || first === null) return 'wait';
  const links = interfaces.fact('interfaces');
  if (links !== null && !hasUsableLink(links) && !somethingCameBack(look)) {
    return { cause: 'link.interface-down', evidence: [...interfaces.ids('interfaces'), ...routes.ids('routes')], detail: describeLinks(links) };
  }
  // The kernel keeps loopback in a table of its own, which `ip route` does not show: a local stub resolver needs no route.
  if (address === null || isLoopback(address)) return null;
  const table = routesFor(routes, isIpv6(address));
  if (table === null) return null;
  const route = bestRoute(table, address);
  if (route === null) return { cause: 'ip.no-route', evidence: routes.ids('routes'), detail: address };
  const next = route.gateway ?? address;
  const neighbours = deadNeighbours(first.fact('neighbours')).has(next) || first.unavailable ? first : look.need({ kind: 'neighbours', again: true });
  if (neighbours === null) return 'wait';
  const dead = deadNeighbours(neighbours.fact('neighbours'));
  const evidence = [...neighbours.ids('neighbours'), ...routes.ids('routes')];
  if (route.gateway !== null && dead.has(route.gateway)) return silentGateway(look, route.gateway, evidence);
  if (route.gateway === null && dead.has(address)) {
    const others = elsewhere(look, address);
    if (others.waiting) return 'wait';
    const overlaps = look.situation.target.kind === 'pod' || others.connected.length > 0;
    return { cause: overlaps ? 'ip.cidr-overlap' : 'tcp.host-silent', evidence: [...evidence, ...others.connected.flatMap(({ answer }) => answer.ids('connect'))], detail: route.destination };
  }
  return null;
}

/** Nobody answers for the gateway. Is the link itself still there? */
function silentGateway(look: Look, gateway: string, evidence: readonly string[]): LinkFault | 'wait' {
  const again = look.need({ kind: 'interfaces', again: true });
  if (again === null) return 'wait';
  const links = again.fact('interfaces');
  if (links !== null && !hasUsableLink(links) && !somethingCameBack(look)) {
    return { cause: 'link.interface-down', evidence: [...again.ids('interfaces'), ...evidence], detail: describeLinks(links) };
  }
  return { cause: 'link.gateway-unreachable', evidence, detail: gateway };
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** An answer from outside this place: whatever the interfaces look like, packets come and go. */
function somethingCameBack(look: Look): boolean {
  const answered = look.all('query', TARGET).some((answer) => {
    const { question } = answer.asked;
    return isAlive(answer.fact('resolve')?.outcome) && question.kind === 'query' && !question.nameserver.startsWith('127.');
  });
  return answered || connections(look).some(({ fact }) => fact.outcome === 'connected' || fact.outcome === 'refused');
}

export function hasUsableLink(fact: InterfacesFact): boolean {
  return fact.interfaces.some(
    (one) => !one.loopback && one.up && one.carrier !== false && one.addresses.some((address) => !/^fe80/iu.test(address)),
  );
}

function describeLinks(fact: InterfacesFact): string {
  const outside = fact.interfaces.filter((one) => !one.loopback);
  if (outside.length === 0) return 'lo';
  return outside.map((one) => `${one.name}: ${one.up ? (one.carrier === false ? 'NO-CARRIER' : 'UP') : 'DOWN'}, ${one.addresses.join(' ') || '-'}`).join('; ');
}

function deadNeighbours(fact: NeighboursFact | null): ReadonlySet<string> {
  const dead = (fact?.neighbours ?? []).filter((one) => one.state === 'failed' || one.state === 'incomplete');
  return new Set(dead.map((one) => one.address));
}

/** The routing table of one family; null when it could not be read. */
export function routesFor(answer: Answer, ipv6: boolean): RoutesFact | null {
  const found = answer.observations.find(({ fact }) => fact.kind === 'routes' && fact.family === (ipv6 ? 6 : 4));
  return found?.fact.kind === 'routes' ? found.fact : null;
}

/** The table covers the address with nothing that sends packets: no route, or one of type blackhole, prohibit or unreachable. */
export function hasNoWay(answer: Answer, address: string): boolean {
  const table = routesFor(answer, isIpv6(address));
  return table !== null && !isLoopback(address) && bestRoute(table, address) === null;
}

/** The most specific route that covers the address and sends packets somewhere; null when there is none. */
export function bestRoute(table: RoutesFact, address: string): RoutesFact['routes'][number] | null {
  const bits = (destination: string): number => Number(destination.split('/')[1] ?? 0);
  const covering = table.routes.filter((route) => isWithinNetwork(address, route.destination));
  const best = [...covering].sort((a, b) => bits(b.destination) - bits(a.destination))[0];
  return best !== undefined && (best.type === 'unicast' || best.type === 'local') ? best : null;
}

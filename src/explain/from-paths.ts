import type { FactOf } from '../domain/facts.ts';
import { reading, type FactReading } from './from-facts.ts';

const PROHIBITED = { 'ip.prohibited': 'likely', 'tcp.rejected-on-path': 'possible', 'policy.egress-denied': 'possible' } as const;
const UNREACHABLE = { 'ip.unreachable': 'likely', 'link.gateway-unreachable': 'possible', 'ip.no-route': 'possible' } as const;

/** null: our own kernel would not send, and only the tool's words say why. */
export function readPing({ sent, received, errors }: FactOf<'ping'>): FactReading | null {
  if (received > 0 && received < sent) return reading('other', 'likely', { 'ip.packet-loss': 'likely', 'tcp.intermittent': 'possible' }, 'internet');
  if (received > 0) return reading('ok', 'certain', null, 'internet');
  const last = errors.at(-1);
  if (last === undefined) {
    return reading('timeout', 'certain', { 'tcp.host-silent': 'likely', 'ip.path-dead-after': 'possible', 'policy.egress-denied': 'possible', 'ip.prohibited': 'possible' }, 'internet');
  }
  if (last.error === 'other' && last.from === null) return null;
  if (last.error === 'ttl-exceeded') return reading('unreachable', 'likely', { 'ip.routing-loop': 'likely' });
  if (last.error === 'fragmentation-needed') return reading('other', 'likely', { 'ip.pmtu-blackhole': 'likely', 'link.mtu-mismatch': 'possible' }, 'internet');
  if (last.error === 'prohibited') return reading('unreachable', 'certain', PROHIBITED);
  return reading('unreachable', 'certain', last.from === null ? { 'ip.no-route': 'likely', 'link.gateway-unreachable': 'possible' } : UNREACHABLE);
}

/** Two addresses that take turns at least three times are a loop, not a path. */
function loops(hops: FactOf<'trace'>['hops']): boolean {
  const times = new Map<string, number>();
  for (const { replies } of hops) {
    const address = replies.find((reply) => reply.address !== null)?.address;
    if (address !== undefined && address !== null) times.set(address, (times.get(address) ?? 0) + 1);
  }
  return [...times.values()].some((count) => count >= 3);
}

export function readTrace({ hops, reached }: FactOf<'trace'>): FactReading {
  if (reached) return reading('ok', 'certain', null, 'internet');
  const error = hops.flatMap(({ replies }) => replies).findLast((reply) => reply.error !== null && reply.error !== 'ttl-exceeded')?.error;
  if (error === 'prohibited') return reading('unreachable', 'certain', PROHIBITED);
  if (error !== undefined && error !== null) return reading('unreachable', 'likely', UNREACHABLE);
  if (loops(hops)) return reading('unreachable', 'likely', { 'ip.routing-loop': 'likely' });
  return reading('timeout', 'likely', { 'ip.path-dead-after': 'likely', 'tcp.host-silent': 'possible', 'policy.egress-denied': 'possible' }, 'internet');
}

export function readRoutes(facts: readonly FactOf<'routes'>[]): FactReading {
  const routes = facts.flatMap((fact) => fact.routes);
  const defaults = routes.filter(({ destination }) => destination === '0.0.0.0/0' || destination === '::/0');
  if (defaults.some(({ type }) => type === 'unicast') || (defaults.length === 0 && routes.length === 1 && routes[0]?.type === 'unicast')) {
    return reading('ok', 'likely', null, 'internet');
  }
  const prohibited = defaults.some(({ type }) => type === 'prohibit');
  return reading('unreachable', 'likely', prohibited ? { 'ip.prohibited': 'likely', 'ip.no-route': 'possible' } : { 'ip.no-route': 'likely' });
}

export function readNeighbours({ neighbours }: FactOf<'neighbours'>): FactReading {
  const dead = neighbours.filter(({ state }) => state === 'failed' || state === 'incomplete');
  if (dead.length === 0) return reading('ok', 'likely', null, 'network-access');
  return reading('unreachable', dead.length === neighbours.length ? 'likely' : 'possible', { 'link.gateway-unreachable': 'likely', 'ip.unreachable': 'possible' }, 'network-access');
}

export function readInterfaces({ interfaces }: FactOf<'interfaces'>): FactReading {
  const outward = interfaces.filter(({ loopback }) => !loopback);
  const usable = outward.some(({ up, carrier, addresses }) => up && carrier !== false && addresses.some((address) => !address.startsWith('fe80')));
  return usable ? reading('ok', 'likely', null, 'network-access') : reading('unreachable', 'likely', { 'link.interface-down': 'likely' }, 'network-access');
}

/** SYN_SENT is a connection that waits for an answer; CLOSE_WAIT in numbers is one that the application forgot to close. */
export function readSockets({ sockets }: FactOf<'sockets'>): FactReading {
  const count = (pattern: RegExp): number => sockets.filter(({ state }) => pattern.test(state)).length;
  if (count(/^SYN[-_]SENT$/iu) > 0) return reading('timeout', 'likely');
  if (count(/^CLOSE[-_]WAIT$/iu) > 20) return reading('other', 'possible', { 'app.connections-exhausted': 'likely' }, 'application');
  if (count(/^TIME[-_]WAIT$/iu) > 5_000) return reading('other', 'possible', { 'tcp.ports-exhausted': 'likely' }, 'transport');
  return count(/^ESTAB/iu) > 0 ? reading('ok', 'possible', null, 'transport') : reading('other', 'possible', null, 'transport');
}

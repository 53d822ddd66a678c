/** What a lab looks like, drawn from a seed: nothing here touches the machine. */
import type { Random } from './random.ts';

/** A network segment: `10.3.4.` and `2001:db8:3:4::` take a host number behind them. */
export interface Segment {
  readonly v4: string;
  readonly v6: string;
}

export type Place = 'pod' | 'pod2' | 'node' | 'lan' | 'srv' | 'out';

export interface Plan {
  /** Namespace names begin with it. */
  readonly prefix: string;
  /** bridge: pods share a segment with the node's bridge; veth: a host route to each pod, as Calico does. */
  readonly attach: 'bridge' | 'veth';
  readonly routers: number;
  /** One-way delay between the first and the second router; 0 in a third of the labs: there an ICMP error is back before connect(2) lets its socket go. */
  readonly delayMs: number;
  readonly podNumber: number;
  readonly pod2Number: number;
  readonly pods: Segment;
  readonly uplink: Segment;
  /** Where nameservers and proxies stand, behind the first router. */
  readonly services: Segment;
  /** transit[i] joins router i and router i + 1. */
  readonly transit: readonly Segment[];
  /** Internet hosts. */
  readonly servers: Segment;
  readonly outside: Segment;
  /** Names of the lab's hosts end with it. */
  readonly zone: string;
}

/** TEST-NET-1 to -3 (RFC 5737). */
const PUBLIC_V4 = ['192.0.2.', '198.51.100.', '203.0.113.'] as const;
const ZONES = ['example.com', 'example.net', 'example.org', 'corp.example', 'pay.example', 'eu.example.com', 'api.internal.example'] as const;

export function drawPlan(random: Random, prefix: string): Plan {
  const hex = (): string => random.between(1, 0xffff).toString(16);
  const [servers = '', outside = ''] = random.shuffle(PUBLIC_V4);
  const podBase = random.pick(['10.244.', '10.42.', '172.20.', '100.64.', '192.168.']);
  const routers = random.between(2, 4);
  const second = random.between(64, 127);
  return {
    prefix,
    attach: random.pick(['bridge', 'veth']),
    routers,
    delayMs: random.next() < 1 / 3 ? 0 : random.between(5, 18),
    podNumber: random.between(2, 120),
    pod2Number: random.between(121, 250),
    pods: { v4: `${podBase}${String(random.between(0, 255))}.`, v6: `fd${random.between(16, 255).toString(16)}:${hex()}:${hex()}::` },
    uplink: { v4: `172.16.${String(random.between(0, 255))}.`, v6: `2001:db8:${hex()}:1::` },
    services: { v4: `10.${String(second)}.${String(random.between(0, 255))}.`, v6: `2001:db8:${hex()}:2::` },
    transit: Array.from({ length: routers - 1 }, (_, index) => ({ v4: `198.18.${String(index * 50 + random.between(0, 49))}.`, v6: `2001:db8:${hex()}:3${String(index)}::` })),
    servers: { v4: servers, v6: `2001:db8:${hex()}:4::` },
    outside: { v4: outside, v6: `2001:db8:${hex()}:5::` },
    zone: random.pick(ZONES),
  };
}

export function namespaceOf(plan: Plan, place: Place | number): string {
  return `${plan.prefix}-${typeof place === 'number' ? `r${String(place)}` : place}`;
}

export function allPlaces(plan: Plan): readonly (Place | number)[] {
  return ['pod', 'pod2', 'node', 'lan', 'srv', 'out', ...Array.from({ length: plan.routers }, (_, index) => index + 1)];
}

export const NET4 = 24;
export const NET6 = 64;

export const v4 = (segment: Segment, host: number): string => segment.v4 + String(host);
export const v6 = (segment: Segment, host: number): string => segment.v6 + host.toString(16);
export const net4 = (segment: Segment): string => `${segment.v4}0/${String(NET4)}`;
export const net6 = (segment: Segment): string => `${segment.v6}/${String(NET6)}`;

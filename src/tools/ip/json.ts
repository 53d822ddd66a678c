/** `ip -j` of iproute2 (since 4.13). A document that is cut is no JSON, so it proves nothing. */
import { z } from 'zod';
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, InterfacesFact, NeighboursFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';
import { routesFacts } from '../routes-facts.ts';
import type { FoundRoute } from '../routes-facts.ts';
import { neighbourState } from './neighbour-state.ts';
import { routeType } from './route-type.ts';

/** null when the text is not a JSON array of such rows; nothing at all, with success, is an empty list. Old versions print `{}` for rows that their filter left out. */
function rows<T extends z.ZodType>(output: CommandOutput, row: T): readonly z.infer<T>[] | null {
  if (output.stdout.trim() === '' && output.exitCode === 0) return [];
  const start = output.stdout.indexOf('[');
  try {
    const parsed = z.array(z.unknown()).safeParse(JSON.parse(output.stdout.slice(Math.max(0, start))));
    if (!parsed.success) return null;
    const known = parsed.data.map((value) => row.safeParse(value)).filter((result) => result.success).map((result) => result.data);
    return known.length === 0 && parsed.data.length > 0 ? null : known;
  } catch {
    return null;
  }
}

const Interface = z.object({
  ifname: z.string(),
  flags: z.array(z.string()),
  mtu: z.number().optional(),
  operstate: z.string().optional(),
  addr_info: z.array(z.object({ local: z.string().optional(), prefixlen: z.number().optional() })),
});

export function parseIpJsonInterfaces(output: CommandOutput): readonly Fact[] {
  const found = rows(output, Interface);
  if (found === null || found.length === 0) return [noAnswer(output)];
  const interfaces = found.map((one): InterfacesFact['interfaces'][number] => ({
    name: one.ifname,
    up: one.flags.includes('UP'),
    carrier: carrierOfFlags(one.flags, one.operstate ?? ''),
    loopback: one.flags.includes('LOOPBACK'),
    mtuBytes: one.mtu ?? null,
    addresses: one.addr_info.flatMap(({ local, prefixlen }) => (local === undefined ? [] : [`${local}/${String(prefixlen ?? '')}`])),
  }));
  return [{ kind: 'interfaces', interfaces }];
}

export function carrierOfFlags(flags: readonly string[], operstate: string): boolean | null {
  if (flags.includes('NO-CARRIER') || operstate === 'LOWERLAYERDOWN') return false;
  return flags.includes('LOWER_UP') ? true : null;
}

const NextHop = z.object({ gateway: z.string().optional(), dev: z.string().optional(), via: z.object({ host: z.string() }).optional() });
const Route = NextHop.extend({
  dst: z.string(),
  type: z.string().optional(),
  table: z.union([z.string(), z.number()]).optional(),
  prefsrc: z.string().optional(),
  pref: z.string().optional(),
  nexthops: z.array(NextHop).optional(),
});

export function parseIpJsonRoutes(output: CommandOutput): readonly Fact[] {
  const found = rows(output, Route);
  if (found === null) return [noAnswer(output)];
  return routesFacts(found.flatMap((route): readonly FoundRoute[] => {
    const type = routeType(route.type ?? 'unicast');
    const hops = route.nexthops ?? [route];
    return hops.map((hop) => ({
      destination: route.dst,
      gateway: hop.gateway ?? hop.via?.host ?? null,
      device: hop.dev ?? null,
      source: route.prefsrc ?? null,
      type,
      table: String(route.table ?? 'main'),
      // Only IPv6 routes have a router preference (RFC 4191): the one mark that a default route without gateway has.
      family: route.pref === undefined ? null : 6,
    }));
  }));
}

const Neighbour = z.object({ dst: z.string(), dev: z.string().optional(), lladdr: z.string().optional(), state: z.array(z.string()).optional() });

export function parseIpJsonNeighbours(output: CommandOutput): readonly Fact[] {
  const found = rows(output, Neighbour);
  if (found === null) return [noAnswer(output)];
  const neighbours = found.map((one): NeighboursFact['neighbours'][number] => ({
    address: one.dst,
    device: one.dev ?? null,
    linkAddress: one.lladdr ?? null,
    state: neighbourState(one.state?.[0] ?? ''),
  }));
  return [{ kind: 'neighbours', neighbours }];
}

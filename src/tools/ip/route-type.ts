import type { FoundRoute } from '../routes-facts.ts';

const TYPES: Readonly<Record<string, FoundRoute['type']>> = {
  unicast: 'unicast',
  unreachable: 'unreachable',
  prohibit: 'prohibit',
  blackhole: 'blackhole',
  throw: 'throw',
  local: 'local',
};

/** Route types of ip-route(8); broadcast, anycast, multicast, nat are null: no packet of ours is routed by them. */
export function routeType(word: string): FoundRoute['type'] {
  return TYPES[word] ?? null;
}

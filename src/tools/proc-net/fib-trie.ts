/** /proc/net/fib_trie: every IPv4 route, our own addresses among them, without devices. */
import type { RoutesFact } from '../../domain/facts.ts';

export interface FibEntry {
  readonly address: string;
  readonly prefixLength: number;
  readonly type: RoutesFact['routes'][number]['type'] | 'broadcast';
}

//                  |-- 10.77.0.2
const LEAF = /^\s*\|-- ([\d.]+)$/u;
//                     /32 host LOCAL
//               /24 universe UNREACHABLE
const ENTRY = /^\s*\/(\d{1,2}) \w+ (UNICAST|LOCAL|BROADCAST|UNREACHABLE|PROHIBIT|BLACKHOLE|THROW)\b/u;

const TYPES: Readonly<Record<string, FibEntry['type']>> = {
  UNICAST: 'unicast',
  LOCAL: 'local',
  BROADCAST: 'broadcast',
  UNREACHABLE: 'unreachable',
  PROHIBIT: 'prohibit',
  BLACKHOLE: 'blackhole',
  THROW: 'throw',
};

/** The kernel lists an entry once for Main and once for Local when both share a trie; each is given once here. */
export function readFibTrie(lines: readonly string[]): readonly FibEntry[] {
  const entries = new Map<string, FibEntry>();
  let address: string | null = null;
  for (const line of lines) {
    address = LEAF.exec(line)?.[1] ?? address;
    const entry = ENTRY.exec(line);
    const type = TYPES[entry?.[2] ?? ''];
    if (entry === null || address === null || type === undefined) continue;
    entries.set(`${address}/${entry[1] ?? ''} ${type}`, { address, prefixLength: Number(entry[1]), type });
  }
  return [...entries.values()];
}

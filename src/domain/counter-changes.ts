import type { CountersFact } from './facts.ts';

/** What was added between two readings. Counters of one kernel only grow: what is smaller now is another kernel's, and has no change. */
export function counterChanges(before: CountersFact, after: CountersFact): Readonly<Record<string, number>> {
  const changed = Object.entries(after.counters).flatMap(([name, value]) => {
    const by = value - (before.counters[name] ?? 0);
    return by > 0 ? [[name, by] as const] : [];
  });
  return Object.fromEntries(changed);
}

import type { VerdictStatus } from '../../domain/verdict.ts';

/** What a run says of a connection; null: it could not be run. */
export type Seen = VerdictStatus | null;

/** What one more run means. `first`: there is something to compare with from now on. */
export type Change = 'first' | 'broke' | 'healed' | 'none';

/**
 * Compares a run with what was known before. Only `reachable` and `fault` are known states: a run without a verdict says
 * nothing about the connection, and another cause is the same break told more exactly.
 */
export function changeTo(known: 'reachable' | 'fault' | null, seen: Seen): Change {
  if (seen === null || seen === 'inconclusive' || seen === known) return 'none';
  if (known === null) return 'first';
  return seen === 'fault' ? 'broke' : 'healed';
}

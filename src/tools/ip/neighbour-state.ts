import type { NeighboursFact } from '../../domain/facts.ts';

type State = NeighboursFact['neighbours'][number]['state'];

const STATES: Readonly<Record<string, State>> = {
  REACHABLE: 'reachable',
  STALE: 'stale',
  DELAY: 'delay',
  PROBE: 'probe',
  INCOMPLETE: 'incomplete',
  FAILED: 'failed',
  PERMANENT: 'permanent',
  NOARP: 'noarp',
};

/** NUD states as ip-neighbour(8) prints them; NONE and anything new are `unknown`. */
export function neighbourState(word: string): State {
  return STATES[word] ?? 'unknown';
}

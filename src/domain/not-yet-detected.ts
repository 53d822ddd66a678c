import type { CauseId } from './cause.ts';

/**
 * Causes of the catalogue that no branch of the tree ends with yet. `netdiag-tui causes` marks them, and a test holds this list
 * against the tree.
 */
export const NOT_YET_DETECTED: readonly CauseId[] = [];

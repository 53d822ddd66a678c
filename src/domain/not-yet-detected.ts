import type { CauseId } from './cause.ts';

/** Causes of the catalogue that the tree cannot reach yet. Kept short and explicit; `netdiag-tui causes` marks them. */
export const NOT_YET_DETECTED: readonly CauseId[] = [];

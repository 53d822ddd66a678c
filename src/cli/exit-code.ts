import { constants } from 'node:os';
import type { VerdictStatus } from '../domain/verdict.ts';

/** The contract with scripts. */
export const EXIT = { ok: 0, reachable: 0, fault: 1, inconclusive: 2, couldNotRun: 3 } as const;

export function exitCodeOfStatus(status: VerdictStatus): number {
  return EXIT[status];
}

export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** 128 + N, as shells report it (bash(1), EXIT STATUS): 130, 143, 129. */
export function exitCodeOfSignal(signal: EndingSignal): number {
  return 128 + constants.signals[signal];
}

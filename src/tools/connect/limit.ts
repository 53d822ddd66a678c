import type { Limits } from '../../domain/dialect.ts';

/**
 * Linux gives up on an address that does not answer ARP or neighbour discovery after three tries of one second and says
 * EHOSTUNREACH then: 3.06 s after connect(2) (measured, Linux 6.18). With the default limit of 3 s that answer would be taken for a
 * timeout, so every connect gets half a second of grace.
 */
export const CONNECT_GRACE_MS = 500;

export function connectLimitMs(limits: Limits): number {
  return limits.connectTimeoutMs + CONNECT_GRACE_MS;
}

/** For tools that take seconds, perhaps with a fraction: `3.5`. */
export function connectLimitSeconds(limits: Limits): string {
  return String(connectLimitMs(limits) / 1000);
}

/** For tools that take whole seconds, rounded up: `4`. */
export function connectLimitWholeSeconds(limits: Limits): string {
  return String(Math.ceil(connectLimitMs(limits) / 1000));
}

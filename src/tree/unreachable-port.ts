import type { Look } from './look.ts';
import { connections, isUnreachable } from './reading.ts';
import { signOfLife } from './silence.ts';

/**
 * The connect was told that the host cannot be reached, which the host itself contradicts: it answers an echo, or on another port. No
 * router's knowledge of ways is about one port, so that a firewall says it (errno EHOSTUNREACH also stands for "prohibited", icmp(7)).
 * Evidence ids; null when the errno is another one, or the host answers nothing.
 */
export function unreachablePort(look: Look, address: string): readonly string[] | null {
  const told = connections(look).find((one) => one.address === address && isUnreachable(one.fact.outcome));
  const living = told === undefined ? null : signOfLife(look, address);
  return told === undefined || living === null ? null : [...told.ids, ...living.ids()];
}

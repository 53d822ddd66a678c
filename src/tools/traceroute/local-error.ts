import { icmpErrorOfPhrase } from '../icmp-error.ts';
import type { HopReply } from '../../domain/facts.ts';

// connect: Network is unreachable                          traceroute 2.1.2 (no route), also `send: Operation not permitted`
// traceroute: sendto: Network is unreachable               busybox 1.35
// inetutils-traceroute: sendto: Network is unreachable     inetutils 2.4
// traceroute: can't connect to remote host (10.77.60.1): No route to host          busybox 1.35
// mtr: udp socket connect failed: Permission denied        mtr 0.95
const LOCAL_ERROR = /^(?:\S+: )?(?:connect|send|sendto|sendmsg|can't connect to remote host(?: \([^)]*\))?|udp socket connect failed): (.+)$/u;

/** What our own kernel said when it could not send: a reply without an address. */
export function readLocalError(text: string): HopReply | null {
  const words = LOCAL_ERROR.exec(text)?.[1];
  return words === undefined ? null : { address: null, rttMs: null, error: icmpErrorOfPhrase(words) ?? 'other' };
}

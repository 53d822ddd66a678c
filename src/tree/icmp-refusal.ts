import type { ConnectFact } from '../domain/facts.ts';
import { countersQuestion } from './counters.ts';
import { TARGET, type Answer, type Look } from './look.ts';
import { isIpv6 } from './reading.ts';

/** Fewer tries could be somebody else's errors. */
const TRIES_THAT_PROVE = 4;

/**
 * Ids of the reading that shows that these refusals came as ICMP errors: the kernel counts them (IcmpInDestUnreachs, RFC 4293), and a host
 * where nothing listens answers with a reset (RFC 9293 3.10.7.1), never so. It is read when all tries are over. Others in the pod have
 * errors of their own, and so do some of our questions: a trace ends with one, and so may a query to a closed port. So there must be an
 * error for each attempt that failed in all the pod (TcpAttemptFails, RFC 4022), but for those of ours to `others`, other ports, and no
 * trace may have been under way.
 */
export function refusedByIcmp(look: Look, address: string, tries: readonly ConnectFact[], others: readonly (Answer | null)[]): readonly string[] | null | 'wait' {
  const refusals = tries.filter(({ outcome }) => outcome === 'refused').length;
  if (refusals < TRIES_THAT_PROVE || hasTraced(look) || hasUnreachableNameserver(look)) return null;
  if (look.need(countersQuestion(0)) === null) return 'wait';
  const reading = look.need(countersQuestion(2));
  if (reading === null) return 'wait';
  const changes = reading.fact('counters')?.changes ?? {};
  const [heard = 0, expired = 0] = isIpv6(address) ? [changes.Icmp6InDestUnreachs, changes.Icmp6InTimeExcds] : [changes.IcmpInDestUnreachs, changes.IcmpInTimeExcds];
  // Those that still wait may have had one, too, and so may the echoes.
  const failedOfOthers = others.filter((answer) => answer?.fact('connect')?.outcome !== 'connected').length;
  if (expired > 0 || heard < (changes.TcpAttemptFails ?? 0) - failedOfOthers) return null;
  return heard >= refusals && heard > failedOfOthers + 1 ? reading.ids('counters') : null;
}

function hasTraced(look: Look): boolean {
  return look.all('trace', TARGET).length > 0;
}

function hasUnreachableNameserver(look: Look): boolean {
  return look.all('query', TARGET).some((answer) => answer.fact('resolve')?.outcome === 'unreachable' || answer.fact('resolve')?.outcome === 'timeout');
}

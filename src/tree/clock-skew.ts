import type { Certificate, TlsFailure } from '../domain/facts.ts';
import type { Look } from './look.ts';

/** A clock that is off by more than this explains a certificate that is not valid "now". */
const CLOCK_MARGIN_MS = 120_000;

/** A pod whose clock is off sees good certificates as expired or not yet valid. `certificates`: what any handshake showed of the chain. */
export function clockSkew(look: Look, failure: TlsFailure, certificates: readonly Certificate[]): { ids: readonly string[]; detail: string } | null {
  if (failure !== 'expired' && failure !== 'not-yet-valid') return null;
  const answer = look.peek({ kind: 'files' });
  const clock = answer?.fact('clock') ?? null;
  if (answer === null || clock === null) return null;
  if (Math.abs(clock.offsetMs) < CLOCK_MARGIN_MS + clock.uncertaintyMs) return null;
  // A slow clock makes certificates "not yet valid", a fast one makes them "expired".
  if (failure === 'expired' ? clock.offsetMs < 0 : clock.offsetMs > 0) return null;
  // By the right time, too, one of them is out of date.
  if (clock.ourMs !== undefined && certificates.some((one) => !isWithinDates(one, clock.ourMs ?? 0))) return null;
  return { ids: answer.ids('clock'), detail: `${String(Math.round(clock.offsetMs / 1000))} s` };
}

/** Dates that the tool did not print do not count. */
function isWithinDates({ notBefore, notAfter }: Certificate, nowMs: number): boolean {
  return (notBefore === null || Date.parse(notBefore) <= nowMs) && (notAfter === null || Date.parse(notAfter) >= nowMs);
}

import type { Look } from './look.ts';
import { connectQuestion } from './reading.ts';
import { helpful, pingQuestion, REPEATED_TRIES } from './silence.ts';

/** The first retransmission of a SYN comes after one second (RFC 6298 2.1): a connect that much slower than another lost a packet. */
const RETRANSMITTED_MS = 900;
const FURTHER_TRIES = [5, 6, 7] as const;

/**
 * Every try connects, but some only after a packet was sent again. One such try is nothing; two of eight, and lost echoes where ping is
 * answered at all, are loss on the path. Evidence ids, null when there is none.
 */
export function lossOnPath(look: Look, address: string): readonly string[] | null | 'wait' {
  const first = slowTries(look, address, [0, ...REPEATED_TRIES]);
  if (first === 'wait') return 'wait';
  if (first.length === 0) return null;
  const all = slowTries(look, address, [0, ...REPEATED_TRIES, ...FURTHER_TRIES]);
  const ping = helpful(look, pingQuestion(address));
  if (all === 'wait' || ping === null) return 'wait';
  const echo = ping === 'late' ? null : ping.fact('ping');
  const silent = echo === null || echo.received === 0;
  if (all.length < 2 || (!silent && echo.lossPercent === 0 && all.length < 3)) return null;
  return [...all, ...(ping === 'late' ? [] : ping.ids('ping'))];
}

/** Ids of the tries that took a retransmission longer than the fastest. */
function slowTries(look: Look, address: string, attempts: readonly number[]): readonly string[] | 'wait' {
  const answers = attempts.map((attempt) => look.need(connectQuestion(address, look.dependency.port, attempt)));
  if (answers.includes(null)) return 'wait';
  const timed = answers.flatMap((answer) => {
    const elapsedMs = answer?.fact('connect')?.elapsedMs ?? null;
    return answer === null || elapsedMs === null ? [] : [{ elapsedMs, ids: answer.ids('connect') }];
  });
  const fastestMs = Math.min(...timed.map(({ elapsedMs }) => elapsedMs));
  return timed.filter(({ elapsedMs }) => elapsedMs >= fastestMs + RETRANSMITTED_MS).flatMap(({ ids }) => ids);
}

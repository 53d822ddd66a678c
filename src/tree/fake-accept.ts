import type { Look } from './look.ts';
import { connectQuestion } from './reading.ts';

/** Ports that no server uses: IANA marks 47 and 61 as reserved. */
export const PORTS_THAT_CANNOT_BE_OPEN = [47, 61] as const;

/** Whoever accepts for everybody does it at once; longer than this is a port that drops. */
const AT_ONCE_MS = 400;

/**
 * Does this address accept on ports where nothing can listen? Evidence ids when it does, null when it does not or it cannot
 * be told, `wait` while the answers are outstanding.
 */
export function acceptsAnyPort(look: Look, address: string): readonly string[] | null | 'wait' {
  const answers = PORTS_THAT_CANNOT_BE_OPEN.map((port) => {
    const question = connectQuestion(address, port);
    return { answer: look.need(question), waitingMs: look.waitingMs(question) };
  });
  const accepted = answers.map(({ answer }) => answer?.fact('connect')?.outcome === 'connected');
  if (accepted.every((yes) => yes)) return answers.flatMap(({ answer }) => answer?.ids('connect') ?? []);
  const refuted = answers.some(({ answer }, index) => answer !== null && accepted[index] === false);
  if (refuted) return null;
  return answers.every(({ answer, waitingMs }) => answer !== null || waitingMs >= AT_ONCE_MS) ? null : 'wait';
}

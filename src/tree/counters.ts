/** What the kernel of the target counts, before and after. */
import type { Question } from '../domain/question.ts';
import { TARGET, type Look } from './look.ts';
import { connections } from './reading.ts';

export function countersQuestion(attempt: 0 | 1 | 2 | 3): Question {
  return { kind: 'counters', attempt };
}

/** A first reading at once; a second one when something has gone wrong, because what was added in between belongs to our own packets. */
export function askEarlyForCounters(look: Look): void {
  look.need(countersQuestion(0));
  if (hasFailed(look)) look.need(countersQuestion(1));
}

function hasFailed(look: Look): boolean {
  if (connections(look).some(({ fact }) => fact.outcome !== 'connected')) return true;
  return (['tls', 'request', 'exchange'] as const).some((kind) =>
    look.all(kind, TARGET).some((answer) => {
      const outcome = answer.fact('http')?.outcome ?? answer.fact('exchange')?.outcome ?? answer.fact('tls')?.failure ?? 'response';
      return outcome === 'no-answer' || outcome === 'silent' || outcome === 'timeout' || outcome === 'reset' || outcome === 'partial';
    }),
  );
}

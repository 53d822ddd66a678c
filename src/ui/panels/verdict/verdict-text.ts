import type { Observation } from '../../../domain/observation.ts';
import type { Verdict } from '../../../domain/verdict.ts';
import { nextSteps } from '../../../i18n/next-steps.ts';
import type { Messages } from '../../../i18n/index.ts';
import type { RunState } from '../../../store/run-state.ts';
import { observationsOf } from '../../../store/select.ts';
import { factWords } from '../../../domain/fact-words.ts';

/** The verdict in words, shared by the panel and by what stays on the terminal after leaving. */

/** A few words: the cause's title, or that it is reachable, or that no cause was found. */
export function verdictTitle(verdict: Verdict, messages: Messages): string {
  const status = messages.ui.verdict.status[verdict.status];
  if (verdict.cause === null) return status;
  return `${status}: ${messages.causes[verdict.cause].title} (${verdict.cause})`;
}

/** One sentence about the case at hand. */
export function verdictSentence(verdict: Verdict, messages: Messages): string {
  if (verdict.cause !== null) return messages.causes[verdict.cause].summary(verdict.parameters);
  const { host, port } = verdict.parameters;
  return verdict.status === 'reachable' ? messages.ui.verdict.reachable(host, port) : messages.ui.verdict.inconclusive;
}

export function verdictSteps(run: RunState, verdict: Verdict, messages: Messages): readonly string[] {
  if (verdict.cause === null) return [];
  return nextSteps(messages.causes[verdict.cause], verdict.parameters, run.target ?? { kind: 'local' });
}

/** One line for each observation that the verdict stands on; those that say the same are one, with how often. */
export function evidenceTexts(run: RunState, verdict: Verdict, messages: Messages): readonly string[] {
  const times = new Map<string, number>();
  for (const observation of observationsOf(run, verdict.evidence)) {
    const text = evidenceText(run, observation, messages);
    times.set(text, (times.get(text) ?? 0) + 1);
  }
  return [...times].map(([text, count]) => (count === 1 ? text : `${text} (${count.toString()}x)`));
}

function evidenceText(run: RunState, observation: Observation, messages: Messages): string {
  const vantage = run.vantages.find((known) => known.id === observation.vantage);
  const where = vantage === undefined || vantage.role === 'target' ? '' : `[${vantage.name}] `;
  const said = factWords(observation.fact) || (observation.lines.find((line) => line.trim() !== '')?.trim() ?? '');
  return `${where}${messages.ui.question(observation.question)} ${said} (${observation.dialect})`;
}

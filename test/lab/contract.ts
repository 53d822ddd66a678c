/** Holds a run against the contract of `netdiag-run/v1`, and its proof against itself: what is named exists, and says how it was seen. */
import type { Observation } from '../../src/domain/observation.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { en } from '../../src/i18n/en.ts';
import { runJson } from '../../src/report/json.ts';
import { EMPTY_RUN, withEvent } from '../../src/report/run-summary.ts';
import { readRun, type Run } from '../e2e/run-contract.ts';

/** What is wrong with the run's JSON, in sentences; empty when nothing is. */
export function contractBreaches(events: readonly RunEvent[]): readonly string[] {
  let run: Run;
  try {
    run = readRun(JSON.stringify(runJson(events.reduce(withEvent, EMPTY_RUN), en)));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const named = new Set([...run.verdict.evidence, ...run.notes.flatMap(({ evidence }) => evidence), ...run.verdict.ruledOut.flatMap(({ because }) => because)]);
  const observations = run.observations as unknown as readonly Observation[];
  return [
    ...observations.filter(({ id }) => named.has(id)).flatMap(withoutProof),
    ...run.verdict.ruledOut.filter(({ cause }) => cause === run.verdict.cause).map(({ cause }) => `${cause} is the verdict and ruled out`),
    ...(run.verdict.status !== 'inconclusive' && run.verdict.commands.length === 0 && observations.some((one) => run.verdict.evidence.includes(one.id) && canBeTyped(one, observations))
      ? ['a verdict without a command to see it again']
      : []),
    ...run.verdict.untestable.filter(({ question, reason }) => question === '' || reason === '').map(() => 'something is untestable and not said why'),
  ];
}

/** Evidence has the command that showed it and the lines that it was read from. */
function withoutProof({ id, command, lines, fact, question }: Observation): readonly string[] {
  const what = `${id} (${question.kind}: ${fact.kind})`;
  return [
    ...(command.length === 0 ? [`${what} has no command`] : []),
    // A place that has nothing says nothing.
    ...(lines.length === 0 && question.kind !== 'tools' ? [`${what} has no lines`] : []),
    ...(fact.kind === 'unavailable' ? [`${what} is no evidence`] : []),
  ];
}

/** Clients of TLS that a person can type. Where there is none, what was learnt by speaking TLS through a channel cannot be seen again by hand. */
const TLS_CLIENTS = ['curl', 'openssl', 'python3'] as const;

function canBeTyped({ question, vantage }: Observation, observations: readonly Observation[]): boolean {
  if (question.kind === 'tools') return false;
  const isSecure = question.kind === 'tls' || (question.kind === 'request' && question.url.startsWith('https:')) || (question.kind === 'exchange' && question.tls);
  if (!isSecure) return true;
  const tools = observations.find((one) => one.vantage === vantage && one.fact.kind === 'tools')?.fact;
  return tools?.kind !== 'tools' || TLS_CLIENTS.some((name) => tools.tools[name] !== undefined);
}

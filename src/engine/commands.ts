import type { Fact, ToolsFact } from '../domain/facts.ts';
import type { Observation } from '../domain/observation.ts';
import { askedKey, type Asked } from '../domain/question.ts';
import { composeArgv } from '../domain/shell-words.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import { isTypeable, repeatArgv, repeatedly } from '../probes/repeat/index.ts';

/** More commands than this nobody types. */
const COMMANDS_SHOWN = 6;

/** A command to type, with its vantage's prefix, and the observations that it shows again. */
export interface ProofCommand {
  readonly argv: readonly string[];
  readonly shows: readonly Observation[];
}

/** The commands that show a verdict's evidence again, the weightiest first. */
export function proofCommands(
  evidence: readonly string[],
  observations: readonly Observation[],
  vantages: readonly Pick<VantageIdentity, 'id' | 'prefix'>[],
): readonly ProofCommand[] {
  const commands = new Map<string, { readonly argv: readonly string[]; readonly shows: Observation[] }>();
  for (const observation of evidence.flatMap((id) => observations.find((one) => one.id === id) ?? [])) {
    const own = ownCommand(observation, evidence, observations);
    if (own === null) continue;
    // A command of kubectl names its cluster itself.
    const prefix = observation.dialect === 'kubernetes' ? [] : (vantages.find(({ id }) => id === observation.vantage)?.prefix ?? []);
    const argv = composeArgv(prefix, own);
    const key = JSON.stringify(argv);
    const known = commands.get(key) ?? { argv, shows: [] };
    known.shows.push(observation);
    commands.set(key, known);
  }
  return [...commands.values()].slice(0, COMMANDS_SHOWN);
}

/** null when there is nothing to type: what tools a place has is no proof of a fault. */
function ownCommand(observation: Observation, evidence: readonly string[], observations: readonly Observation[]): readonly string[] | null {
  if (observation.command.length === 0 || observation.question.kind === 'tools') return null;
  const tools = toolsOf(observation.vantage, observations);
  if (tools === null || observation.dialect === 'kubernetes') return observation.command;
  const argv = repeatArgv(observation, tools) ?? (isTypeable(observation) ? observation.command : null);
  if (argv === null) return null;
  return comesAndGoes(observation, evidence, observations) ? repeatedly(argv, tools) : argv;
}

function toolsOf(vantage: string, observations: readonly Observation[]): ToolsFact | null {
  const found = observations.find((one) => one.vantage === vantage && one.fact.kind === 'tools');
  return found?.fact.kind === 'tools' ? found.fact : null;
}

/** Tries of one question that differ are evidence of a fault that one more try may not show. */
function comesAndGoes({ question, vantage }: Observation, evidence: readonly string[], observations: readonly Observation[]): boolean {
  const asked = withoutAttempt({ vantage, question });
  const tries = observations.filter((one) => evidence.includes(one.id) && withoutAttempt(one) === asked);
  return OUTCOMES.some((outcomeOf) => new Set(tries.flatMap(({ fact }) => outcomeOf(fact) ?? [])).size > 1);
}

function withoutAttempt({ vantage, question }: Asked): string {
  return askedKey({ vantage, question }).replace(/ attempt=\d+/u, '');
}

/** What one kind of fact says of a try; null for facts of another kind. */
const OUTCOMES: readonly ((fact: Fact) => string | null)[] = [
  (fact) => (fact.kind === 'connect' ? fact.outcome : null),
  (fact) => (fact.kind === 'http' ? `${fact.outcome} ${String(fact.status)}` : null),
  (fact) => (fact.kind === 'exchange' ? fact.outcome : null),
  (fact) => (fact.kind === 'tls' ? (fact.failure ?? 'established') : null),
];

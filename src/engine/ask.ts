import { errorText } from '../domain/error-text.ts';
import type { Observation } from '../domain/observation.ts';
import { withoutBallast } from '../domain/telling-lines.ts';
import { askedKey, type Asked, type Question } from '../domain/question.ts';
import { nothingFound, unavailable, type CommandWatch, type Finding } from '../probes/probe.ts';
import type { AskCluster, ClusterQuestion } from './request.ts';
import type { Prober } from './prober.ts';

/** Lines that stay with an observation; more are in the live output. */
const LINES_KEPT = 40;

export function isClusterQuestion(question: Question): question is ClusterQuestion {
  switch (question.kind) {
    case 'pod-state':
    case 'node-state':
    case 'cni-state':
    case 'proxy-state':
    case 'cluster-dns':
    case 'dns-server':
    case 'service':
    case 'service-at':
    case 'changes':
    case 'policy':
    case 'log':
    case 'endpoints':
      return true;
    default:
      return false;
  }
}

/** Puts one question where it belongs. Never rejects: what goes wrong on the way makes the answer `unavailable`. */
export async function putQuestion(
  asked: Asked,
  probers: ReadonlyMap<string, Prober>,
  askCluster: AskCluster | null,
  watch: CommandWatch,
  signal: AbortSignal,
): Promise<Finding> {
  const { question } = asked;
  try {
    if (isClusterQuestion(question)) {
      if (askCluster === null) return nothingFound('no cluster');
      const { fact, further = [], command, lines = [], shown = false } = await askCluster(question, signal, watch);
      if (lines.length > 0 && !shown) show(watch, command, lines);
      return { facts: [fact, ...further], dialect: 'kubernetes', command, lines };
    }
    const prober = probers.get(asked.vantage);
    if (prober === undefined) return nothingFound(`no vantage ${asked.vantage}`, 'vantage-lost');
    return await prober.ask(question, watch, signal);
  } catch (error) {
    return nothingFound(errorText(error), signal.aborted ? 'cancelled' : 'command-failed');
  }
}

/** What the API told appears among the outputs of its layer, under the command that shows the same. */
function show(watch: CommandWatch, command: readonly string[], lines: readonly string[]): void {
  const id = watch.started(command);
  for (const text of lines) watch.line(id, { stream: 'stdout', text, atMs: 0 });
  watch.ended(id, { exitCode: 0, failure: null });
}

export interface Timing {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** A finding as observations, one a fact; never empty. */
export function observationsOf(asked: Asked, finding: Finding, timing: Timing, nextId: () => string): readonly Observation[] {
  const facts = finding.facts.length > 0 ? finding.facts : [unavailable('not-understood', finding.lines[0] ?? askedKey(asked))];
  return facts.map((fact) => ({
    id: nextId(),
    vantage: asked.vantage,
    question: asked.question,
    fact,
    dialect: finding.dialect,
    command: finding.command,
    lines: withoutBallast(finding.lines).slice(-LINES_KEPT),
    startedAtMs: timing.startedAtMs,
    durationMs: timing.endedAtMs - timing.startedAtMs,
  }));
}

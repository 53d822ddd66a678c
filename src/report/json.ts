import type { Dependency } from '../domain/dependency.ts';
import type { Layer, LayerStatus } from '../domain/layer.ts';
import type { CauseId, Confidence } from '../domain/cause.ts';
import type { ChangesFact } from '../domain/facts.ts';
import type { Observation } from '../domain/observation.ts';
import type { Target } from '../domain/target.ts';
import type { VerdictStatus } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';
import { accessCommands, accessJson, type AccessJson } from './access-text.ts';
import { foundJson, type FoundJson } from './dependencies-json.ts';
import type { RunSummary, StartedRun } from './run-summary.ts';
import { hasStarted } from './run-summary.ts';
import { changesOf } from './changes.ts';
import { shellLine } from './shell-quote.ts';
import { nodeQuestion, stepAnswer } from './tree-text.ts';
import { layerSummary, untestableReason, vantageName, verdictNextSteps, verdictOf, verdictSummary } from './verdict-text.ts';

export const RUN_SCHEMA = 'netdiag-run/v1';

/**
 * `netdiag-run/v1`. Ids (causes, layers, nodes, branches, observations) are stable; sentences are in the run's language.
 * Times are milliseconds; `durationMs` counts to the last event.
 */
export interface RunJson {
  readonly schema: typeof RUN_SCHEMA;
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: Target;
  /** `chosen`: only with `--to auto`; why it was taken, and where it was found. */
  readonly dependency: Pick<Dependency, 'url' | 'protocol' | 'host' | 'port'> & { readonly chosen?: { readonly reason: string; readonly foundIn: readonly FoundJson[]; readonly others: number } };
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ended: 'completed' | 'timed-out' | 'interrupted' | null;
  readonly verdict: {
    readonly status: VerdictStatus;
    readonly cause: CauseId | null;
    readonly layer: Layer | null;
    readonly confidence: Confidence;
    readonly summary: string;
    readonly evidence: readonly string[];
    readonly ruledOut: readonly { readonly cause: CauseId; readonly because: readonly string[] }[];
    readonly untestable: readonly { readonly question: string; readonly vantage: string; readonly reason: string }[];
    readonly nextSteps: readonly string[];
    /** Each a line for a POSIX shell. */
    readonly commands: readonly string[];
  };
  readonly notes: readonly {
    readonly cause: CauseId;
    readonly confidence: Confidence;
    readonly summary: string;
    readonly evidence: readonly string[];
  }[];
  readonly layers: readonly { readonly layer: Layer; readonly status: LayerStatus; readonly summary: string }[];
  readonly path: readonly {
    readonly node: string;
    readonly question: string;
    /** Branch id; null while the node waited for answers. */
    readonly branch: string | null;
    readonly answer: string | null;
    readonly observations: readonly string[];
  }[];
  /** How the target was entered; null when it is no pod. */
  readonly access: AccessJson | null;
  readonly vantages: readonly { readonly id: string; readonly name: string; readonly kind: string; readonly node: string | null }[];
  readonly unusable: readonly { readonly vantage: string; readonly reason: string }[];
  /** What changed around the connection in the last hour, newest first; null when the API was not asked or did not tell. */
  readonly changes: Omit<ChangesFact, 'kind'> | null;
  readonly observations: readonly Observation[];
  /** What people wrote while they watched, in order. `writtenAt` is RFC 3339. */
  readonly remarks: readonly { readonly by: string; readonly writtenAt: string; readonly text: string }[];
}

/** A run that could not start. */
export interface ErrorJson {
  readonly schema: string;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

/** The whole run as data; null when it never started. */
export function runJson(run: RunSummary, messages: Messages): RunJson | null {
  if (!hasStarted(run)) return null;
  const { tool, target, dependency, startedAt } = run.started;
  const { url, protocol, host, port } = dependency;
  return {
    schema: RUN_SCHEMA,
    tool,
    target,
    dependency: { url, protocol, host, port, ...(run.chosen === null ? {} : { chosen: { ...run.chosen, foundIn: run.chosen.foundIn.map((found) => foundJson(found, messages)) } }) },
    startedAt,
    durationMs: Math.round(run.durationMs),
    ended: run.ended,
    verdict: verdictJson(run, messages),
    notes: notesJson(run, messages),
    layers: run.layers.map((state) => ({ layer: state.layer, status: state.status, summary: layerSummary(run, state, messages) })),
    path: run.path.map((step) => ({
      node: step.node,
      question: nodeQuestion(messages, step.node),
      branch: step.answer,
      answer: stepAnswer(messages, step),
      observations: step.observations,
    })),
    access: run.access === null ? null : accessJson(run.access, messages),
    vantages: run.vantages.map(({ id, name, kind, node }) => ({ id, name, kind, node })),
    unusable: run.unusable,
    changes: changesJson(run),
    observations: run.observations,
    remarks: run.remarks.map(({ by, writtenAt, text }) => ({ by, writtenAt, text })),
  };
}

function changesJson(run: StartedRun): RunJson['changes'] {
  const fact = changesOf(run);
  return fact === null ? null : { windowMs: fact.windowMs, changes: fact.changes, unreadable: fact.unreadable };
}

function verdictJson(run: StartedRun, messages: Messages): RunJson['verdict'] {
  const { status, cause, layer, confidence, evidence, ruledOut, untestable, commands } = verdictOf(run);
  return {
    status,
    cause,
    layer,
    confidence,
    summary: verdictSummary(run, messages),
    evidence,
    ruledOut,
    untestable: untestable.map((one) => ({
      question: messages.ui.question(one.question),
      vantage: vantageName(run, one.vantage, messages),
      reason: untestableReason(one, messages),
    })),
    nextSteps: verdictNextSteps(run, messages),
    commands: [...commands, ...accessCommands(run.access)].map(shellLine),
  };
}

function notesJson(run: StartedRun, messages: Messages): RunJson['notes'] {
  return (run.conclusion?.notes ?? []).map(({ cause, confidence, parameters, evidence }) => ({
    cause,
    confidence,
    summary: messages.causes[cause].summary(parameters),
    evidence,
  }));
}

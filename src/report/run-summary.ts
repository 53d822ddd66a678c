import type { Access } from '../domain/access.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { LayerState } from '../domain/layer.ts';
import type { Observation } from '../domain/observation.ts';
import type { QuestionKind } from '../domain/question.ts';
import { isOfPeople, type RunEvent, type RunEventOf } from '../domain/run-event.ts';
import type { Target } from '../domain/target.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import type { Conclusion, PathStep } from '../domain/verdict.ts';

/** What a report needs of a run, as far as it went: the fold of its events. Every report is made from this alone. */
export interface RunSummary {
  /** null until `run-started`. */
  readonly started: {
    readonly runId: string;
    readonly tool: { readonly name: string; readonly version: string };
    readonly target: Target;
    readonly dependency: Dependency;
    readonly startedAt: string;
  } | null;
  /** How the target was entered; null when it is no pod. */
  readonly access: Access | null;
  /** Why this destination, when it was not named but chosen; null when it was named. */
  readonly chosen: Pick<RunEventOf<'dependency-chosen'>, 'reason' | 'foundIn' | 'others'> | null;
  readonly vantages: readonly VantageIdentity[];
  readonly unusable: readonly { readonly vantage: string; readonly reason: string }[];
  /** Kind of the question behind each key. */
  readonly asked: Readonly<Record<string, QuestionKind>>;
  /** By command id: what it is for (null when that was not told), and how many lines it has said. */
  readonly commands: Readonly<Record<string, { readonly kind: QuestionKind | null; readonly lines: number }>>;
  /** In order of arrival. */
  readonly observations: readonly Observation[];
  readonly path: readonly PathStep[];
  readonly layers: readonly LayerState[];
  /** null while there is no verdict. */
  readonly conclusion: Conclusion | null;
  /** Milliseconds from the start to the last event. */
  readonly durationMs: number;
  /** What people wrote while they watched. */
  readonly remarks: readonly RunEventOf<'note-left'>[];
  /** null while the run goes on. */
  readonly ended: RunEventOf<'run-ended'>['reason'] | null;
}

/** A run of which there is enough to report. */
export type StartedRun = RunSummary & { readonly started: NonNullable<RunSummary['started']> };

export const EMPTY_RUN: RunSummary = {
  started: null,
  access: null,
  chosen: null,
  vantages: [],
  unusable: [],
  asked: {},
  commands: {},
  observations: [],
  path: [],
  layers: [],
  conclusion: null,
  durationMs: 0,
  remarks: [],
  ended: null,
};

/** The run after one more event. Pure. */
export function withEvent(run: RunSummary, event: RunEvent): RunSummary {
  const durationMs = isOfPeople(event) ? run.durationMs : Math.max(run.durationMs, event.atMs);
  return { ...run, durationMs, ...change(run, event) };
}

function change(run: RunSummary, event: RunEvent): Partial<RunSummary> {
  switch (event.kind) {
    case 'run-started': {
      const { runId, tool, target, dependency, startedAt } = event;
      return { started: { runId, tool, target, dependency, startedAt } };
    }
    case 'entered':
      return { access: event.access };
    case 'dependency-chosen': {
      const { reason, foundIn, others } = event;
      return { chosen: { reason, foundIn, others } };
    }
    case 'vantage-joined':
      return { vantages: [...run.vantages, event.vantage] };
    case 'vantage-unusable':
      return { unusable: [...run.unusable, { vantage: event.vantage, reason: event.reason }] };
    case 'question-asked':
      return { asked: { ...run.asked, [event.key]: event.asked.question.kind } };
    case 'command-started':
      return { commands: { ...run.commands, [event.command]: { kind: run.asked[event.key] ?? null, lines: 0 } } };
    case 'output': {
      const command = run.commands[event.command] ?? { kind: null, lines: 0 };
      return { commands: { ...run.commands, [event.command]: { ...command, lines: command.lines + event.lines.length } } };
    }
    case 'observed':
      return { observations: [...run.observations, event.observation] };
    case 'tree-moved':
      return { path: event.path, layers: event.layers };
    case 'wished':
      return { conclusion: null, ended: null };
    case 'concluded':
      return { conclusion: event.conclusion, path: event.conclusion.path, layers: event.conclusion.layers };
    case 'run-ended':
      return { ended: event.reason };
    case 'note-left':
      return { remarks: [...run.remarks, event] };
    case 'command-ended':
    case 'driver-moved':
      return {};
  }
}

export function hasStarted(run: RunSummary): run is StartedRun {
  return run.started !== null;
}

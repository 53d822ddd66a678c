import type { Layer, LayerStatus } from '../domain/layer.ts';
import type { Observation } from '../domain/observation.ts';
import type { PathStep } from '../domain/verdict.ts';
import type { CommandState, QuestionState, RunState } from './run-state.ts';

/** `waiting`: nothing was asked of this layer yet; `running`: asked, and not decided. */
export type PanelStatus = LayerStatus | 'waiting' | 'running';

/** How a layer stands. What the tree has decided wins over what still runs. */
export function panelStatus(run: RunState, layer: Layer): PanelStatus {
  const decided = run.layers.find((state) => state.layer === layer);
  if (decided !== undefined && decided.status !== 'unknown' && decided.status !== 'skipped') return decided.status;
  if (run.phase === 'running' && run.conclusion === null) {
    if (runningCommands(run, layer).length > 0 || openQuestions(run, layer).length > 0) return 'running';
    return 'waiting';
  }
  return decided?.status ?? 'skipped';
}

export function runningCommands(run: RunState, layer: Layer): readonly CommandState[] {
  return Object.values(run.commands).filter((command) => command.layer === layer && command.endedAtMs === null);
}

function openQuestions(run: RunState, layer: Layer): readonly QuestionState[] {
  return run.waitingFor.map((key) => run.questions[key]).filter((question) => question?.layer === layer) as QuestionState[];
}

/** The questions that the tree waits for, as far as they were announced. */
export function waitingQuestions(run: RunState): readonly QuestionState[] {
  return run.waitingFor.flatMap((key) => run.questions[key] ?? []);
}

/** From a layer's first command to the end of its last one, or until `nowMs` while one runs; null before the first. */
export function layerElapsedMs(run: RunState, layer: Layer, nowMs: number): number | null {
  const commands = Object.values(run.commands).filter((command) => command.layer === layer);
  if (commands.length === 0) return null;
  const start = Math.min(...commands.map((command) => command.startedAtMs));
  const end = Math.max(...commands.map((command) => command.endedAtMs ?? (run.phase === 'running' ? nowMs : run.lastEventAtMs)));
  return Math.max(0, end - start);
}

/** Observations in the given order; ids that are not known are left out. */
export function observationsOf(run: RunState, ids: readonly string[]): readonly Observation[] {
  return ids.flatMap((id) => run.observations[id] ?? []);
}

export function cursorStep(run: RunState): PathStep | null {
  return run.path.at(-1) ?? null;
}

/** 0 reachable, 1 a fault, 2 inconclusive; null when no verdict stands. */
export function verdictExitCode(run: RunState): 0 | 1 | 2 | null {
  switch (run.conclusion?.verdict.status) {
    case 'reachable':
      return 0;
    case 'fault':
      return 1;
    case 'inconclusive':
      return 2;
    case undefined:
      return null;
  }
}

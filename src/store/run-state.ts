import type { Access } from '../domain/access.ts';
import type { CommandFailure } from '../domain/command.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { Layer, LayerState } from '../domain/layer.ts';
import type { Observation } from '../domain/observation.ts';
import type { Asked } from '../domain/question.ts';
import type { RunEventOf } from '../domain/run-event.ts';
import type { DriverView } from '../domain/run-panel.ts';
import type { Target } from '../domain/target.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import type { Conclusion, PathStep } from '../domain/verdict.ts';

export interface QuestionState {
  readonly key: string;
  readonly asked: Asked;
  readonly layer: Layer;
  readonly askedAtMs: number;
}

export interface CommandState {
  readonly id: string;
  readonly key: string;
  readonly vantage: string;
  readonly layer: Layer;
  readonly argv: readonly string[];
  readonly startedAtMs: number;
  /** null while it runs. */
  readonly endedAtMs: number | null;
  readonly exitCode: number | null;
  readonly failure: CommandFailure | null;
}

/** A run as far as it went: the fold of its events. Tool output is not here but in the panel log. */
export interface RunState {
  readonly phase: 'idle' | 'running' | 'ended';
  readonly runId: string | null;
  readonly target: Target | null;
  readonly dependency: Dependency | null;
  readonly startedAt: string | null;
  /** How the target was entered; null when it is no pod. */
  readonly access: Access | null;
  readonly vantages: readonly VantageIdentity[];
  readonly unusable: readonly { readonly vantage: string; readonly reason: string }[];
  readonly questions: Readonly<Record<string, QuestionState>>;
  readonly commands: Readonly<Record<string, CommandState>>;
  /** By id. */
  readonly observations: Readonly<Record<string, Observation>>;
  readonly path: readonly PathStep[];
  readonly layers: readonly LayerState[];
  readonly waitingFor: readonly string[];
  /** Nodes that somebody asked out of order. */
  readonly besides: readonly PathStep[];
  readonly conclusion: Conclusion | null;
  readonly endReason: 'completed' | 'timed-out' | 'interrupted' | null;
  /** What people wrote while they watched. */
  readonly remarks: readonly RunEventOf<'note-left'>[];
  /** Where the one who drives looks, as far as that was told; null: it was not. */
  readonly driver: DriverView | null;
  /** Milliseconds from the start to the last event; remarks do not count. */
  readonly lastEventAtMs: number;
}

export const IDLE_RUN: RunState = {
  phase: 'idle',
  runId: null,
  target: null,
  dependency: null,
  startedAt: null,
  access: null,
  vantages: [],
  unusable: [],
  questions: {},
  commands: {},
  observations: {},
  path: [],
  layers: [],
  waitingFor: [],
  besides: [],
  conclusion: null,
  endReason: null,
  remarks: [],
  driver: null,
  lastEventAtMs: 0,
};

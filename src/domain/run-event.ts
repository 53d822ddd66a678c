import type { CommandFailure, OutputLine } from './command.ts';
import type { Dependency } from './dependency.ts';
import type { Layer, LayerState } from './layer.ts';
import type { Observation } from './observation.ts';
import type { Asked } from './question.ts';
import type { Target } from './target.ts';
import type { VantageIdentity } from './vantage.ts';
import type { Conclusion, PathStep } from './verdict.ts';

/**
 * Everything that happens in a run, in order. Store, text, JSON and console are folds of this and of nothing else.
 * `atMs` counts from `run-started`.
 */
export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly atMs: 0;
      readonly runId: string;
      readonly tool: { readonly name: string; readonly version: string };
      readonly target: Target;
      readonly dependency: Dependency;
      readonly startedAt: string;
    }
  | { readonly kind: 'vantage-joined'; readonly atMs: number; readonly vantage: VantageIdentity }
  | { readonly kind: 'vantage-unusable'; readonly atMs: number; readonly vantage: string; readonly reason: string }
  | { readonly kind: 'question-asked'; readonly atMs: number; readonly key: string; readonly asked: Asked; readonly layer: Layer }
  | {
      readonly kind: 'command-started';
      readonly atMs: number;
      /** `c1`, `c2`, ...: unique in a run. */
      readonly command: string;
      readonly key: string;
      readonly vantage: string;
      readonly layer: Layer;
      readonly argv: readonly string[];
    }
  | { readonly kind: 'output'; readonly atMs: number; readonly command: string; readonly lines: readonly OutputLine[] }
  | {
      readonly kind: 'command-ended';
      readonly atMs: number;
      readonly command: string;
      readonly exitCode: number | null;
      readonly failure: CommandFailure | null;
    }
  | { readonly kind: 'observed'; readonly atMs: number; readonly observation: Observation }
  | {
      readonly kind: 'tree-moved';
      readonly atMs: number;
      /** The whole walk so far; its last step is the cursor. */
      readonly path: readonly PathStep[];
      readonly layers: readonly LayerState[];
      /** Keys of the questions that the cursor waits for. */
      readonly waitingFor: readonly string[];
    }
  | { readonly kind: 'concluded'; readonly atMs: number; readonly conclusion: Conclusion }
  | {
      readonly kind: 'run-ended';
      readonly atMs: number;
      readonly reason: 'completed' | 'timed-out' | 'interrupted';
    };

export type RunEventKind = RunEvent['kind'];
export type RunEventOf<K extends RunEventKind> = Extract<RunEvent, { kind: K }>;

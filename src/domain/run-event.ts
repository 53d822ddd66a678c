import type { Access } from './access.ts';
import type { CommandFailure, OutputLine } from './command.ts';
import type { Dependency } from './dependency.ts';
import type { FoundIn } from './found-dependency.ts';
import type { Layer, LayerState } from './layer.ts';
import type { Observation } from './observation.ts';
import type { Asked } from './question.ts';
import type { DriverView } from './run-panel.ts';
import type { Target } from './target.ts';
import type { VantageIdentity } from './vantage.ts';
import type { Conclusion, PathStep } from './verdict.ts';
import type { Wish } from './wish.ts';

/**
 * Everything that happens in a run, in order. Store, text, JSON and console are folds of this and of nothing else.
 * `atMs` counts from `run-started`, without the time between a verdict and the wish that goes on from it: after `run-ended` a `wished` may
 * come, and with it questions, answers, and another `concluded` and `run-ended`, which take the place of the former.
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
      /** With these and the observations the tree can decide again. */
      readonly connectTimeoutMs: number;
      readonly hasCluster: boolean;
    }
  /** How the target was entered; only for pods, and once. */
  | { readonly kind: 'entered'; readonly atMs: number; readonly access: Access }
  /** The destination was not named but chosen (`--to auto`): the first that fails of what the pod itself names. */
  | {
      readonly kind: 'dependency-chosen';
      readonly atMs: number;
      readonly url: string;
      readonly reason: 'failing' | 'failed-before' | 'only';
      readonly foundIn: readonly FoundIn[];
      /** How many more destinations were found. */
      readonly others: number;
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
      /** Nodes that somebody asked out of order; absent: none. */
      readonly besides?: readonly PathStep[];
    }
  /** Somebody wants more of this run. `forgotten`: keys of questions whose answers so far no longer count. */
  | { readonly kind: 'wished'; readonly atMs: number; readonly wish: Wish; readonly forgotten: readonly string[] }
  | { readonly kind: 'concluded'; readonly atMs: number; readonly conclusion: Conclusion }
  | {
      readonly kind: 'run-ended';
      readonly atMs: number;
      readonly reason: 'completed' | 'timed-out' | 'interrupted';
    }
  /** Somebody who watches wrote this. It may come after `run-ended`, and says nothing about how long the run took. */
  | {
      readonly kind: 'note-left';
      readonly atMs: number;
      readonly by: string;
      /** RFC 3339. */
      readonly writtenAt: string;
      readonly text: string;
    }
  /** The one who drives the console looks somewhere else. */
  | ({ readonly kind: 'driver-moved'; readonly atMs: number } & DriverView);

export type RunEventKind = RunEvent['kind'];
export type RunEventOf<K extends RunEventKind> = Extract<RunEvent, { kind: K }>;

/** What people do while they watch: it may come after `run-ended`, and says nothing about the run nor how long it took. */
export function isOfPeople(event: RunEvent): event is RunEventOf<'note-left' | 'driver-moved'> {
  return event.kind === 'note-left' || event.kind === 'driver-moved';
}

import type { RunHandle } from './console-ports.ts';
import type { Target } from './target.ts';

/** Something recorded that can be played: a past run, or a demo. */
export interface RecordingRow {
  readonly kind: 'run' | 'demo';
  readonly path: string;
  /** Id of the run, name of the demo. */
  readonly name: string;
  /** What came of it, or the demo's story; already in the user's language. */
  readonly about: string;
}

/** A recording that was read, as far as the console has to know it before it plays. */
export interface OpenedRecording {
  readonly path: string;
  readonly name: string;
  readonly target: Target;
  readonly dependencyText: string;
  /** What it lacks, a sentence each in the user's language; empty as a rule. */
  readonly gaps: readonly string[];
}

export interface PlaybackState {
  readonly isPlaying: boolean;
  /** 1: as fast as it happened. */
  readonly speed: number;
  /** Events that were played, and how many there are. */
  readonly played: number;
  readonly events: number;
}

/** To the next event, to the next answer of the decision tree, to the verdict. */
export type PlaybackStep = 'event' | 'node' | 'verdict';

/** A recording that is being played: its events come when they came then, or when they are asked for. */
export interface Playback extends Pick<RunHandle, 'events' | 'cancel'> {
  readonly state: PlaybackState;
  /** Called after each change of the state that no event tells of. */
  onChange(listener: () => void): void;
  toggle(): void;
  changeSpeed(direction: 'faster' | 'slower'): void;
  /** Plays at once up to there, and stands still. */
  step(to: PlaybackStep): void;
}

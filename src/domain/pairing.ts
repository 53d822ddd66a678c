import type { RunHandle } from './console-ports.ts';

/** A run that somebody drives now, as a list shows it. */
export interface LiveRow {
  readonly path: string;
  /** The beginning of the run's id. */
  readonly name: string;
  /** Whose it is. */
  readonly driver: string;
}

/** What is heard of the driver. `closed`: the run was left; `silent`, `gone`: no sign of life for 7 and 20 seconds. */
export interface LiveState {
  readonly driver: string;
  readonly heard: 'live' | 'silent' | 'gone' | 'closed';
}

/** Somebody else's run, while it goes on. */
export interface LiveRun extends Pick<RunHandle, 'events' | 'cancel'> {
  readonly state: LiveState;
  /** Called after each change of the state. */
  onChange(listener: () => void): void;
  /** Leaves a note for all who watch, the driver among them; null, or why it could not be written. */
  note(text: string): string | null;
}

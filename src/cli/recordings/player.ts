import type { Playback, PlaybackState, PlaybackStep } from '../../domain/playback.ts';
import type { RunEvent } from '../../domain/run-event.ts';

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;
/** Nobody learns anything by waiting longer for what once took that long. */
const LONGEST_WAIT_MS = 2_000;

/** Plays a recorded run once; for another time it takes another player. */
export class Player implements Playback {
  readonly events: AsyncIterable<RunEvent>;
  readonly #recorded: readonly RunEvent[];
  #played = 0;
  #isPlaying = true;
  #speed = 1;
  #steppingTo: PlaybackStep | null = null;
  /** The answers that the tree has so far. */
  #answered = '';
  #isCancelled = false;
  #wake: () => void = () => undefined;
  #changed: () => void = () => undefined;

  constructor(recorded: readonly RunEvent[]) {
    this.#recorded = recorded;
    this.events = this.#play();
  }

  get state(): PlaybackState {
    return { isPlaying: this.#isPlaying, speed: this.#speed, played: this.#played, events: this.#recorded.length };
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  toggle(): void {
    this.#isPlaying = !this.#isPlaying;
    this.#tell();
  }

  changeSpeed(direction: 'faster' | 'slower'): void {
    const at = SPEEDS.findIndex((speed) => speed === this.#speed) + (direction === 'faster' ? 1 : -1);
    this.#speed = SPEEDS[at] ?? this.#speed;
    this.#tell();
  }

  step(to: PlaybackStep): void {
    this.#steppingTo = to;
    this.#isPlaying = false;
    this.#tell();
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#wake();
  }

  async *#play(): AsyncGenerator<RunEvent> {
    let beforeMs = 0;
    for (const event of this.#recorded) {
      await this.#pause(Math.min(LONGEST_WAIT_MS, event.atMs - beforeMs));
      if (this.#isCancelled) return;
      beforeMs = event.atMs;
      this.#played += 1;
      yield event;
      const answeredBefore = this.#answered;
      this.#answered = answered(event) ?? answeredBefore;
      if (this.#steppingTo !== null && isReached(this.#steppingTo, event, this.#answered !== answeredBefore)) this.#steppingTo = null;
    }
    this.#isPlaying = false;
    this.#changed();
  }

  /** Until so much time of the recording has passed, a step is asked for, or it is over. */
  async #pause(recordedMs: number): Promise<void> {
    let leftMs = recordedMs;
    while (!this.#isCancelled && this.#steppingTo === null && (leftMs > 0 || !this.#isPlaying)) {
      const startedAtMs = performance.now();
      const speed = this.#speed;
      const wasPlaying = this.#isPlaying;
      await this.#woken(wasPlaying ? leftMs / speed : null);
      if (wasPlaying) leftMs -= (performance.now() - startedAtMs) * speed;
    }
  }

  /** After so many milliseconds, or when something was pressed; null: only then. */
  #woken(afterMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = afterMs === null ? null : setTimeout(resolve, afterMs);
      this.#wake = () => {
        if (timer !== null) clearTimeout(timer);
        resolve();
      };
    });
  }

  #tell(): void {
    this.#wake();
    this.#changed();
  }
}

/** Nodes and branches of a walk that were answered; null: the event does not tell of the walk. A walk that only waits for something else has no new ones. */
function answered(event: RunEvent): string | null {
  if (event.kind !== 'tree-moved') return null;
  return [...event.path, ...(event.besides ?? [])].flatMap(({ node, answer }) => (answer === null ? [] : [`${node}=${answer}`])).join(' ');
}

function isReached(step: PlaybackStep, event: RunEvent, isNewAnswer: boolean): boolean {
  switch (step) {
    case 'event':
      return true;
    case 'node':
      return isNewAnswer || event.kind === 'concluded';
    case 'verdict':
      return event.kind === 'concluded';
  }
}

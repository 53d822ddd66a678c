import type { EndingSignal } from './exit-code.ts';

const SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long a run may take to end its commands after it was asked to. */
const GRACE_MS = 3_000;
/** A terminal signals the whole process group, and npm or another Node above us passes the same signal on: that is one wish. */
const SAME_WISH_MS = 300;

/** What a process can be told from outside; `process` is one. */
export interface SignalSource {
  on(signal: EndingSignal, listener: () => void): unknown;
  off(signal: EndingSignal, listener: () => void): unknown;
}

/** The user's or the system's wish to stop. The first signal asks; a second one, or the end of the grace time, insists. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #source: SignalSource;
  readonly #listeners = new Map<EndingSignal, () => void>();
  readonly #insist: () => void;
  /** Settles when waiting any longer is pointless. */
  readonly insisted: Promise<'insisted'>;
  #received: EndingSignal | null = null;
  #receivedAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(source: SignalSource) {
    this.#source = source;
    const { promise, resolve } = Promise.withResolvers<'insisted'>();
    this.insisted = promise;
    this.#insist = () => {
      resolve('insisted');
    };
    for (const signal of SIGNALS) {
      const listener = (): void => {
        this.#take(signal);
      };
      this.#listeners.set(signal, listener);
      source.on(signal, listener);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The first signal that came; null when the run was left alone. */
  get received(): EndingSignal | null {
    return this.#received;
  }

  /** Ends the run for a reason of our own, such as a reader that went away. */
  stop(): void {
    if (this.#controller.signal.aborted) return;
    this.#controller.abort();
    this.#timer = setTimeout(this.#insist, GRACE_MS);
  }

  /** Stops listening. Safe to call twice. */
  dispose(): void {
    for (const [signal, listener] of this.#listeners) this.#source.off(signal, listener);
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #take(signal: EndingSignal): void {
    if (this.#received !== null) {
      if (performance.now() - this.#receivedAt > SAME_WISH_MS) this.#insist();
      return;
    }
    this.#received = signal;
    this.#receivedAt = performance.now();
    this.stop();
  }
}

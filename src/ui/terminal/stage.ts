import type { KeyPress } from './key-decoder.ts';
import { openTerminal, type ConsoleStreams } from './terminal.ts';

/** What shows the console: Ink's instance, or the spoken console. */
export interface Shown {
  unmount(): void;
  waitUntilExit(): Promise<unknown>;
  waitUntilRenderFlush(): Promise<unknown>;
}

export type StageEnd = { readonly kind: 'crash'; readonly error: unknown } | { readonly kind: 'gone' };

/** The terminal with the console in it. It can be given to something else for a while; what is shown lives in the store, not here. */
export class Stage {
  readonly #streams: ConsoleStreams;
  readonly #show: () => Shown;
  readonly #onKey: (key: KeyPress) => void;
  readonly #end: (end: StageEnd) => void;
  readonly #leaving = new AbortController();
  #app: Shown | null = null;
  #terminal: { readonly restore: () => void } | null = null;
  /** Set while something else has the terminal. */
  #handedOver: Promise<void> | null = null;

  constructor(streams: ConsoleStreams, show: () => Shown, onKey: (key: KeyPress) => void, end: (end: StageEnd) => void) {
    this.#streams = streams;
    this.#show = show;
    this.#onKey = onKey;
    this.#end = end;
  }

  /** Resolves with the first frame. */
  async open(): Promise<void> {
    this.#terminal = openTerminal(this.#streams, { onKey: this.#onKey, onGone: () => { this.#end({ kind: 'gone' }); } });
    const app = this.#show();
    this.#app = app;
    app.waitUntilExit().catch((error: unknown) => { this.#end({ kind: 'crash', error }); });
    await app.waitUntilRenderFlush();
  }

  /** Leaves the alternate screen, runs, and shows the console again. One at a time. */
  async handOver(run: (leaving: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#handedOver !== null || this.#leaving.signal.aborted) return;
    await this.#withdraw(false);
    this.#handedOver = run(this.#leaving.signal);
    try {
      await this.#handedOver;
    } finally {
      this.#handedOver = null;
      if (!this.#leaving.signal.aborted) await this.open();
    }
  }

  /** Gives the terminal back; what it was handed to is ended first. A terminal that is gone is not waited for. */
  async close(isGone: boolean): Promise<void> {
    this.#leaving.abort();
    await this.#handedOver?.catch(() => undefined);
    await this.#withdraw(isGone);
  }

  /** Shows the cursor again and leaves raw mode. */
  async #withdraw(isGone: boolean): Promise<void> {
    const app = this.#app;
    this.#app = null;
    const exited = app?.waitUntilExit().catch(() => undefined);
    app?.unmount();
    if (!isGone) await exited;
    this.#terminal?.restore();
    this.#terminal = null;
  }
}

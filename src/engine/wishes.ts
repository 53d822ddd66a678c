import type { Vantage } from '../domain/vantage.ts';
import type { Wish } from '../domain/wish.ts';

/** A wish with what it takes: a place to compare with is a vantage, which the run then uses and its giver closes. */
export type GrantableWish = Exclude<Wish, { kind: 'compare' }> | { readonly kind: 'compare'; readonly vantage: Vantage };

/** The way in to a run that goes on. Wishes are granted in the order they came; what comes of them are events. */
export class Wishes {
  #waiting: GrantableWish[] = [];
  #wake: (() => void) | null = null;

  push(wish: GrantableWish): void {
    this.#waiting.push(wish);
    this.#wake?.();
  }

  /** All that wait now, possibly none. */
  take(): readonly GrantableWish[] {
    return this.#waiting.splice(0);
  }

  /** Waits for a wish, however long that takes. False: the signal aborted before one came. */
  async arrives(signal: AbortSignal): Promise<boolean> {
    if (this.#waiting.length === 0 && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#wake = () => { resolve(undefined); };
      signal.addEventListener('abort', () => { resolve(undefined); }, { once: true });
      await promise;
      this.#wake = null;
    }
    return !signal.aborted;
  }
}

/** An unbounded queue between callbacks and an async generator. Items come out in the order they were pushed. */
export class EventQueue<T> {
  readonly #items: T[] = [];
  #wake: (() => void) | null = null;

  push(item: T): void {
    this.#items.push(item);
    this.#wake?.();
    this.#wake = null;
  }

  /** All that waits now, possibly nothing. */
  drain(): readonly T[] {
    return this.#items.splice(0);
  }

  /** Settles when something is waiting, or after `timeoutMs`. */
  async ready(timeoutMs: number): Promise<void> {
    if (this.#items.length > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(finish, timeoutMs);
      function finish(): void {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = finish;
    });
  }
}

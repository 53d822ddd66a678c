/** The last `capacity` items of a stream, and how many went before them. */
export class LineRing<T> {
  readonly #capacity: number;
  #items: T[] = [];
  /** Index of the oldest item in #items once it is full. */
  #start = 0;
  #dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    if (this.#items.length < this.#capacity) {
      this.#items.push(item);
      return;
    }
    this.#items[this.#start] = item;
    this.#start = (this.#start + 1) % this.#capacity;
    this.#dropped += 1;
  }

  get length(): number {
    return this.#items.length;
  }

  /** How many items are gone because newer ones needed their place. */
  get dropped(): number {
    return this.#dropped;
  }

  /** 0 is the oldest that is kept; undefined outside. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#items.length) return undefined;
    return this.#items[(this.#start + index) % this.#capacity];
  }
}

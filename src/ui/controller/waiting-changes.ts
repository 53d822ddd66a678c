import type { NamespaceRow, PodRow } from '../../domain/console-ports.ts';

type Row = NamespaceRow | PodRow;
interface RowName {
  readonly namespace: string;
  readonly name: string;
}

/** A large cluster changes all the time; a list is redrawn this often at most. */
const SHOW_EVERY_MS = 250;

/** Changes of a list that wait to be shown together. */
export class WaitingChanges {
  readonly #show: (changed: readonly Row[], removed: readonly RowName[]) => void;
  #changed: Row[] = [];
  #removed: RowName[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(show: (changed: readonly Row[], removed: readonly RowName[]) => void) {
    this.#show = show;
  }

  /** A row that comes again after it was removed is there; one that is removed after it came is not. */
  add(changed: readonly Row[], removed: readonly RowName[]): void {
    const isGone = (row: Row): boolean => removed.some(({ namespace, name }) => name === row.name && ('namespace' in row ? row.namespace === namespace : true));
    this.#changed = [...this.#changed.filter((row) => !isGone(row)), ...changed];
    this.#removed.push(...removed);
    this.#timer ??= setTimeout(() => { this.flush(); }, SHOW_EVERY_MS);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#changed.length === 0 && this.#removed.length === 0) return;
    this.#show(this.#changed, this.#removed);
    this.#changed = [];
    this.#removed = [];
  }
}

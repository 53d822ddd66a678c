import fuzzysort from 'fuzzysort';
import type { DialogOf, PickItem } from '../../store/dialog.ts';

/** The items of a picker that its filter leaves, best match first. */
export function itemsLeft({ items, filter }: DialogOf<'picker'>): readonly PickItem[] {
  if (filter === '') return items;
  return fuzzysort.go(filter, items, { keys: ['label', 'detail'], threshold: 0.2 }).map((result) => result.obj);
}

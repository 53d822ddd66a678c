import type { ConsoleState, ListName } from '../../store/console-state.ts';
import { scrolledTop, setCursor } from '../../store/navigate.ts';
import type { Item } from '../components/table.ts';
import type { ConsoleContext } from '../context.ts';
import type { Action } from '../key-bindings.ts';
import { cursorIndex, itemsOf, startKey } from '../screens/list-items.ts';
import { listHeight } from '../screens/list-view.ts';

/** The state after a key that moves in a list; null for keys that do something else. */
export function listAfter({ messages }: ConsoleContext, state: ConsoleState, list: ListName, action: Action): ConsoleState | null {
  const items = itemsOf(state, list, messages);
  const cursor = state.cursors[list];
  const index = cursorIndex(items, cursor.itemKey ?? startKey(state, list));
  const height = listHeight(state, list);
  const next = movedTo(action, index, height, items.length);
  if (next === null) return null;
  const item = items[next];
  if (item === undefined) return state;
  const before = scrolledTop(cursor.top, Math.max(0, index), height, items.length);
  const top = jumpedTop(before, scrolledTop(before, next, height, items.length), height, items.length);
  return setCursor(state, list, { itemKey: item.key, top });
}

/** The item under the cursor; null in an empty list. */
export function chosenItem({ messages }: ConsoleContext, state: ConsoleState, list: ListName): Item | null {
  const items = itemsOf(state, list, messages);
  return items[cursorIndex(items, state.cursors[list].itemKey ?? startKey(state, list))] ?? null;
}

/** A changed filter starts at its best match. */
export function setFilter(state: ConsoleState, list: ListName, filter: string): ConsoleState {
  return setCursor(state, list, { filter, itemKey: null, top: 0 });
}

/** Past an edge the list goes on by half of the window: scrolling redraws every row, and over a slow line that is a second. */
function jumpedTop(before: number, top: number, height: number, count: number): number {
  const step = top - before;
  if (Math.abs(step) !== 1) return top;
  const jump = Math.max(1, Math.floor(height / 2));
  return Math.max(0, Math.min(Math.max(0, count - height), before + step * jump));
}

function movedTo(action: Action, index: number, height: number, count: number): number | null {
  const last = Math.max(0, count - 1);
  switch (action) {
    case 'up':
      return Math.max(0, index - 1);
    case 'down':
      return Math.min(last, index + 1);
    case 'pageUp':
      return Math.max(0, index - height);
    case 'pageDown':
      return Math.min(last, index + height);
    case 'first':
      return 0;
    case 'last':
      return last;
    default:
      return null;
  }
}

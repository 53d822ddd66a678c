import type { ConsoleState, CursorState, ListName, ListPhase, Screen } from './console-state.ts';
import { EMPTY_INPUT, FIRST_CURSOR, FIRST_RUN_VIEW } from './console-state.ts';

/** Pure moves between screens and inside lists. */

export function currentScreen(state: ConsoleState): Screen {
  return state.screens.at(-1) ?? { kind: 'namespaces' };
}

/** The list that a screen shows; null for one that shows none. */
export function listOf(screen: Screen): ListName | null {
  switch (screen.kind) {
    case 'contexts':
    case 'namespaces':
    case 'pods':
    case 'containers':
    case 'dependencies':
      return screen.kind;
    case 'run':
      return null;
  }
}

export function openScreen(state: ConsoleState, screen: Screen): ConsoleState {
  const list = listOf(screen);
  return {
    ...state,
    screens: [...state.screens, screen],
    ...(screen.kind === 'pods' && screen.namespace !== null ? { favourites: visited(state.favourites, screen.namespace) } : {}),
    filterOpen: false,
    ...(list === null ? {} : { cursors: { ...state.cursors, [list]: FIRST_CURSOR } }),
    ...(screen.kind === 'dependencies' ? { input: EMPTY_INPUT } : {}),
    ...(screen.kind === 'run' ? { runView: FIRST_RUN_VIEW, recentDestinations: recent(state.recentDestinations, screen) } : {}),
  };
}

/** Those that are offered again for the next pod. A recording's is none of ours. */
function recent(before: readonly string[], { dependencyText, recording }: Extract<Screen, { kind: 'run' }>): readonly string[] {
  return recording === undefined ? [dependencyText, ...before.filter((text) => text !== dependencyText)].slice(0, RECENT_KEPT) : before;
}

const RECENT_KEPT = 5;

/** As many as there are digits; a new one takes the place of the last. */
function visited(favourites: readonly string[], namespace: string): readonly string[] {
  return favourites.includes(namespace) ? favourites : [...favourites.slice(0, 8), namespace];
}

/** One screen back; the first one stays. */
export function goBack(state: ConsoleState): ConsoleState {
  if (state.screens.length < 2) return state;
  return { ...state, screens: state.screens.slice(0, -1), filterOpen: false };
}

export function setCursor(state: ConsoleState, list: ListName, change: Partial<CursorState>): ConsoleState {
  return { ...state, cursors: { ...state.cursors, [list]: { ...state.cursors[list], ...change } } };
}

export function setPhase(state: ConsoleState, list: ListName, phase: ListPhase): ConsoleState {
  return { ...state, lists: { ...state.lists, [list]: { ...state.lists[list], phase } } };
}

/** Forgets a list's rows and says that it is being loaded. */
export function beginLoading(state: ConsoleState, list: ListName, sinceMs: number): ConsoleState {
  return { ...state, lists: { ...state.lists, [list]: { phase: { kind: 'loading', sinceMs, remaining: null }, rows: [] } } };
}

export function appendRows<N extends ListName>(
  state: ConsoleState,
  list: N,
  rows: ConsoleState['lists'][N]['rows'],
): ConsoleState {
  const known: readonly unknown[] = state.lists[list].rows;
  return { ...state, lists: { ...state.lists, [list]: { ...state.lists[list], rows: [...known, ...rows] } } };
}

interface NamedRow {
  readonly namespace?: string;
  readonly name: string;
}

/** Rows by name after a change: known ones in their place, new ones where their name puts them. */
export function changedRows<Row extends NamedRow>(rows: readonly Row[], changed: readonly Row[], removed: readonly NamedRow[]): readonly Row[] {
  const keyOf = ({ namespace = '', name }: NamedRow): string => `${namespace}/${name}`;
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  for (const row of removed) byKey.delete(keyOf(row));
  const before = byKey.size;
  for (const row of changed) byKey.set(keyOf(row), row);
  const next = [...byKey.values()];
  return byKey.size === before ? next : next.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The first line in sight so that `cursor` is among `height` rows of `count`; moves no further than needed. */
export function scrolledTop(top: number, cursor: number, height: number, count: number): number {
  const lowest = Math.max(0, count - height);
  const within = Math.min(Math.max(top, cursor - height + 1), cursor);
  return Math.max(0, Math.min(within, lowest));
}

import type { ConsoleState, CursorState, ListName, ListPhase, Screen } from './console-state.ts';
import { EMPTY_INPUT, FIRST_CURSOR, FIRST_RUN_VIEW } from './console-state.ts';

/** Pure moves between screens and inside lists. */

export function currentScreen(state: ConsoleState): Screen {
  return state.screens.at(-1) ?? { kind: 'namespaces' };
}

/** The list that a screen shows; null for the run. */
export function listOf(screen: Screen): ListName | null {
  return screen.kind === 'run' ? null : screen.kind;
}

export function openScreen(state: ConsoleState, screen: Screen): ConsoleState {
  const list = listOf(screen);
  return {
    ...state,
    screens: [...state.screens, screen],
    filterOpen: false,
    dialog: null,
    ...(list === null ? {} : { cursors: { ...state.cursors, [list]: FIRST_CURSOR } }),
    ...(screen.kind === 'dependencies' ? { input: EMPTY_INPUT } : {}),
    ...(screen.kind === 'run' ? { runView: FIRST_RUN_VIEW } : {}),
  };
}

/** One screen back; the first one stays. */
export function goBack(state: ConsoleState): ConsoleState {
  if (state.screens.length < 2) return state;
  return { ...state, screens: state.screens.slice(0, -1), filterOpen: false, dialog: null };
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

/** The first line in sight so that `cursor` is among `height` rows of `count`; moves no further than needed. */
export function scrolledTop(top: number, cursor: number, height: number, count: number): number {
  const lowest = Math.max(0, count - height);
  const within = Math.min(Math.max(top, cursor - height + 1), cursor);
  return Math.max(0, Math.min(within, lowest));
}

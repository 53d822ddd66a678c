import type { RunView } from '../../store/console-state.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { Action } from '../key-bindings.ts';
import { findLine } from '../panels/find.ts';
import { PANELS } from '../panels/index.ts';
import { focusedPanel, panelTop, runLayout } from '../screens/run-layout.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import { textOf } from './input-keys.ts';

/** Searching in the focused panel of a run: `/`, then `n` (which leaves a note otherwise) and `N`. */
export function isSearch(action: Action): boolean {
  return action === 'search' || action === 'searchPrevious';
}

export function search(app: ConsoleApp, action: Action): void {
  if (action === 'search') change(app, { isSearching: true, search: '' });
  else jump(app, action === 'searchPrevious' ? -1 : 1);
}

export function actInSearch(app: ConsoleApp, action: Action): void {
  if (action === 'back') change(app, { isSearching: false, search: '' });
  else if (action === 'apply') {
    change(app, { isSearching: false });
    jump(app, 1);
  }
}

export function typeInSearch(app: ConsoleApp, key: KeyPress): void {
  const { search: text } = app.store.getState().runView;
  const next = key.name === 'backspace' ? [...text].slice(0, -1).join('') : key.name === 'ctrl-u' ? '' : text + textOf(key);
  if (next !== text) change(app, { search: next });
}

/** To the next line that holds the text, which becomes the first in sight. */
function jump(app: ConsoleApp, step: 1 | -1): void {
  const { context, store } = app;
  const state = store.getState();
  const { search: text, top } = state.runView;
  const panel = focusedPanel(state);
  const region = runLayout(state).find((candidate) => candidate.panel === panel);
  if (text === '' || region === undefined) return;
  const { lines, rests } = PANELS[panel](context, state, region.width);
  const height = Math.max(1, region.height - 1);
  const from = top[panel] ?? (rests === 'start' || step === 1 ? -1 : panelTop(state, panel, rests, lines.count, height));
  const found = findLine(lines, text, from, step);
  if (found === null) app.notify('warn', context.messages.console.run.notFound(text));
  else store.setState({ runView: { ...state.runView, focus: panel, top: { ...top, [panel]: found } } });
}

function change({ store }: ConsoleApp, runView: Partial<RunView>): void {
  store.setState((state) => ({ runView: { ...state.runView, ...runView } }));
}

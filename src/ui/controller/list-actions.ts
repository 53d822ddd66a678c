import type { ListName } from '../../store/console-state.ts';
import { currentScreen, listOf } from '../../store/navigate.ts';
import { goTo } from '../commands/go-to.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { Action, Scope } from '../key-bindings.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import { textOf } from './input-keys.ts';
import { chosenItem, listAfter, setFilter } from './list-keys.ts';

const LONGEST_FILTER = 253;

/** What keys do in a list, and while its filter is typed. */
export function actInList(app: ConsoleApp, action: Action, scope: Scope, key: string): void {
  const list = currentList(app);
  if (list === null) return;
  if (scope === 'filter') actInFilter(app, list, action);
  else if (action === 'allNamespaces') goTo(app, [{ kind: 'pods', namespace: null }]);
  else if (action === 'favourite') goToFavourite(app, key);
  else if (action === 'copyName') copyName(app, list);
  else if (action === 'wide') app.store.setState(({ isWide }) => ({ isWide: !isWide }));
  else actOnItems(app, list, action);
}

/** A digit that no namespace has does nothing. */
function goToFavourite(app: ConsoleApp, digit: string): void {
  const namespace = app.store.getState().favourites[Number(digit) - 1];
  if (namespace !== undefined) goTo(app, [{ kind: 'pods', namespace }]);
}

function copyName(app: ConsoleApp, list: ListName): void {
  const item = chosenItem(app.context, app.store.getState(), list);
  if (item !== null && app.copy(item.key)) app.notify('pass', app.context.messages.console.lists.copied(item.key));
}

function actInFilter(app: ConsoleApp, list: ListName, action: Action): void {
  const { store } = app;
  if (action === 'apply') store.setState({ filterOpen: false });
  else if (action === 'back') store.setState((state) => ({ ...setFilter(state, list, ''), filterOpen: false }));
  else move(app, list, action);
}

function actOnItems(app: ConsoleApp, list: ListName, action: Action): void {
  const { store, journey } = app;
  const state = store.getState();
  const isDestinations = list === 'dependencies';
  if (action === 'open' || action === 'right') journey.choose(list);
  else if (action === 'back' && state.cursors[list].filter !== '') store.setState(setFilter(state, list, ''));
  else if (action === 'back' || action === 'left') journey.back();
  else if (action === 'filter') store.setState({ filterOpen: true });
  else if (action === 'reload') journey.load();
  else if (action === 'switchZone' && isDestinations) store.setState({ input: { ...state.input, zone: 'input' } });
  else if (action === 'up' && isDestinations && isAtTop(app, list)) store.setState({ input: { ...state.input, zone: 'input' } });
  else move(app, list, action);
}

/** A key of the filter's text. */
export function typeInFilter(app: ConsoleApp, key: KeyPress): void {
  const list = currentList(app);
  const state = app.store.getState();
  if (list === null || !state.filterOpen) return;
  const { filter } = state.cursors[list];
  const next = key.name === 'backspace' ? [...filter].slice(0, -1).join('') : key.name === 'ctrl-u' ? '' : filter + textOf(key);
  if (next !== filter) app.store.setState(setFilter(state, list, next.slice(0, LONGEST_FILTER)));
}

function move({ context, store }: ConsoleApp, list: ListName, action: Action): void {
  const next = listAfter(context, store.getState(), list, action);
  if (next !== null) store.setState(next);
}

function isAtTop({ context, store }: ConsoleApp, list: ListName): boolean {
  const before = chosenItem(context, store.getState(), list);
  const moved = listAfter(context, store.getState(), list, 'up');
  return before === null || (moved !== null && moved.cursors[list].itemKey === before.key);
}

function currentList({ store }: ConsoleApp): ListName | null {
  return listOf(currentScreen(store.getState()));
}

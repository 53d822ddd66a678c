import fuzzysort from 'fuzzysort';
import type { ContainerRow, ContextRow, DependencyRow, NamespaceRow, PodRow } from '../../domain/console-ports.ts';
import type { Messages } from '../../i18n/index.ts';
import type { ConsoleState, ListName } from '../../store/console-state.ts';
import type { Column, Item } from '../components/table.ts';

/** The lists as items to show and choose from: what the store has, filtered, and what is always on offer. */

/** Keys of items that are no rows of a list. Kubernetes names have no colon. */
export const LOCAL_KEY = ':local';
export const TYPED_KEY = ':typed';

/** Pods of all namespaces say which one is theirs; what is known of their connectivity has a column as soon as anything is. */
export function columnsOf(state: ConsoleState, list: ListName, { ui, console }: Messages): readonly Column[] {
  const text = ui.columns;
  const isOfAll = isOfAllNamespaces(state);
  switch (list) {
    case 'contexts':
      return [column(text.name, 0), column(text.cluster, 1), column(text.namespace, 2)];
    case 'namespaces':
      return [column(text.name, 0), column(text.status, 1), column(text.age, 2), column(text.key, 3)];
    case 'pods':
      return [
        ...(isOfAll ? [column(text.namespace, 0)] : []),
        column(text.name, isOfAll ? 1 : 0),
        column(text.ready, 2),
        column(text.status, 1),
        column(text.restarts, 3),
        column(text.age, 4),
        column(text.node, 5),
        column(text.ip, 6),
        ...(isAnythingKnown(state) ? [column(console.lists.connectivity, 1)] : []),
      ];
    case 'containers':
      return [column(text.name, 0), column(text.kind, 2), column(text.state, 1), column(text.image, 3)];
    case 'dependencies':
      return [column(text.destination, 0), column(text.state, 1), { ...column(text.foundIn, 2), elastic: true }];
  }
}

function column(title: string, priority: number): Column {
  return { title, priority };
}

/** Rows that became items already: a list of ten thousand is turned once, not at every frame. */
const known = new WeakMap<readonly unknown[], Pick<ConsoleState, 'connectivity' | 'favourites' | 'clusters' | 'recentDestinations'> & { readonly items: readonly Item[] }>();
const filtered = new WeakMap<readonly Item[], { readonly filter: string; readonly items: readonly Item[] }>();

/** Everything that can be chosen now, in the order shown. */
export function itemsOf(state: ConsoleState, list: ListName, messages: Messages): readonly Item[] {
  const filter = state.cursors[list].filter;
  const items = matching(rowItems(state, list, messages), filter);
  if (list !== 'namespaces') return items;
  const isKnown = state.lists.namespaces.rows.some((row) => row.name === filter);
  const typed = filter === '' || isKnown || items.length > 0 ? [] : typedItem(filter, messages);
  return filter === '' ? [localItem(messages), ...items] : [...items, ...typed];
}

function rowItems(state: ConsoleState, list: ListName, messages: Messages): readonly Item[] {
  const rows: readonly unknown[] = state.lists[list].rows;
  const before = known.get(rows);
  const { connectivity, favourites, clusters, recentDestinations } = state;
  const isCurrent = before?.connectivity === connectivity && before.favourites === favourites && before.clusters === clusters && before.recentDestinations === recentDestinations;
  if (isCurrent) return before.items;
  const items = toItems(state, list, messages);
  known.set(rows, { connectivity, favourites, clusters, recentDestinations, items });
  return items;
}

function toItems(state: ConsoleState, list: ListName, messages: Messages): readonly Item[] {
  switch (list) {
    case 'contexts':
      return state.lists.contexts.rows.map((row) => contextItem(row, state));
    case 'namespaces':
      return favouritesFirst(state.lists.namespaces.rows, state.favourites);
    case 'pods':
      return withConnectivity(state, state.lists.pods.rows.map(isOfAllNamespaces(state) ? once(podOfAllItem) : once(podItem)), messages);
    case 'containers':
      return state.lists.containers.rows.map((row) => containerItem(row, messages));
    case 'dependencies':
      return [...recentItems(state, messages), ...state.lists.dependencies.rows.map((row) => dependencyItem(row, messages))];
  }
}

function matching(items: readonly Item[], filter: string): readonly Item[] {
  if (filter === '') return items;
  const last = filtered.get(items);
  if (last?.filter === filter) return last.items;
  const found = fuzzysort.go(filter, items, { key: (item) => item.sought ?? item.cells[0] ?? '', limit: 0, threshold: 0.2 }).map((result) => result.obj);
  filtered.set(items, { filter, items: found });
  return found;
}

/** Those that a digit goes to stand first, with their digit. */
function favouritesFirst(rows: readonly NamespaceRow[], favourites: readonly string[]): readonly Item[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const first = favourites.flatMap((name, index) => {
    const row = byName.get(name);
    return row === undefined ? [] : [namespaceItem(row, (index + 1).toString())];
  });
  const isFirst = new Set(favourites);
  return [...first, ...rows.filter((row) => !isFirst.has(row.name)).map((row) => namespaceItem(row, ''))];
}

function namespaceItem(row: NamespaceRow, digit: string): Item {
  return { key: row.name, cells: [row.name, row.status, row.age, digit] };
}

function contextItem(row: ContextRow, state: ConsoleState): Item {
  const isCurrent = row.name === state.clusters?.current;
  return { key: row.name, cells: [row.name, row.cluster, row.namespace ?? ''], ...(isCurrent ? { tone: 'accent' as const } : {}) };
}

/** Whatever stands over the list of pods now: it goes on changing below. */
function isOfAllNamespaces({ screens }: ConsoleState): boolean {
  return screens.findLast((screen) => screen.kind === 'pods')?.namespace === null;
}

export function podKey({ namespace, name }: Pick<PodRow, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function podOfAllItem(row: PodRow): Item {
  const item = podItem(row);
  return { ...item, cells: [row.namespace, ...item.cells], sought: item.key };
}

/** A list grows and changes by a few rows at a time: the others keep their items. */
function once(toItem: (row: PodRow) => Item): (row: PodRow) => Item {
  const items = itemsOfRows.get(toItem) ?? new WeakMap<PodRow, Item>();
  itemsOfRows.set(toItem, items);
  return (row) => {
    const before = items.get(row);
    if (before !== undefined) return before;
    const item = toItem(row);
    items.set(row, item);
    return item;
  };
}

const itemsOfRows = new WeakMap<(row: PodRow) => Item, WeakMap<PodRow, Item>>();

function podItem(row: PodRow): Item {
  const isWell = row.status === 'Running' || row.status === 'Completed' || row.status === 'Succeeded';
  return {
    key: podKey(row),
    cells: [row.name, row.ready, row.status, row.restarts, row.age, row.node ?? '', row.ip ?? ''],
    ...(isWell ? {} : { tone: 'warn' as const }),
  };
}

function isAnythingKnown({ connectivity }: ConsoleState): boolean {
  return Object.keys(connectivity).length > 0;
}

/** What the last run from a pod found, in a cell of its own; empty for a pod of which nothing is known. */
function withConnectivity(state: ConsoleState, items: readonly Item[], { ui }: Messages): readonly Item[] {
  if (!isAnythingKnown(state)) return items;
  return items.map((item) => {
    const found = state.connectivity[item.key];
    const said = found === undefined ? '' : `${found.cause ?? ui.verdict.status[found.status]} ${found.url}`;
    return { ...item, cells: [...item.cells, said] };
  });
}

function containerItem(row: ContainerRow, messages: Messages): Item {
  return {
    key: row.name,
    cells: [row.name, messages.ui.containerKind[row.kind], row.state, row.image],
    ...(row.running ? {} : { tone: 'dim' as const }),
  };
}

function dependencyItem({ url, state, foundIn }: DependencyRow, { dependencies }: Messages): Item {
  const [first] = foundIn;
  const more = foundIn.length > 1 ? `(+${(foundIn.length - 1).toString()}) ` : '';
  const cells = [url, dependencies.states[state], first === undefined ? '' : `${more}${dependencies.foundIn(first)}`];
  return { key: url, cells, ...(state === 'failing' ? { tone: 'warn' as const } : {}) };
}

/** What was asked for from another pod, and is not found in this one. */
function recentItems({ recentDestinations, lists }: ConsoleState, { console }: Messages): readonly Item[] {
  const isFound = new Set(lists.dependencies.rows.map(({ url }) => url));
  return recentDestinations.filter((text) => !isFound.has(text)).map((text) => ({ key: text, cells: [text, '', console.lists.askedBefore] }));
}

function localItem({ ui }: Messages): Item {
  return { key: LOCAL_KEY, cells: [ui.local.name, ui.local.about, ''], tone: 'accent' };
}

function typedItem(name: string, { ui }: Messages): readonly Item[] {
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/u.test(name) ? [{ key: TYPED_KEY, cells: [ui.lists.useTyped(name), '', ''] }] : [];
}

/** Index of the item under the cursor: the first one when the cursor's item is gone; -1 for an empty list. */
export function cursorIndex(items: readonly Item[], itemKey: string | null): number {
  if (items.length === 0) return -1;
  return Math.max(0, itemKey === null ? 0 : items.findIndex((item) => item.key === itemKey));
}

/** Where the cursor stands before it was moved: on the context's own namespace, and never on what is always on offer. */
export function startKey(state: ConsoleState, list: ListName): string | null {
  if (list !== 'namespaces' || state.cursors.namespaces.filter !== '') return null;
  const { rows } = state.lists.namespaces;
  if (state.favourites.some((name) => rows.some((row) => row.name === name))) return state.favourites.find((name) => rows.some((row) => row.name === name)) ?? null;
  const current = state.clusters?.contexts.find((context) => context.name === state.clusters?.current)?.namespace ?? 'default';
  return (rows.find((row) => row.name === current) ?? rows[0])?.name ?? null;
}

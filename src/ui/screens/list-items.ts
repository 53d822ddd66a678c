import fuzzysort from 'fuzzysort';
import type { ContainerRow, DependencyRow, NamespaceRow, PodRow } from '../../domain/console-ports.ts';
import type { Messages } from '../../i18n/index.ts';
import type { ConsoleState, ListName } from '../../store/console-state.ts';
import type { Column, Item } from '../components/table.ts';

/** The lists as items to show and choose from: what the store has, filtered, and what is always on offer. */

/** Keys of items that are no rows of a list. Kubernetes names have no colon. */
export const LOCAL_KEY = ':local';
export const TYPED_KEY = ':typed';

export function columnsOf(list: ListName, { ui }: Messages): readonly Column[] {
  const text = ui.columns;
  switch (list) {
    case 'namespaces':
      return [column(text.name, 0), column(text.status, 1), column(text.age, 2)];
    case 'pods':
      return [
        column(text.name, 0),
        column(text.ready, 2),
        column(text.status, 1),
        column(text.restarts, 3),
        column(text.age, 4),
        column(text.node, 5),
        column(text.ip, 6),
      ];
    case 'containers':
      return [column(text.name, 0), column(text.kind, 2), column(text.state, 1), column(text.image, 3)];
    case 'dependencies':
      return [column(text.destination, 0), column(text.foundIn, 1)];
  }
}

function column(title: string, priority: number): Column {
  return { title, priority };
}

/** Rows that became items already: a list of ten thousand is turned once, not at every frame. */
const known = new WeakMap<readonly unknown[], readonly Item[]>();
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
  const items = known.get(rows) ?? toItems(state, list, messages);
  known.set(rows, items);
  return items;
}

function toItems(state: ConsoleState, list: ListName, messages: Messages): readonly Item[] {
  switch (list) {
    case 'namespaces':
      return state.lists.namespaces.rows.map(namespaceItem);
    case 'pods':
      return state.lists.pods.rows.map(podItem);
    case 'containers':
      return state.lists.containers.rows.map((row) => containerItem(row, messages));
    case 'dependencies':
      return state.lists.dependencies.rows.map(dependencyItem);
  }
}

function matching(items: readonly Item[], filter: string): readonly Item[] {
  if (filter === '') return items;
  const last = filtered.get(items);
  if (last?.filter === filter) return last.items;
  const found = fuzzysort.go(filter, items, { key: (item) => item.cells[0] ?? '', limit: 0, threshold: 0.2 }).map((result) => result.obj);
  filtered.set(items, { filter, items: found });
  return found;
}

function namespaceItem(row: NamespaceRow): Item {
  return { key: row.name, cells: [row.name, row.status, row.age] };
}

function podItem(row: PodRow): Item {
  const isWell = row.status === 'Running' || row.status === 'Completed' || row.status === 'Succeeded';
  return {
    key: row.name,
    cells: [row.name, row.ready, row.status, row.restarts, row.age, row.node ?? '', row.ip ?? ''],
    ...(isWell ? {} : { tone: 'warn' as const }),
  };
}

function containerItem(row: ContainerRow, messages: Messages): Item {
  return {
    key: row.name,
    cells: [row.name, messages.ui.containerKind[row.kind], row.state, row.image],
    ...(row.running ? {} : { tone: 'dim' as const }),
  };
}

function dependencyItem(row: DependencyRow): Item {
  return { key: `${row.url} ${row.foundIn}`, cells: [row.url, row.foundIn] };
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
  const current = state.clusters?.contexts.find((context) => context.name === state.clusters?.current)?.namespace ?? 'default';
  return (rows.find((row) => row.name === current) ?? rows[0])?.name ?? null;
}

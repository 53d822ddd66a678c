import type { ConsoleState, ListName } from '../../store/console-state.ts';
import { currentScreen, scrolledTop } from '../../store/navigate.ts';
import { duration } from '../components/duration.ts';
import { clipLine, lineWidth, span, type Line, type Lines } from '../components/line.ts';
import { columnWidths, tableHeader, tableRows } from '../components/table.ts';
import type { ConsoleContext } from '../context.ts';
import { columnsOf, cursorIndex, itemsOf, startKey } from './list-items.ts';
import { FOOTER_ROWS, HEADER_ROWS } from './window.ts';

/** What a list screen shows, as data: its title, its rows in sight, and where the list stands. */
export interface ListView {
  readonly title: Line;
  readonly header: Line;
  readonly rows: Lines;
  readonly top: number;
  readonly height: number;
  /** Loading, none, forbidden, unreachable: each as itself. Empty when the rows say it all. */
  readonly notices: readonly Line[];
}

/** Rows of the destination field above the list of found destinations. */
export const INPUT_ROWS = 4;
/** Title and table header. */
const TITLE_ROWS = 2;

export function listHeight(state: ConsoleState, list: ListName): number {
  const above = HEADER_ROWS + TITLE_ROWS + (list === 'dependencies' ? INPUT_ROWS : 0);
  return Math.max(1, state.size.rows - above - FOOTER_ROWS - noticeRows(state, list));
}

/** Failures take two lines, the rest one. */
function noticeRows(state: ConsoleState, list: ListName): number {
  const { phase, rows } = state.lists[list];
  if (phase.kind === 'failed') return 3;
  if (phase.kind === 'stale') return 2;
  return phase.kind === 'loading' || (rows.length === 0 && phase.kind === 'ready') || state.cursors[list].filter !== '' ? 1 : 0;
}

export function listView(context: ConsoleContext, state: ConsoleState, list: ListName): ListView {
  const { messages, theme } = context;
  const items = itemsOf(state, list, messages);
  const index = cursorIndex(items, state.cursors[list].itemKey ?? startKey(state, list));
  const height = listHeight(state, list);
  const columns = columnsOf(state, list, messages);
  const widths = columnWidths(columns, items, state.size.columns, state.isWide);
  const hasCursor = list !== 'dependencies' || state.input.zone === 'list';
  return {
    title: titleLine(context, state, list, items.length),
    header: items.length === 0 ? [] : tableHeader(columns, widths),
    rows: tableRows(items, widths, hasCursor ? index : -1, theme),
    top: scrolledTop(state.cursors[list].top, Math.max(0, index), height, items.length),
    height,
    notices: noticeLines(context, state, list, items.length),
  };
}

function titleLine({ messages, theme }: ConsoleContext, state: ConsoleState, list: ListName, shown: number): Line {
  const { ui } = messages;
  const screen = currentScreen(state);
  const { filter } = state.cursors[list];
  const all = state.lists[list].rows.length;
  const name =
    screen.kind === 'pods'
      ? screen.namespace === null ? messages.console.lists.allPods : ui.titles.pods(screen.namespace)
      : screen.kind === 'containers'
        ? ui.titles.containers(screen.pod)
        : list === 'dependencies'
          ? ui.input.found
          : screen.kind === 'contexts' ? messages.console.lists.contexts : ui.titles.namespaces;
  const count = all === 0 ? [] : [span(` (${ui.lists.count(Math.min(shown, all), all)})`, 'dim')];
  const caret = state.filterOpen ? theme.glyphs.caret : '';
  const filterText = filter === '' && !state.filterOpen ? [] : [span(`   ${ui.lists.filter}: `, 'accent'), span(`${filter}${caret}`, 'strong')];
  const rest: Line = [...count, ...filterText];
  return [...clipLine([span(name, 'strong')], state.size.columns - lineWidth(rest), 0, theme.glyphs.ellipsis), ...rest];
}

function noticeLines({ messages, theme }: ConsoleContext, state: ConsoleState, list: ListName, shown: number): readonly Line[] {
  const { ui } = messages;
  const { phase, rows } = state.lists[list];
  const { filter } = state.cursors[list];
  switch (phase.kind) {
    case 'unasked':
      return [];
    case 'loading': {
      const what = list === 'dependencies' ? ui.input.searching : ui.lists.loading;
      const soFar = rows.length === 0 ? '' : `, ${ui.lists.soFar(rows.length, phase.remaining)}`;
      return [[span(`${theme.glyphs.status.running} ${what} ${duration(state.nowMs - phase.sinceMs)}${soFar}`, 'accent')]];
    }
    case 'failed': {
      const line: Line = [span(`${theme.glyphs.status.fail} ${ui.failure(phase.failure)}`, 'fail')];
      return list === 'namespaces' && phase.failure.kind === 'forbidden' ? [line, [span(ui.lists.typeNamespace, 'dim')]] : [line];
    }
    case 'stale': {
      const since = new Date(phase.sinceMs).toTimeString().slice(0, 8);
      return [[span(`${theme.glyphs.status.warn} ${messages.console.lists.stale(since, duration(Math.max(0, state.nowMs - phase.sinceMs)))} ${ui.failure(phase.failure)}`, 'warn')]];
    }
    case 'ready':
      if (rows.length === 0) return [[span(`${theme.glyphs.status.skipped} ${ui.lists.none[list]}`, 'dim')]];
      return filter !== '' && shown === 0 ? [[span(ui.lists.noMatch(filter), 'warn')]] : [];
  }
}

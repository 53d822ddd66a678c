import type { Theme, Tone } from '../theme.ts';
import { span, type Line, type Lines } from './line.ts';
import { pad, widthOf } from './text-width.ts';

export interface Column {
  readonly title: string;
  /** When there is no room for all columns, those of the highest number go first; 0 never goes. */
  readonly priority: number;
}

export interface Item {
  /** Unique in its list; the cursor stays on it. */
  readonly key: string;
  readonly cells: readonly string[];
  readonly tone?: Tone;
}

const WIDEST_CELL = 60;
const GAP = 2;
/** Room for the cursor's glyph. */
const MARGIN = 2;

const widthCache = new WeakMap<readonly Item[], { readonly width: number; readonly widths: readonly (number | null)[] }>();

/** Column widths for `width` columns of terminal; null for a column that is left out. The first one takes what is missing. */
export function columnWidths(columns: readonly Column[], items: readonly Item[], width: number): readonly (number | null)[] {
  const known = widthCache.get(items);
  if (known?.width === width) return known.widths;
  const widths = measure(columns, items, width);
  widthCache.set(items, { width, widths });
  return widths;
}

function measure(columns: readonly Column[], items: readonly Item[], width: number): readonly (number | null)[] {
  const wanted = columns.map((column, index) =>
    Math.min(WIDEST_CELL, items.reduce((widest, item) => Math.max(widest, widthOf(item.cells[index] ?? '')), widthOf(column.title))),
  );
  const widths: (number | null)[] = [...wanted];
  const total = (): number => widths.reduce<number>((sum, cell) => sum + (cell === null ? 0 : cell + GAP), MARGIN - GAP);
  const leaving = columns.map((column, index) => ({ index, priority: column.priority })).sort((a, b) => b.priority - a.priority);
  for (const { index, priority } of leaving) {
    if (priority === 0 || total() <= width) break;
    widths[index] = null;
  }
  const excess = total() - width;
  if (excess > 0) widths[0] = Math.max(4, (wanted[0] ?? 0) - excess);
  return widths;
}

export function tableHeader(columns: readonly Column[], widths: readonly (number | null)[]): Line {
  return [span(' '.repeat(MARGIN)), span(cells(columns.map((column) => column.title), widths), 'dim')];
}

/** The items as rows; the one at `cursor` is marked by a glyph and, where there is one, by the terminal's inverse. */
export function tableRows(items: readonly Item[], widths: readonly (number | null)[], cursor: number, theme: Theme): Lines {
  return {
    count: items.length,
    at: (index) => {
      const item = items[index];
      if (item === undefined) return [];
      const isCursor = index === cursor;
      const mark = isCursor ? theme.glyphs.cursor : ' ';
      const tone = item.tone ?? 'plain';
      const [name = ''] = item.cells;
      const nameWidth = widths[0] ?? 0;
      return [
        span(pad(mark, MARGIN), isCursor ? 'accent' : 'plain'),
        span(pad(name, nameWidth), isCursor ? 'selected' : tone),
        span(' '.repeat(GAP) + cells(item.cells.slice(1), widths.slice(1)), tone),
      ];
    },
  };
}

function cells(texts: readonly string[], widths: readonly (number | null)[]): string {
  return widths.flatMap((width, index) => (width === null ? [] : pad(texts[index] ?? '', width))).join(' '.repeat(GAP));
}

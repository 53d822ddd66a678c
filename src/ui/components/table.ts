import type { Theme, Tone } from '../theme.ts';
import { span, type Line, type Lines } from './line.ts';
import { pad, widthOf } from './text-width.ts';

export interface Column {
  readonly title: string;
  /** When there is no room for all columns, those of the highest number go first; 0 never goes. */
  readonly priority: number;
  /** Is cut to the room that the others leave instead of going. */
  readonly elastic?: boolean;
}

export interface Item {
  /** Unique in its list; the cursor stays on it. */
  readonly key: string;
  readonly cells: readonly string[];
  readonly tone?: Tone;
  /** What a filter looks in; absent: the first cell. */
  readonly sought?: string;
}

const WIDEST_CELL = 60;
/** An elastic column with less than this says nothing. */
const ELASTIC_CELL = 16;
const GAP = 2;
/** With all columns: less of a name tells no pods apart. */
const NARROWEST_NAME = 20;
/** Room for the cursor's glyph. */
const MARGIN = 2;

const widthCache = new WeakMap<readonly Item[], { readonly width: number; readonly isWide: boolean; readonly widths: readonly (number | null)[] }>();

/**
 * Column widths for `width` columns of terminal; null for a column that is left out, which none is with `isWide`. The first one takes
 * what is missing.
 */
export function columnWidths(columns: readonly Column[], items: readonly Item[], width: number, isWide: boolean): readonly (number | null)[] {
  const known = widthCache.get(items);
  if (known?.width === width && known.isWide === isWide) return known.widths;
  const widths = measure(columns, items, width, isWide);
  widthCache.set(items, { width, isWide, widths });
  return widths;
}

/** The items that were measured last, and how wide their cells are: a list that grows is measured by what is new. */
let measured: { readonly titles: string; readonly items: readonly Item[]; readonly widest: readonly number[] } = { titles: '', items: [], widest: [] };

function widestCells(columns: readonly Column[], items: readonly Item[]): readonly number[] {
  const titles = columns.map(({ title }) => title).join('\n');
  const goesOn = measured.titles === titles && measured.items.length <= items.length && measured.items.every((item, index) => item === items[index]);
  const widest = columns.map((column, index) => (goesOn ? (measured.widest[index] ?? 0) : widthOf(column.title)));
  for (let row = goesOn ? measured.items.length : 0; row < items.length; row += 1) {
    items[row]?.cells.forEach((cell, index) => {
      widest[index] = Math.max(widest[index] ?? 0, widthOf(cell));
    });
  }
  measured = { titles, items, widest };
  return widest;
}

function measure(columns: readonly Column[], items: readonly Item[], width: number, isWide: boolean): readonly (number | null)[] {
  const wanted = widestCells(columns, items).slice(0, columns.length).map((widest) => Math.min(WIDEST_CELL, widest));
  const widths: (number | null)[] = columns.map(({ elastic }, index) => Math.min(wanted[index] ?? 0, elastic === true ? ELASTIC_CELL : WIDEST_CELL));
  const total = (): number => widths.reduce<number>((sum, cell) => sum + (cell === null ? 0 : cell + GAP), MARGIN - GAP);
  const leaving = columns.map((column, index) => ({ index, priority: column.priority })).sort((a, b) => b.priority - a.priority);
  for (const { index, priority } of leaving) {
    if (isWide || priority === 0 || total() <= width) break;
    widths[index] = null;
  }
  for (const [index, { elastic }] of columns.entries()) {
    const cell = widths[index] ?? null;
    if (elastic === true && cell !== null) widths[index] = Math.min(wanted[index] ?? cell, cell + Math.max(0, width - total()));
  }
  const excess = total() - width;
  if (excess > 0) widths[0] = Math.max(isWide ? NARROWEST_NAME : 4, (wanted[0] ?? 0) - excess);
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

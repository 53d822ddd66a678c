import { BLANK, rowCells, type Cell } from './row-cells.ts';

const HOME_AND_ERASE = '\u001b[H\u001b[J';
const ERASE_TO_END = '\u001b[K';
/** Stepping over cells takes four to five bytes: fewer cells than this are written again. */
const WORTH_A_STEP = 5;

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Knows what is on the screen, and gives for each frame the bytes that make it of that: only the cells that differ. A cursor that moves in
 * a list takes 60 bytes instead of two whole rows, which is what a slow line needs.
 */
export class FramePainter {
  /** null: nothing is known of the screen. */
  #shown: readonly string[] | null = null;
  #size: ScreenSize = { columns: 0, rows: 0 };

  /** What is on the screen is no longer known: the next frame is drawn whole. */
  forget(): void {
    this.#shown = null;
  }

  /** The same frame again, whole: for a terminal that something else has written to. */
  repaint(): string {
    const frame = this.#shown ?? [];
    this.forget();
    return this.paint(frame, this.#size);
  }

  /** Empty when nothing differs. Rows beyond the screen are left out. */
  paint(frame: readonly string[], size: ScreenSize): string {
    if (size.columns !== this.#size.columns || size.rows !== this.#size.rows) this.forget();
    this.#size = size;
    const shown = this.#shown ?? [];
    const pen = new Pen(size.columns);
    for (let row = 0; row < size.rows; row += 1) drawRow(pen, row, shown[row] ?? '', frame[row] ?? '');
    const drawn = pen.finish();
    const isFresh = this.#shown === null;
    this.#shown = frame.slice(0, size.rows);
    return isFresh ? HOME_AND_ERASE + drawn : drawn;
  }
}

function drawRow(pen: Pen, row: number, before: string, after: string): void {
  if (before === after) return;
  const [old, next] = [rowCells(before), rowCells(after)];
  if (old === null || next === null) {
    pen.writeRow(row, after);
    return;
  }
  let column = 0;
  while (column < next.length) {
    if (isSame(old[column], next[column])) {
      column += 1;
      continue;
    }
    const end = endOfDifference(old, next, column);
    pen.write(row, column, next.slice(column, end));
    column = end;
  }
  if (old.length > next.length) pen.eraseFrom(row, next.length);
}

/** Where the cells are the same again for long enough. */
function endOfDifference(old: readonly Cell[], next: readonly Cell[], from: number): number {
  let end = from + 1;
  for (let column = end; column < next.length && column < end + WORTH_A_STEP; column += 1) {
    if (!isSame(old[column], next[column])) end = column + 1;
  }
  return end;
}

function isSame(one: Cell = BLANK, other: Cell = BLANK): boolean {
  return one.text === other.text && one.style === other.style;
}

/** Writes at places, and knows where the cursor stands and in which style. */
class Pen {
  readonly #columns: number;
  #text = '';
  #row = -1;
  /** null: at the end of a row it is not the same in all terminals. */
  #column: number | null = null;
  #style = '';

  constructor(columns: number) {
    this.#columns = columns;
  }

  write(row: number, column: number, cells: readonly Cell[]): void {
    this.#moveTo(row, column);
    for (const { text, style } of cells) {
      this.#take(style);
      this.#text += text;
    }
    const end = column + cells.length;
    this.#column = end < this.#columns ? end : null;
  }

  /** A row with characters of other widths: whole, in its own styles. */
  writeRow(row: number, text: string): void {
    this.eraseFrom(row, 0);
    this.#text += text;
    this.#column = null;
  }

  eraseFrom(row: number, column: number): void {
    this.#moveTo(row, column);
    this.#take('');
    this.#text += ERASE_TO_END;
  }

  finish(): string {
    this.#take('');
    return this.#text;
  }

  #moveTo(row: number, column: number): void {
    const isThere = row === this.#row && column === this.#column;
    if (!isThere) this.#text += this.#wayTo(row, column);
    this.#row = row;
    this.#column = column;
  }

  /** CUP, CUF (ECMA-48 8.3.21, 8.3.20), or the start of the next row. */
  #wayTo(row: number, column: number): string {
    if (row === this.#row && this.#column !== null && column > this.#column) {
      const step = column - this.#column;
      return step === 1 ? '\u001b[C' : `\u001b[${step.toString()}C`;
    }
    if (row === this.#row + 1 && row > 0 && column === 0) return '\r\n';
    return column === 0 ? `\u001b[${(row + 1).toString()}H` : `\u001b[${(row + 1).toString()};${(column + 1).toString()}H`;
  }

  #take(style: string): void {
    if (style === this.#style) return;
    const start = this.#style === '' || style === '' ? style : `0;${style}`;
    this.#text += `\u001b[${start}m`;
    this.#style = style;
  }
}

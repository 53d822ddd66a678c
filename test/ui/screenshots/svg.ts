import type { IBufferCell, Terminal } from '@xterm/headless';

/** A terminal's screen as SVG: text that can be selected and searched, in the reader's own monospaced font. */

const CELL_WIDTH = 8.4;
const CELL_HEIGHT = 17;
const PADDING = 10;
const GROUND = '#16181d';
const PLAIN = '#d8dae0';
/** The 16 colours of the terminal, as far as the console uses them. */
const COLOURS: Readonly<Record<number, string>> = { 1: '#f2686b', 2: '#7fca6b', 3: '#e3b341', 4: '#6aa6f8', 5: '#c792ea', 6: '#56c8d8' };

export function screenSvg(terminal: Terminal): string {
  const width = terminal.cols * CELL_WIDTH + 2 * PADDING;
  const height = terminal.rows * CELL_HEIGHT + 2 * PADDING;
  const rows = Array.from({ length: terminal.rows }, (_, row) => rowSvg(terminal, row)).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height.toString()}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<rect width="100%" height="100%" rx="6" fill="${GROUND}"/>`,
    rows,
    '</svg>',
    '',
  ].join('\n');
}

interface Piece {
  readonly column: number;
  text: string;
  columns: number;
  readonly style: string;
  readonly isInverse: boolean;
}

function rowSvg(terminal: Terminal, row: number): string {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
  const pieces: Piece[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const [style, isInverse] = [styleOf(cell), cell.isInverse() !== 0];
    const last = pieces.at(-1);
    const text = cell.getChars() === '' ? ' ' : cell.getChars();
    if (last?.style === style && last.isInverse === isInverse) {
      last.text += text;
      last.columns += cell.getWidth();
    } else pieces.push({ column, text, columns: cell.getWidth(), style, isInverse });
  }
  return pieces.filter(({ text, isInverse }) => isInverse || text.trim() !== '').map((piece) => pieceSvg(piece, row)).join('');
}

function pieceSvg({ column, text, columns, style, isInverse }: Piece, row: number): string {
  const x = (PADDING + column * CELL_WIDTH).toFixed(1);
  const top = PADDING + row * CELL_HEIGHT;
  const width = (columns * CELL_WIDTH).toFixed(1);
  const ground = isInverse ? `<rect x="${x}" y="${top.toString()}" width="${width}" height="${CELL_HEIGHT.toString()}" fill="${PLAIN}"/>` : '';
  return `${ground}<text x="${x}" y="${(top + 13).toString()}" textLength="${width}" xml:space="preserve"${style}>${escaped(text)}</text>\n`;
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isInverse() !== 0 ? GROUND : cell.isFgPalette() ? (COLOURS[cell.getFgColor()] ?? PLAIN) : PLAIN;
  return ` fill="${colour}"${cell.isBold() !== 0 ? ' font-weight="bold"' : ''}${cell.isDim() !== 0 ? ' opacity="0.65"' : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

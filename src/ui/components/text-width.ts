import stringWidth from 'string-width';
import { cleanLine } from '../../domain/sanitise.ts';

/** Columns, graphemes and nothing else: wide characters take two columns, combining ones none. */

const segmenter = new Intl.Segmenter();
/** Text of which each character is one column wide. */
const PLAIN = /^[\u0020-\u007e]*$/u;

export function graphemes(text: string): readonly string[] {
  return PLAIN.test(text) ? [...text] : Array.from(segmenter.segment(text), (part) => part.segment);
}

export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** What stands in the columns `from` to `from + width` of a text. A wide character that is cut becomes a space. */
export function sliceColumns(text: string, from: number, width: number): string {
  if (width <= 0) return '';
  // The last gate before the terminal: nothing that is not printable passes, wherever it came from.
  const safe = PLAIN.test(text) ? text : cleanLine(text.replace(/[\t\n]/gu, ' '));
  if (PLAIN.test(safe)) return safe.slice(from, from + width);
  let column = 0;
  let result = '';
  for (const part of graphemes(safe)) {
    const partWidth = stringWidth(part);
    const end = column + partWidth;
    if (end > from + width) {
      if (column < from + width) result += ' '.repeat(from + width - column);
      break;
    }
    if (column >= from) result += part;
    else if (end > from) result += ' '.repeat(end - from);
    column = end;
  }
  return result;
}

/** Shortened to `width` columns with an ellipsis when it is longer. */
export function truncate(text: string, width: number, ellipsis = '…'): string {
  if (widthOf(text) <= width) return sliceColumns(text, 0, width);
  return width <= 0 ? '' : sliceColumns(text, 0, width - widthOf(ellipsis)) + ellipsis;
}

/** Shortened to `width` columns by leaving out its middle. */
export function truncateMiddle(text: string, width: number, ellipsis = '…'): string {
  const whole = widthOf(text);
  if (whole <= width) return sliceColumns(text, 0, width);
  const kept = Math.max(0, width - widthOf(ellipsis));
  const tail = Math.floor(kept / 2);
  return sliceColumns(text, 0, kept - tail) + ellipsis + sliceColumns(text, whole - tail, tail);
}

/** Truncated or filled with spaces to exactly `width` columns. */
export function pad(text: string, width: number): string {
  const short = truncate(text, width);
  return short + ' '.repeat(Math.max(0, width - widthOf(short)));
}

/** What is indented so far that it has less room than this begins at the left. */
const NARROWEST_TEXT = 16;

/** Lines of at most `width` columns, broken at spaces where there are any; what is indented stays so. Never empty. */
export function wrap(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width) return [text];
  const indent = /^ */u.exec(text)?.[0] ?? '';
  if (width - indent.length < NARROWEST_TEXT) return wrapWords(text, width);
  return wrapWords(text.slice(indent.length), width - indent.length).map((line) => indent + line);
}

function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width && width > 1) {
      const head = sliceColumns(line, 0, width).trimEnd();
      lines.push(head);
      line = line.slice(Math.max(1, head.length));
    }
  }
  return [...lines, line];
}

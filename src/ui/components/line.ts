import type { Tone } from '../theme.ts';
import { sliceColumns, truncate, widthOf, wrap } from './text-width.ts';

/** A row of the screen as data: what every list, panel, header and footer is made of. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}
export type Line = readonly Span[];

/** Many lines, of which only those in sight are ever made. */
export interface Lines {
  readonly count: number;
  readonly at: (index: number) => Line;
}

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

export function linesOf(lines: readonly Line[]): Lines {
  return { count: lines.length, at: (index) => lines[index] ?? [] };
}

export function lineText(line: Line): string {
  return line.map((part) => part.text).join('');
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + widthOf(part.text), 0);
}

/** The line cut to `width` columns from column `left` on; an ellipsis tells that something follows. */
export function clipLine(line: Line, width: number, left = 0, ellipsis = '…'): Line {
  const clipped: Span[] = [];
  const isCut = lineWidth(line) - left > width;
  let skip = left;
  let room = isCut ? width - widthOf(ellipsis) : width;
  for (const part of line) {
    const partWidth = widthOf(part.text);
    const text = sliceColumns(part.text, skip, room);
    skip = Math.max(0, skip - partWidth);
    room -= widthOf(text);
    if (text !== '') clipped.push({ text, tone: part.tone });
  }
  return isCut && width > 0 ? [...clipped, span(truncate(ellipsis, width), 'dim')] : clipped;
}

/** `left` and `right` at the two ends of `width` columns; the left one gives way. */
export function spread(left: Line, right: Line, width: number, fill: Span = span(' '), ellipsis = '…'): Line {
  const shownRight = clipLine(right, width, 0, ellipsis);
  const shownLeft = clipLine(left, Math.max(0, width - lineWidth(shownRight)), 0, ellipsis);
  const room = width - lineWidth(shownLeft) - lineWidth(shownRight);
  return [...shownLeft, { text: fill.text.repeat(Math.max(0, room)), tone: fill.tone }, ...shownRight];
}

/** A line of one span as several that fit. */
export function wrapLine(line: Line, width: number): readonly Line[] {
  const [first] = line;
  if (first === undefined || line.length > 1) return [line];
  return wrap(first.text, width).map((text) => [span(text, first.tone)]);
}

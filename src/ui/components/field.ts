import type { InputState } from '../../store/console-state.ts';
import type { ConsoleContext } from '../context.ts';
import { span, type Line } from './line.ts';
import { graphemes, sliceColumns, widthOf } from './text-width.ts';

/** A field to type in, on one row. It shows the part around its caret when the text is longer than the row. */
export function fieldLine({ theme }: ConsoleContext, label: string, input: InputState, isActive: boolean, width: number): Line {
  const head = `${isActive ? theme.glyphs.cursor : ' '} ${label === '' ? '' : `${label}: `}`;
  const room = Math.max(8, width - widthOf(head) - 2);
  const parts = graphemes(input.text);
  const before = parts.slice(0, input.caret).join('');
  const after = parts.slice(input.caret).join('');
  const left = Math.max(0, widthOf(before) - room + 1);
  const shownBefore = sliceColumns(before, left, room);
  return [
    span(head, isActive ? 'accent' : 'dim'),
    span(shownBefore),
    ...(isActive ? [span(theme.glyphs.caret, 'accent')] : []),
    span(sliceColumns(after, 0, room - widthOf(shownBefore))),
  ];
}

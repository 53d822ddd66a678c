import type { ConsoleState } from '../../store/console-state.ts';
import type { Line, Lines } from '../components/line.ts';
import type { ConsoleContext } from '../context.ts';

/** What a panel shows. It knows its width and neither its height nor its place: `lines` gives only the rows that are asked for. */
export interface PanelContent {
  readonly title: Line;
  /** State in glyph and word, elapsed time. */
  readonly status: Line;
  readonly lines: Lines;
  /** One row's worth, when there is room for no more. */
  readonly brief: Line;
  /** Where it stands when nobody scrolled: `end` for what streams. */
  readonly rests: 'start' | 'end';
}

export type Panel = (context: ConsoleContext, state: ConsoleState, width: number) => PanelContent;

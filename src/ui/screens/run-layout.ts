import { LAYERS } from '../../domain/layer.ts';
import type { ConsoleState, PanelId } from '../../store/console-state.ts';
import { cursorStep } from '../../store/select.ts';
import { FOOTER_ROWS, HEADER_ROWS } from './window.ts';

/** Where the panels of a run stand. Pure: the keys that scroll need the same figures as the screen that draws. */

export interface Region {
  readonly panel: PanelId;
  readonly top: number;
  readonly left: number;
  readonly width: number;
  /** Rows with its title row; 1 is a panel in brief. */
  readonly height: number;
}

const GRID_COLUMNS = 100;
const GRID_ROWS = 24;
/** From here on the picture of the path stands whole, with a rule and up to eight stops; below it is one row. */
const TALL_ROWS = 44;
const PICTURE_ROWS = 9;

/** The panel that keys go to: the user's choice, else the verdict when it stands, else where the tree is, else where something runs. */
export function focusedPanel(state: ConsoleState): PanelId {
  if (state.runView.focus !== null) return state.runView.focus;
  if (state.run.conclusion !== null || state.run.phase === 'ended' || state.runError !== null) return 'verdict';
  return cursorStep(state.run)?.layer ?? Object.values(state.run.commands).at(-1)?.layer ?? 'path';
}

export function runLayout(state: ConsoleState): readonly Region[] {
  const { columns, rows } = state.size;
  const height = rows - HEADER_ROWS - FOOTER_ROWS;
  const focus = focusedPanel(state);
  if (state.runView.zoomed) return [{ panel: focus, top: 0, left: 0, width: columns, height }];
  const hasVerdict = state.run.conclusion !== null || state.run.phase === 'ended' || state.runError !== null || focus === 'verdict';
  return columns >= GRID_COLUMNS && rows >= GRID_ROWS
    ? grid(columns, height, hasVerdict, focus, state.run.path.length + state.run.waitingFor.length)
    : stack(columns, height, hasVerdict, focus, state.run.path.length + state.run.waitingFor.length);
}

/** One below the other; all but the focused one as small as they can be read. */
function stack(width: number, height: number, hasVerdict: boolean, focus: PanelId, pathLines: number): readonly Region[] {
  const small = height < 16;
  const hasPicture = focus === 'picture' || (hasVerdict && !small);
  const panels: readonly PanelId[] = [...(hasVerdict ? (['verdict'] as const) : []), 'path', ...(hasPicture ? (['picture'] as const) : []), ...LAYERS];
  const rest: Partial<Record<PanelId, number>> = {
    verdict: small ? 3 : 5,
    path: 1 + Math.min(Math.max(1, pathLines), small ? 2 : hasVerdict ? 3 : 6),
  };
  const used = panels.reduce((sum, panel) => sum + (panel === focus ? 0 : (rest[panel] ?? 1)), 0);
  let top = 0;
  return panels.map((panel) => {
    const rows = panel === focus ? Math.max(1, height - used) : (rest[panel] ?? 1);
    const region = { panel, top, left: 0, width, height: rows };
    top += rows;
    return region;
  });
}

/** The verdict beside the tree, and the four layers below as two by two. */
function grid(width: number, height: number, hasVerdict: boolean, focus: PanelId, pathLines: number): readonly Region[] {
  const half = Math.floor((width - 1) / 2);
  const right = width - half - 1;
  const wanted = hasVerdict ? Math.floor(height * 0.45) : Math.max(4, pathLines + 1);
  const topRows = Math.min(wanted, Math.floor(height * 0.45));
  const pictureRows = focus === 'picture' ? Math.min(PICTURE_ROWS, height - topRows - 4) : !hasVerdict ? 0 : height >= TALL_ROWS ? PICTURE_ROWS : 1;
  const below = topRows + pictureRows;
  const upper = Math.ceil((height - below) / 2);
  const lower = height - below - upper;
  const head: readonly Region[] = hasVerdict
    ? [
        { panel: 'verdict', top: 0, left: 0, width: half, height: topRows },
        { panel: 'path', top: 0, left: half + 1, width: right, height: topRows },
      ]
    : [{ panel: 'path', top: 0, left: 0, width, height: topRows }];
  return [
    ...head,
    ...(pictureRows === 0 ? [] : [{ panel: 'picture', top: topRows, left: 0, width, height: pictureRows } as const]),
    { panel: 'application', top: below, left: 0, width: half, height: upper },
    { panel: 'transport', top: below, left: half + 1, width: right, height: upper },
    { panel: 'internet', top: below + upper, left: 0, width: half, height: lower },
    { panel: 'network-access', top: below + upper, left: half + 1, width: right, height: lower },
  ];
}

/** First line in sight of a panel: where it was scrolled to, else where it rests. */
export function panelTop(state: ConsoleState, panel: PanelId, rests: 'start' | 'end', count: number, height: number): number {
  const lowest = Math.max(0, count - height);
  const chosen = state.runView.top[panel];
  if (chosen === undefined && rests === 'end') return state.run.phase === 'running' && state.runView.frozen === null ? filledFrom(lowest, height) : lowest;
  if (chosen === undefined) return 0;
  return Math.min(chosen, lowest);
}

/**
 * What streams is scrolled by half a panel at once, and the room that this makes is filled line by line: scrolling by one line would draw
 * every row again for each that comes, which a slow line does not carry.
 */
function filledFrom(lowest: number, height: number): number {
  const step = Math.max(1, Math.floor(height / 2));
  return Math.ceil(lowest / step) * step;
}

import { describe, expect, it } from 'vitest';
import { FIRST_STATE, type ConsoleState, type PanelId } from '../../src/store/console-state.ts';
import { reduce } from '../../src/store/reduce.ts';
import { IDLE_RUN } from '../../src/store/run-state.ts';
import { focusedPanel, runLayout } from '../../src/ui/screens/run-layout.ts';
import { FILTERED_RUN, POD_TARGET } from '../store/run-events.ts';

function runState(columns: number, rows: number, events: number, focus: PanelId | null = null, zoomed = false): ConsoleState {
  return {
    ...FIRST_STATE,
    screens: [{ kind: 'run', target: POD_TARGET, dependencyText: 'x:1' }],
    size: { columns, rows },
    run: FILTERED_RUN.slice(0, events).reduce(reduce, IDLE_RUN),
    runView: { ...FIRST_STATE.runView, focus, zoomed },
  };
}

const SIZES = [[60, 16], [80, 24], [99, 50], [100, 24], [120, 40], [200, 60], [300, 100]] as const;
const FOCI: readonly (PanelId | null)[] = [null, 'path', 'picture', 'application', 'network-access', 'verdict'];

describe('the places of the panels', () => {
  it.each(SIZES)('cover the body of a %dx%d window, each cell once', (columns, rows) => {
    for (const events of [1, 6, FILTERED_RUN.length]) {
      for (const focus of FOCI) {
        const regions = runLayout(runState(columns, rows, events, focus));
        const gaps = new Set(regions.map((region) => region.top)).size < regions.length ? 1 : 0;
        const cells = regions.reduce((sum, region) => sum + region.width * region.height, 0);
        const gapCells = gaps === 0 ? 0 : regions.filter((region) => region.left > 0).reduce((sum, region) => sum + region.height, 0);
        expect(cells + gapCells).toBe(columns * (rows - 3));
        expect(Math.min(...regions.map((region) => region.height))).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('gives the focused panel the space of a small window', () => {
    const regions = runLayout(runState(80, 24, FILTERED_RUN.length, 'transport'));
    const tallest = regions.reduce((a, b) => (b.height > a.height ? b : a));
    expect(tallest.panel).toBe('transport');
  });

  it('shows the layers two by two from 100 columns on', () => {
    const layers = runLayout(runState(120, 40, FILTERED_RUN.length)).filter((region) => !['verdict', 'path', 'picture'].includes(region.panel));
    expect(layers.map((region) => region.left > 0)).toEqual([false, true, false, true]);
  });

  it('is one panel when it is zoomed', () => {
    expect(runLayout(runState(80, 24, 6, 'internet', true))).toEqual([{ panel: 'internet', top: 0, left: 0, width: 80, height: 21 }]);
  });
});

describe('the focus', () => {
  it('follows the tree, goes to the verdict when it stands, and stays where the user put it', () => {
    expect(focusedPanel(runState(80, 24, 6))).toBe('application');
    expect(focusedPanel(runState(80, 24, FILTERED_RUN.length))).toBe('verdict');
    expect(focusedPanel(runState(80, 24, FILTERED_RUN.length, 'internet'))).toBe('internet');
  });
});

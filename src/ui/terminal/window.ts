import type { ConsoleState } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
const CLOCK_MS = 1_000;

/** Keeps the window's size in the store, and its clock while something on the screen counts time. Gives the function that stops it. */
export function watchWindow(stdout: NodeJS.WriteStream, store: ConsoleStore): () => void {
  const measure = (): void => {
    store.setState({ size: { columns: stdout.columns || DEFAULT_COLUMNS, rows: stdout.rows || DEFAULT_ROWS } });
  };
  const clock = setInterval(() => {
    if (countsTime(store.getState())) store.setState({ nowMs: Date.now() });
  }, CLOCK_MS);
  // Before Ink's own listener: the rows must fit the new window by the time Ink draws again.
  stdout.prependListener('resize', measure);
  measure();
  return () => {
    clearInterval(clock);
    stdout.off('resize', measure);
  };
}

/** Nothing is written while nothing happens: the clock ticks for a run, and for a list that is loading. */
function countsTime(state: ConsoleState): boolean {
  const isLoading = Object.values(state.lists).some((list) => list.phase.kind === 'loading' || list.phase.kind === 'stale');
  return isLoading || state.dialogs.some((dialog) => dialog.kind === 'progress' && !dialog.isDone) || (state.runStartedAtMs !== null && state.run.phase !== 'ended' && state.runError === null);
}

import type { DriverView } from '../../domain/run-panel.ts';
import type { ConsoleState } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { currentScreen } from '../../store/navigate.ts';
import { focusedPanel } from '../screens/run-layout.ts';

/** The tree moves the focus many times a second; those who follow are told where it came to rest. */
const TELL_EVERY_MS = 500;

/** Tells where the one who drives looks, whenever that has changed. Gives the function that stops it. */
export function tellFocus(store: ConsoleStore, tell: (view: DriverView) => void): () => void {
  let told: DriverView | null = null;
  let toldOf: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  const tellNow = (): void => {
    timer = null;
    const state = store.getState();
    const view = viewOf(state);
    if (view === null || isSame(view, told, state.run.runId, toldOf)) return;
    told = view;
    toldOf = state.run.runId;
    tell(view);
  };
  const unsubscribe = store.subscribe((state) => {
    const view = viewOf(state);
    if (view !== null && !isSame(view, told, state.run.runId, toldOf)) timer ??= setTimeout(tellNow, TELL_EVERY_MS).unref();
  });
  return () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}

/** null while no run of one's own is on the screen. */
function viewOf(state: ConsoleState): DriverView | null {
  const isDriving = currentScreen(state).kind === 'run' && state.playback === null && state.live === null && state.run.runId !== null;
  return isDriving ? { panel: focusedPanel(state), zoomed: state.runView.zoomed } : null;
}

/** Each run is told of anew: it has a record of its own. */
function isSame(view: DriverView, told: DriverView | null, run: string | null, toldOf: string | null): boolean {
  return run === toldOf && view.panel === told?.panel && view.zoomed === told.zoomed;
}

import type { ConsoleState, RunView } from '../../store/console-state.ts';
import type { ConsoleApp } from '../console-app.ts';

/** The view of one who looks where the driver looks. */
export function mirrored({ run, runView }: Pick<ConsoleState, 'run' | 'runView'>): RunView {
  if (!runView.mirrorsDriver || run.driver === null) return runView;
  const { panel, zoomed } = run.driver;
  return { ...runView, focus: panel, zoomed, left: panel === runView.focus ? runView.left : 0 };
}

/** Begins to look where the driver looks, or ends it; either stays where it is. */
export function toggleMirror(app: ConsoleApp): void {
  const { pairing } = app.context.messages;
  const state = app.store.getState();
  const mirrorsDriver = !state.runView.mirrorsDriver;
  app.store.setState({ runView: mirrored({ run: state.run, runView: { ...state.runView, mirrorsDriver } }) });
  app.notify('accent', mirrorsDriver ? pairing.mirroring(state.live?.driver ?? '') : pairing.notMirroring);
}

/** Who goes elsewhere by a key of their own, no longer looks where the driver looks. */
export function afterOwnKey(before: RunView, after: RunView): RunView {
  const isMoved = before.focus !== after.focus || before.zoomed !== after.zoomed;
  return before.mirrorsDriver && isMoved ? { ...after, mirrorsDriver: false } : after;
}

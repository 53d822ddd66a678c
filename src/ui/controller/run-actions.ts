import type { ConsoleApp } from '../console-app.ts';
import type { Action } from '../key-bindings.ts';
import { runText } from '../copy/run-text.ts';
import { focusedPanel } from '../screens/run-layout.ts';
import { askAgain, askNode, compare, runAgain } from './run-wishes.ts';
import { isSearch, search } from './run-search.ts';
import { leaveNote } from '../pairing/leave-note.ts';
import { afterOwnKey, toggleMirror } from '../pairing/mirror-driver.ts';
import { followNext } from '../pairing/next-run.ts';
import { actInPlayback, isPlaybackAction } from '../recordings/playback-keys.ts';
import { runViewAfter } from './run-keys.ts';

/** What keys do on the screen of a run. */
export function actInRun(app: ConsoleApp, action: Action): void {
  const { context, store, journey } = app;
  const { dialogs } = context.messages.ui;
  if (action === 'rerun') void askAgain(app);
  else if (action === 'runAgain') runAgain(app);
  else if (action === 'askNode') void askNode(app);
  else if (action === 'compare') void compare(app);
  else if (action === 'back') leaveRunScreen(app);
  else if (action === 'destination') app.afterRun(dialogs.leaveRun, () => { journey.changeDestination(); });
  else if (action === 'copy') copyPanel(app);
  else if (action === 'plainText') showPlainText(app);
  else if (action === 'note') noteOrNextMatch(app);
  else if (action === 'mirror') toggleMirror(app);
  else if (action === 'nextRun') followNext(app);
  else if (isPlaybackAction(action)) actInPlayback(app, action);
  else if (isSearch(action)) search(app, action);
  else {
    const state = store.getState();
    const runView = runViewAfter(context, state, action);
    if (runView !== null) store.setState({ runView: afterOwnKey(state.runView, runView) });
  }
}

/** While something is searched for, `n` means what it means everywhere. */
function noteOrNextMatch(app: ConsoleApp): void {
  if (app.store.getState().runView.search === '') void leaveNote(app);
  else search(app, 'note');
}

function copyPanel(app: ConsoleApp): void {
  const text = app.context.messages.console.run;
  const lines = focusedText(app);
  if (app.copy(`${lines.join('\n')}\n`)) app.notify('pass', text.copied(lines.length));
  else app.notify('warn', text.tooLong);
}

function showPlainText(app: ConsoleApp): void {
  const lines = focusedText(app).map((text) => ({ text, emphasis: 'plain' }) as const);
  void app.dialogs.showPage({ title: app.context.messages.console.run.plainTitle, lines });
}

function focusedText({ context, store }: ConsoleApp): readonly string[] {
  const state = store.getState();
  return runText(context, state, focusedPanel(state));
}

/** Out of the zoom, then out of the run: after asking when that would end it. */
function leaveRunScreen(app: ConsoleApp): void {
  const { runView } = app.store.getState();
  if (runView.zoomed) app.store.setState({ runView: { ...runView, zoomed: false } });
  else app.afterRun(app.context.messages.ui.dialogs.leaveRun, () => { app.journey.back(); });
}

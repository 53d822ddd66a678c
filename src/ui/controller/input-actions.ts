import type { ConsoleApp } from '../console-app.ts';
import type { Action } from '../key-bindings.ts';
import { itemsOf } from '../screens/list-items.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import { inputAfterAction, inputAfterKey } from './input-keys.ts';

/** What keys do in the destination field. */
export function actInInput({ context, journey, store }: ConsoleApp, action: Action): void {
  const state = store.getState();
  const { input } = state;
  if (action === 'run') journey.startTyped();
  else if (action === 'back') journey.back();
  else if (action === 'down' || action === 'switchZone') {
    // Into the list below, when there is anything in it.
    if (itemsOf(state, 'dependencies', context.messages).length > 0) store.setState({ input: { ...input, zone: 'list' } });
  } else {
    const next = inputAfterAction(input, action);
    if (next !== null) store.setState({ input: next });
  }
}

export function typeInInput({ store, dialogs }: ConsoleApp, key: KeyPress): void {
  const { input } = store.getState();
  // A destination does not begin with these two: in an empty field they mean what they mean everywhere.
  if (input.text === '' && key.name === '?') void dialogs.showHelp();
  else if (input.text === '' && key.name === ':') store.setState({ commandLine: { text: '', typed: '', offered: null } });
  else {
    const next = inputAfterKey(input, key);
    if (next !== null) store.setState({ input: next });
  }
}

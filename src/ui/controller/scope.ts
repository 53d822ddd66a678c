import type { ConsoleState } from '../../store/console-state.ts';
import type { DialogKind } from '../../store/dialog.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { Scope } from '../key-bindings.ts';
import { definitionOf } from '../screens/index.ts';

const SCOPE_OF_DIALOG: Readonly<Record<DialogKind, Scope>> = { question: 'question', page: 'page', help: 'page', progress: 'progress', prompt: 'prompt', picker: 'picker' };

/** Where the keys go: the dialog on top, else the `:` line, else the screen. */
export function scopeOf(state: ConsoleState): Scope {
  const dialog = state.dialogs.at(-1);
  if (dialog?.kind === 'page' && dialog.search.isTyping) return 'filter';
  if (dialog !== undefined) return SCOPE_OF_DIALOG[dialog.kind];
  return state.commandLine === null ? definitionOf(currentScreen(state)).scope(state) : 'command';
}

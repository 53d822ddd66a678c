import type { Messages } from '../i18n/index.ts';
import type { ConsoleState } from '../store/console-state.ts';
import { currentScreen } from '../store/navigate.ts';

/** The one table of keys: handling, footer and help are read from it. */

export type Action = keyof Messages['ui']['actions'];

/** Where the keys go. In `filter` and `input` every printable key is text. */
export type Scope = 'list' | 'filter' | 'input' | 'run' | 'help' | 'confirm';
export const TEXT_SCOPES: readonly Scope[] = ['filter', 'input'];

export interface Binding {
  readonly action: Action;
  /** The first one is shown. */
  readonly keys: readonly string[];
  readonly scopes: readonly Scope[];
  /** Shown in the footer; the others are in the help only. */
  readonly footer?: true;
}

const LINES: readonly Scope[] = ['list', 'run', 'help'];
const EVERYWHERE: readonly Scope[] = ['list', 'filter', 'input', 'run', 'help', 'confirm'];

export const BINDINGS: readonly Binding[] = [
  { action: 'up', keys: ['up', 'k'], scopes: LINES },
  { action: 'down', keys: ['down', 'j'], scopes: LINES },
  { action: 'up', keys: ['up'], scopes: ['filter', 'input'] },
  { action: 'down', keys: ['down'], scopes: ['filter', 'input'] },
  { action: 'open', keys: ['enter'], scopes: ['list'], footer: true },
  { action: 'apply', keys: ['enter'], scopes: ['filter'], footer: true },
  { action: 'run', keys: ['enter'], scopes: ['input'], footer: true },
  { action: 'back', keys: ['esc'], scopes: ['list', 'filter', 'input', 'run', 'help'], footer: true },
  { action: 'right', keys: ['right', 'l'], scopes: ['list', 'run'] },
  { action: 'left', keys: ['left', 'h'], scopes: ['list', 'run'] },
  { action: 'right', keys: ['right'], scopes: ['input'] },
  { action: 'left', keys: ['left'], scopes: ['input'] },
  { action: 'pageUp', keys: ['pageup', 'ctrl-b'], scopes: LINES },
  { action: 'pageDown', keys: ['pagedown', 'ctrl-f'], scopes: LINES },
  { action: 'first', keys: ['g', 'home'], scopes: LINES },
  { action: 'last', keys: ['G', 'end'], scopes: LINES },
  { action: 'first', keys: ['home', 'ctrl-a'], scopes: ['input'] },
  { action: 'last', keys: ['end', 'ctrl-e'], scopes: ['input'] },
  { action: 'switchZone', keys: ['tab', 'shift-tab'], scopes: ['input', 'list'] },
  { action: 'focusNext', keys: ['tab'], scopes: ['run'], footer: true },
  { action: 'focusPrevious', keys: ['shift-tab'], scopes: ['run'] },
  { action: 'focusApplication', keys: ['4'], scopes: ['run'] },
  { action: 'focusTransport', keys: ['3'], scopes: ['run'] },
  { action: 'focusInternet', keys: ['2'], scopes: ['run'] },
  { action: 'focusNetworkAccess', keys: ['1'], scopes: ['run'] },
  { action: 'focusVerdict', keys: ['v'], scopes: ['run'] },
  { action: 'focusPath', keys: ['t'], scopes: ['run'] },
  { action: 'zoom', keys: ['z', 'enter'], scopes: ['run'], footer: true },
  { action: 'freeze', keys: ['space'], scopes: ['run'], footer: true },
  { action: 'rerun', keys: ['r'], scopes: ['run'], footer: true },
  { action: 'filter', keys: ['/'], scopes: ['list'], footer: true },
  { action: 'reload', keys: ['r', 'ctrl-r'], scopes: ['list'] },
  { action: 'yes', keys: ['y'], scopes: ['confirm'], footer: true },
  { action: 'no', keys: ['n', 'esc', 'enter'], scopes: ['confirm'], footer: true },
  { action: 'help', keys: ['?', 'f1'], scopes: ['list', 'run', 'help'], footer: true },
  { action: 'help', keys: ['f1'], scopes: ['filter', 'input'], footer: true },
  { action: 'quit', keys: ['q'], scopes: ['list', 'run', 'help'], footer: true },
  { action: 'quitNow', keys: ['ctrl-c'], scopes: EVERYWHERE },
];

export function scopeOf(state: ConsoleState): Scope {
  if (state.dialog !== null) return 'confirm';
  if (state.helpTop !== null) return 'help';
  const screen = currentScreen(state);
  if (screen.kind === 'run') return 'run';
  if (state.filterOpen) return 'filter';
  return screen.kind === 'dependencies' && state.input.zone === 'input' ? 'input' : 'list';
}

/** What a key does in a scope; null when nothing is bound to it there. */
export function actionFor(scope: Scope, key: string): Action | null {
  return BINDINGS.find((binding) => binding.scopes.includes(scope) && binding.keys.includes(key))?.action ?? null;
}

export function bindingsOf(scope: Scope): readonly Binding[] {
  return BINDINGS.filter((binding) => binding.scopes.includes(scope));
}

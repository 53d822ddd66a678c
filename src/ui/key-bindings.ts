import type { Messages } from '../i18n/index.ts';

/** The one table of keys: handling, footer, help and docs/keys.md are read from it. */

export type Action = keyof Messages['keys']['actions'];

/** Where the keys go. In the text scopes every printable key is text. */
export type Scope = 'list' | 'pods' | 'filter' | 'input' | 'command' | 'run' | 'replay' | 'watch' | 'page' | 'progress' | 'question' | 'prompt' | 'picker';
export const SCOPES: readonly Scope[] = ['list', 'pods', 'filter', 'input', 'command', 'run', 'replay', 'watch', 'page', 'progress', 'question', 'prompt', 'picker'];
export const TEXT_SCOPES: readonly Scope[] = ['filter', 'input', 'command', 'prompt', 'picker'];

export interface Binding {
  readonly action: Action;
  /** The first one is shown. */
  readonly keys: readonly string[];
  readonly scopes: readonly Scope[];
  /** Shown in the footer, `if-room` or in every window; the others are in the help only. */
  readonly footer?: 'always' | 'if-room';
}

/** `pods`: of pods, of their containers and of what those name. */
const LISTS: readonly Scope[] = ['list', 'pods'];
const LINES: readonly Scope[] = [...LISTS, 'run', 'replay', 'watch', 'page', 'progress'];
const PAGES: readonly Scope[] = ['page', 'progress'];
const SCREENS: readonly Scope[] = [...LISTS, 'run', 'replay', 'watch'];
const RUNS: readonly Scope[] = ['run', 'replay', 'watch'];

export const BINDINGS: readonly Binding[] = [
  { action: 'open', keys: ['enter'], scopes: LISTS, footer: 'always' },
  { action: 'apply', keys: ['enter'], scopes: ['filter'], footer: 'always' },
  { action: 'run', keys: ['enter'], scopes: ['input', 'command', 'prompt'], footer: 'always' },
  { action: 'take', keys: ['enter'], scopes: ['question', 'picker'], footer: 'always' },
  { action: 'up', keys: ['up', 'k'], scopes: LINES },
  { action: 'down', keys: ['down', 'j'], scopes: LINES },
  { action: 'up', keys: ['up'], scopes: ['filter', 'input', 'question', 'picker'] },
  { action: 'down', keys: ['down'], scopes: ['filter', 'input', 'question', 'picker'] },
  { action: 'back', keys: ['esc'], scopes: SCOPES, footer: 'always' },
  { action: 'right', keys: ['right', 'l'], scopes: ['list', ...RUNS] },
  { action: 'right', keys: ['right'], scopes: ['pods'] },
  { action: 'left', keys: ['left', 'h'], scopes: SCREENS },
  { action: 'right', keys: ['right'], scopes: ['input', 'prompt', 'question'] },
  { action: 'left', keys: ['left'], scopes: ['input', 'prompt', 'question'] },
  { action: 'pageUp', keys: ['pageup', 'ctrl-b'], scopes: [...LINES, 'question', 'picker'] },
  { action: 'pageDown', keys: ['pagedown', 'ctrl-f'], scopes: [...LINES, 'question', 'picker'] },
  { action: 'first', keys: ['g', 'home'], scopes: LINES },
  { action: 'last', keys: ['G', 'end'], scopes: LINES },
  { action: 'first', keys: ['home', 'ctrl-a'], scopes: ['input', 'prompt'] },
  { action: 'last', keys: ['end', 'ctrl-e'], scopes: ['input', 'prompt'] },
  { action: 'switchZone', keys: ['tab', 'shift-tab'], scopes: ['input'], footer: 'if-room' },
  { action: 'switchZone', keys: ['tab', 'shift-tab'], scopes: LISTS },
  { action: 'focusNext', keys: ['tab'], scopes: RUNS, footer: 'if-room' },
  { action: 'focusPrevious', keys: ['shift-tab'], scopes: RUNS },
  { action: 'next', keys: ['tab'], scopes: ['question', 'command'], footer: 'if-room' },
  { action: 'previous', keys: ['shift-tab'], scopes: ['question', 'command'] },
  { action: 'mark', keys: ['space'], scopes: ['picker'] },
  { action: 'focusApplication', keys: ['4'], scopes: RUNS },
  { action: 'focusTransport', keys: ['3'], scopes: RUNS },
  { action: 'focusInternet', keys: ['2'], scopes: RUNS },
  { action: 'focusNetworkAccess', keys: ['1'], scopes: RUNS },
  { action: 'focusVerdict', keys: ['v'], scopes: RUNS },
  { action: 'focusPath', keys: ['t'], scopes: RUNS },
  { action: 'focusPicture', keys: ['p'], scopes: RUNS },
  { action: 'zoom', keys: ['z', 'enter'], scopes: RUNS, footer: 'if-room' },
  { action: 'freeze', keys: ['space'], scopes: ['run', 'watch'], footer: 'if-room' },
  { action: 'mirror', keys: ['m'], scopes: ['watch'], footer: 'always' },
  { action: 'nextRun', keys: ['r'], scopes: ['watch'], footer: 'if-room' },
  { action: 'playPause', keys: ['space'], scopes: ['replay'], footer: 'always' },
  { action: 'stepEvent', keys: ['.'], scopes: ['replay'], footer: 'if-room' },
  { action: 'stepNode', keys: ['>'], scopes: ['replay'], footer: 'if-room' },
  { action: 'toVerdict', keys: ['V'], scopes: ['replay'], footer: 'if-room' },
  { action: 'faster', keys: ['+', '='], scopes: ['replay'] },
  { action: 'slower', keys: ['-'], scopes: ['replay'] },
  { action: 'runAgain', keys: ['r'], scopes: ['replay'] },
  { action: 'rerun', keys: ['r'], scopes: ['run'], footer: 'if-room' },
  { action: 'runAgain', keys: ['ctrl-r'], scopes: ['run'] },
  { action: 'askNode', keys: ['a'], scopes: ['run'] },
  { action: 'compare', keys: ['+'], scopes: ['run'] },
  { action: 'copy', keys: ['y'], scopes: RUNS, footer: 'if-room' },
  { action: 'plainText', keys: ['Y'], scopes: RUNS },
  { action: 'export', keys: ['e'], scopes: RUNS, footer: 'if-room' },
  { action: 'parsed', keys: ['o'], scopes: RUNS },
  { action: 'search', keys: ['/'], scopes: RUNS },
  { action: 'search', keys: ['/'], scopes: ['page'], footer: 'if-room' },
  { action: 'searchNext', keys: ['n'], scopes: ['page'] },
  { action: 'note', keys: ['n'], scopes: ['watch'], footer: 'always' },
  { action: 'note', keys: ['n'], scopes: ['run'], footer: 'if-room' },
  { action: 'note', keys: ['n'], scopes: ['replay'] },
  { action: 'searchPrevious', keys: ['N'], scopes: [...RUNS, 'page'] },
  { action: 'destination', keys: ['d'], scopes: ['run'] },
  { action: 'filter', keys: ['/'], scopes: LISTS, footer: 'if-room' },
  { action: 'command', keys: [':'], scopes: SCREENS, footer: 'if-room' },
  { action: 'logs', keys: ['l'], scopes: ['pods'], footer: 'if-room' },
  { action: 'previousLog', keys: ['p'], scopes: ['pods'] },
  { action: 'describe', keys: ['d'], scopes: ['pods'], footer: 'if-room' },
  { action: 'yaml', keys: ['y'], scopes: ['pods'] },
  { action: 'shell', keys: ['s'], scopes: ['pods'], footer: 'if-room' },
  { action: 'shell', keys: ['s'], scopes: ['list', ...RUNS] },
  { action: 'askAll', keys: ['a', 'A'], scopes: ['pods'], footer: 'if-room' },
  { action: 'waysIn', keys: ['w'], scopes: ['run'] },
  { action: 'askAll', keys: ['A'], scopes: ['run'], footer: 'if-room' },
  { action: 'cleanUp', keys: ['x'], scopes: SCREENS },
  { action: 'reload', keys: ['r', 'ctrl-r'], scopes: LISTS },
  { action: 'allNamespaces', keys: ['0'], scopes: LISTS, footer: 'if-room' },
  { action: 'favourite', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], scopes: LISTS },
  { action: 'copyName', keys: ['c'], scopes: LISTS },
  { action: 'copy', keys: ['y', 'c'], scopes: ['page'], footer: 'if-room' },
  { action: 'wide', keys: ['w'], scopes: LISTS },
  { action: 'wrap', keys: ['w'], scopes: ['page'], footer: 'if-room' },
  { action: 'historyBack', keys: ['['], scopes: LISTS },
  { action: 'historyForward', keys: [']'], scopes: LISTS },
  { action: 'lastView', keys: ['-'], scopes: LISTS },
  { action: 'save', keys: ['ctrl-s'], scopes: ['page'], footer: 'if-room' },
  { action: 'save', keys: ['ctrl-s'], scopes: SCREENS },
  { action: 'redraw', keys: ['ctrl-l'], scopes: SCOPES },
  { action: 'help', keys: ['?', 'f1'], scopes: [...SCREENS, 'page'], footer: 'always' },
  { action: 'help', keys: ['f1'], scopes: ['filter', 'input'], footer: 'always' },
  { action: 'quit', keys: ['q'], scopes: SCREENS, footer: 'always' },
  { action: 'back', keys: ['q'], scopes: PAGES },
  { action: 'quitNow', keys: ['ctrl-c'], scopes: SCOPES },
];

/** What a key does in a scope; null when nothing is bound to it there. */
export function actionFor(bindings: readonly Binding[], scope: Scope, key: string): Action | null {
  return bindings.find((binding) => binding.scopes.includes(scope) && binding.keys.includes(key))?.action ?? null;
}

export function bindingsOf(bindings: readonly Binding[], scope: Scope): readonly Binding[] {
  return bindings.filter((binding) => binding.scopes.includes(scope));
}

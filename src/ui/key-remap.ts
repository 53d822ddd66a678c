import { BINDINGS, TEXT_SCOPES, type Action, type Binding, type Scope } from './key-bindings.ts';

export type KeyChoices = Readonly<Partial<Record<Action, readonly string[]>>>;

export interface KeyConflict {
  readonly action: Action;
  readonly key: string;
  /** The other action of that key, and where both would be meant. */
  readonly other: Action;
  readonly scope: Scope;
}

/** Names of keys that are no characters. */
export const NAMED_KEYS: readonly string[] = [
  ...['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'enter', 'esc', 'tab', 'shift-tab', 'space', 'backspace', 'delete', 'f1'],
  ...Array.from({ length: 26 }, (_, index) => `ctrl-${String.fromCharCode(97 + index)}`),
];

export function isKeyName(key: string): boolean {
  return NAMED_KEYS.includes(key) || ([...key].length === 1 && key > ' ');
}

/** The table with other keys for some actions. Where text is typed a character stays text, and ctrl-c always leaves. */
export function remapped(choices: KeyChoices): readonly Binding[] {
  return BINDINGS.flatMap((binding) => {
    const keys = choices[binding.action];
    if (keys === undefined || binding.action === 'quitNow') return [binding];
    const named = keys.filter((key) => NAMED_KEYS.includes(key));
    const typing = binding.scopes.filter((scope) => TEXT_SCOPES.includes(scope));
    const others = binding.scopes.filter((scope) => !TEXT_SCOPES.includes(scope));
    return [
      ...(others.length === 0 ? [] : [{ ...binding, keys, scopes: others }]),
      ...(typing.length === 0 ? [] : [{ ...binding, keys: named.length === 0 ? binding.keys : named, scopes: typing }]),
    ];
  });
}

/** Keys that would mean two things in one place; the first of them for each action that was chosen. */
export function conflictsOf(choices: KeyChoices): readonly KeyConflict[] {
  const bindings = remapped(choices);
  return (Object.keys(choices) as Action[]).flatMap((action) => {
    for (const mine of bindings.filter((binding) => binding.action === action)) {
      for (const binding of bindings) {
        const scope = binding.action === action ? undefined : binding.scopes.find((one) => mine.scopes.includes(one));
        const key = scope === undefined ? undefined : binding.keys.find((one) => mine.keys.includes(one));
        if (scope !== undefined && key !== undefined) return [{ action, key, other: binding.action, scope }];
      }
    }
    return [];
  });
}

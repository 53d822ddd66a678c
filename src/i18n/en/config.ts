function meant(suggestion: string | null): string {
  return suggestion === null ? '' : ` Did you mean ${suggestion}?`;
}

/** config.yaml: what may be wrong in it. */
export const config = {
  from: (file: string, exists: boolean): string => (exists ? file : `${file} does not exist: these are the defaults`),
  notSettings: 'Settings are wanted, such as "theme: light".',
  unknownSetting: (name: string, suggestion: string | null): string => `There is no setting ${name}.${meant(suggestion)}`,
  badValue: (name: string, expected: string): string => `${name} takes ${expected}.`,
  expected: {
    theme: 'dark, light or none',
    ascii: 'true or false',
    screenReader: 'true or false',
    favourites: 'a list of at most nine namespaces',
    keys: 'actions with their keys, such as "freeze: [f, space]"',
    toolkit: 'image, ttl (at least 60s), pullSecrets (a list), requests and limits ("cpu: 100m")',
  },
  unknownAction: (name: string, suggestion: string | null): string => `There is no action ${name}.${meant(suggestion)}`,
  fixedAction: (name: string): string => `${name} keeps its key: ctrl-c always leaves.`,
  unknownKey: (key: string): string => `"${key}" is no key: a character, or one of up, down, left, right, home, end, pageup, pagedown, enter, esc, tab, shift-tab, space, f1, ctrl-a to ctrl-z.`,
  conflict: (key: string, action: string, other: string, scope: string): string => `"${key}" would be ${action} and ${other} (${scope}).`,
};

import type { config as englishConfig } from '../en/config.ts';

function meant(suggestion: string | null): string {
  return suggestion === null ? '' : ` ¿Querías decir ${suggestion}?`;
}

export const config: typeof englishConfig = {
  from: (file, exists) => (exists ? file : `${file} no existe: estos son los valores por omisión`),
  notSettings: 'Se esperan ajustes, por ejemplo "theme: light".',
  unknownSetting: (name, suggestion) => `No existe el ajuste ${name}.${meant(suggestion)}`,
  badValue: (name, expected) => `${name} admite ${expected}.`,
  expected: {
    theme: 'dark, light o none',
    ascii: 'true o false',
    screenReader: 'true o false',
    favourites: 'una lista de nueve namespaces como mucho',
    keys: 'acciones con sus teclas, por ejemplo "freeze: [f, space]"',
    toolkit: 'image, ttl (al menos 60s), pullSecrets (una lista), requests y limits ("cpu: 100m")',
  },
  unknownAction: (name, suggestion) => `No existe la acción ${name}.${meant(suggestion)}`,
  fixedAction: (name) => `${name} conserva su tecla: ctrl-c siempre sale.`,
  unknownKey: (key) => `"${key}" no es una tecla: un carácter, o una de up, down, left, right, home, end, pageup, pagedown, enter, esc, tab, shift-tab, space, f1, ctrl-a a ctrl-z.`,
  conflict: (key, action, other, scope) => `"${key}" sería ${action} y ${other} (${scope}).`,
};

import type { spoken as englishSpoken } from '../en/spoken.ts';

export const spoken: typeof englishSpoken = {
  welcome: 'netdiag-tui, en líneas para un lector de pantalla. El signo de interrogación dice las teclas, q sale.',
  item: (text, place, count) => `${text}. ${place.toString()} de ${count.toString()}`,
  chosen: (text, place, count) => `Elegido: ${text}. ${place.toString()} de ${count.toString()}`,
  run: 'Ejecución hacia',
  panel: (name) => `Panel ${name}. Y mayúscula lo lee.`,
};

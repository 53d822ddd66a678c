import type { ProblemSentence } from '../en/cli.ts';
import type { cast as englishCast, castProblems as english } from '../en/cast.ts';

export const castProblems = {
  'cannot-film': (detail) => ({ message: `No se puede escribir la película de la consola: ${detail}.`, hint: 'Indica un fichero nuevo en una carpeta donde puedas escribir.' }),
} satisfies Readonly<Record<keyof typeof english, ProblemSentence>>;

export const cast: typeof englishCast = {
  option: 'filmar la consola en este fichero nuevo (asciicast v3; lo que se teclea en los campos sale en la película)',
  noTerminal: 'sin terminal',
  givenUp: (detail) => `La película de la consola no está entera: ${detail}`,
};

import type { ProblemSentence } from './cli.ts';

export const castProblems = {
  'cannot-film': (detail) => ({ message: `The film of the console cannot be written: ${detail}.`, hint: 'Name a new file in a folder that you may write to.' }),
} satisfies Readonly<Record<string, ProblemSentence>>;

/** A film of the console. */
export const cast = {
  option: 'film the console into this new file (asciicast v3; what is typed into fields is on the film)',
  noTerminal: 'no terminal',
  givenUp: (detail: string): string => `The film of the console is not whole: ${detail}`,
};

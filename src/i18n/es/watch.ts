import type { ProblemSentence } from '../en/cli.ts';
import type { watch as englishWatch, watchProblems as english } from '../en/watch.ts';

export const watchProblems = {
  'until-change-needs-every': () => ({ message: '--until-change necesita saber cada cuánto mirar.', hint: 'Añade --every, por ejemplo --every 30s.' }),
} satisfies Readonly<Record<keyof typeof english, ProblemSentence>>;

export const watch: typeof englishWatch = {
  options: {
    every: 'ejecutar una y otra vez, cada tanto tiempo, con una línea cada vez (Ctrl-C lo termina; docs/recipes.md)',
    untilChange: 'con --every: terminar cuando la conexión se rompa (código 1) o se arregle (0)',
  },
  notRun: 'no se pudo ejecutar',
  broke: 'SE HA ROTO: antes funcionaba.',
  healed: 'SE HA ARREGLADO: antes estaba rota.',
};

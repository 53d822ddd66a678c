import type { ProblemSentence } from './cli.ts';

export const watchProblems = {
  'until-change-needs-every': () => ({ message: '--until-change needs to know how often to look.', hint: 'Add --every, such as --every 30s.' }),
} satisfies Readonly<Record<string, ProblemSentence>>;

/** The same run again and again. */
export const watch = {
  options: {
    every: 'run again and again, a run each so often, one line each (Ctrl-C ends it; docs/recipes.md)',
    untilChange: 'with --every: end when the connection breaks (exit code 1) or heals (0)',
  },
  notRun: 'could not run',
  broke: 'IT BROKE: it worked before.',
  healed: 'IT HEALED: it was broken before.',
};

import type { Wish } from '../../domain/wish.ts';

/** Asking a run for more than the tree asks by itself. */
export const wishes = {
  againTitle: 'What should be asked again?',
  wholeRun: 'the whole run, from the start',
  howMuch: (node: string): string => `Ask again: ${node}`,
  onlyThis: 'Only this',
  onlyThisKey: 'o',
  fromHere: 'From here on',
  fromHereKey: 'f',
  askTitle: 'Which question should be asked, whatever the tree asks?',
  passed: 'asked already',
  compareTitle: 'Which place should be asked the same?',
  compareHint: "Another pod as NAME or NAMESPACE/NAME, or a command that runs there: NAME='COMMAND', for example node='ssh node-3'.",
  compareFault: (text: string): string => `"${text}" is neither a pod nor NAME='COMMAND'.`,
  compareNotRunning: (pod: string): string => `No container of ${pod} is running: nothing can be asked there.`,
  comparing: (name: string): string => `${name} is asked the same. Its output is marked with its name.`,
  notOpen: 'This run cannot be asked for more: r, then enter, starts it again.',
  besides: 'Asked besides',
  said: (wish: Wish): string => {
    switch (wish.kind) {
      case 'ask-again':
        return 'asked again';
      case 'ask-node':
        return 'asked besides';
      case 'compare':
        return 'another place is asked the same';
    }
  },
};

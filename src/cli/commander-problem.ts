import type { CommanderError } from 'commander';
import { closest } from './closest.ts';
import { problem, type Problem } from './problem.ts';

/** What commander 15 found wrong, in our own words. `flags` are the long options that would have been right here. */
export function problemOfCommander(error: CommanderError, flags: readonly string[]): Problem {
  switch (error.code) {
    case 'commander.unknownOption': {
      const flag = quoted(error.message);
      return problem('unknown-option', flag, flag.startsWith('--') ? closest(flag, flags) : null);
    }
    case 'commander.optionMissingArgument':
      return problem('option-without-value', quoted(error.message));
    case 'commander.missingArgument':
      return problem('missing-argument', quoted(error.message));
    case 'commander.excessArguments':
      return problem('too-many-arguments', excess(error.message));
    case 'commander.unknownCommand':
      return problem('unknown-command', quoted(error.message));
    default:
      return problem('internal', error.message.replace(/^error: /u, ''));
  }
}

/** First quoted word of: error: unknown option '--foo'   error: option '-n, --namespace <name>' argument missing   (commander 15.1) */
function quoted(message: string): string {
  return /'(.*?)'/su.exec(message)?.[1] ?? message;
}

/** error: too many arguments for 'run'. Expected 1 argument but got 2: pod/a, pod/b.   (commander 15.1) */
function excess(message: string): string {
  return /but got \d+: (.*)\.$/su.exec(message)?.[1] ?? message;
}

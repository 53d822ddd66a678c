import { shellWord } from '../domain/shell-words.ts';

/** An argv as one line that a POSIX shell splits into the same argv (XCU 2.2.2: nothing is special between single quotes). */
export function shellLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ');
}

/** The same for reading, on one line: a script in it (an argument of several lines) is left out. Not to be run. */
export function shellGist(argv: readonly string[]): string {
  return argv.map((argument) => (argument.includes('\n') ? "'…'" : shellWord(argument))).join(' ');
}

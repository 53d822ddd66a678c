/** Characters that no POSIX shell treats specially inside a word. `~` and `=` may be special at its start. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/u;

/** An argv as one line that a POSIX shell splits into the same argv (XCU 2.2.2: nothing is special between single quotes). */
export function shellLine(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(' ');
}

/** The same for reading, on one line: a script in it (an argument of several lines) is left out. Not to be run. */
export function shellGist(argv: readonly string[]): string {
  return argv.map((argument) => (argument.includes('\n') ? "'…'" : quoteArgument(argument))).join(' ');
}

function quoteArgument(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Characters that no POSIX shell treats specially inside a word. `~` and `=` may be special at its start. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/u;

/** An argv as one line that a POSIX shell splits into the same argv (XCU 2.2.2: nothing is special between single quotes). */
export function shellLine(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(' ');
}

function quoteArgument(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

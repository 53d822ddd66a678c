/** Characters that no POSIX shell treats specially inside a word. `~` and `=` may be special at its start. */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/u;

/** A word that a POSIX shell reads as this very text (XCU 2.2.2: nothing is special between single quotes). */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command behind a prefix. ssh(1): the arguments are joined with spaces and given to the user's shell at the far end. So behind ssh every
 * argument is quoted for that shell, once for each ssh on the way; other prefixes get the arguments as they are.
 */
export function composeArgv(prefix: readonly string[], argv: readonly string[]): readonly string[] {
  const shellsOnTheWay = prefix.filter((word) => word.split('/').at(-1) === 'ssh').length;
  let quoted = argv;
  for (let shell = 0; shell < shellsOnTheWay; shell += 1) quoted = quoted.map(shellWord);
  return [...prefix, ...quoted];
}

/** Characters that a POSIX shell leaves alone outside quotes (POSIX.1-2017, Shell Command Language, 2.2). */
const BARE = /^[A-Za-z0-9_@%+=:,./-]+$/u;

/** An argv as a person would type it in a shell: each word that needs it in single quotes. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (BARE.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

import { destinationsOf, type NamedDestination, type NamedValue } from './from-variables.ts';

/** A word that is an option: `--db-host`, `-h`, `-Dspring.datasource.url=...`. */
const OPTION = /^--?[A-Za-z]/u;

/**
 * Destinations that a container's command line names: `--db-host=x --db-port 5432`, `-Durl=x`, `NAME=value` before a program, and bare
 * URLs and `host:port` words; those of a shell's `-c` script too.
 */
export function destinationsInArguments(argv: readonly string[]): readonly NamedDestination[] {
  const words = argv.flatMap((word, index) => (/^-\w*c$/u.test(argv[index - 1] ?? '') ? scriptWords(word) : [word]));
  const values = words.flatMap((word, index): readonly NamedValue[] => {
    const [, name, value] = /^(?:-D|--?)?([A-Za-z][\w.-]*)=(.*)$/su.exec(word) ?? [];
    if (name !== undefined && value !== undefined) return [{ name, value }];
    const before = words[index - 1] ?? '';
    if (OPTION.test(word)) return [];
    return [{ name: OPTION.test(before) && !before.includes('=') ? before.replace(/^--?/u, '') : '', value: word }];
  });
  return destinationsOf(values);
}

/** Words of a script, as far as quotes and separators tell them apart; it is only looked at, never run. */
function scriptWords(script: string): readonly string[] {
  return script.split(/[\s;|&()]+/u).map((word) => word.replace(/^["']|["']$/gu, '')).filter((word) => word !== '');
}

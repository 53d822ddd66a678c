import { Command, CommanderError } from 'commander';
import { isLanguage, LANGUAGES, languageFromEnvironment, type Language } from '../i18n/index.ts';

/** What must be known before anything else can be said about a command line: in which language and form to say it. */
export interface Preferences {
  readonly language: Language;
  /** A value of --lang that is no language of ours; null when there is none. */
  readonly badLanguage: string | null;
  readonly json: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks through the whole command line, past everything that is wrong in it. `argv` is without the program. */
export function preferencesOf(argv: readonly string[], env: Environment): Preferences {
  const { lang, output } = lenientOptions(argv);
  const isKnown = lang !== undefined && isLanguage(lang);
  return {
    language: isKnown ? lang : languageFromEnvironment(env),
    badLanguage: lang === undefined || isKnown ? null : lang,
    json: output?.includes('json') === true,
  };
}

export const LANGUAGE_NAMES = Object.keys(LANGUAGES);

interface LenientOptions {
  readonly lang?: string;
  readonly output?: readonly string[];
}

function lenientOptions(argv: readonly string[]): LenientOptions {
  const parser = new Command()
    .option('--lang <language>')
    // All of them: the value of another option (`--to -oX`) can look like this one.
    .option('-o, --output <format>', '', (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value])
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  try {
    parser.parse([...argv], { from: 'user' });
  } catch (error) {
    // `--lang` or `-o` at the very end, without a value: the real parser says so.
    if (!(error instanceof CommanderError)) throw error;
  }
  return parser.opts<LenientOptions>();
}

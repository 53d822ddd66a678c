import { en, type Messages } from './en.ts';
import { es } from './es.ts';

export type { Messages };

/** A language is one entry here. */
export const LANGUAGES = { en, es } as const satisfies Record<string, Messages>;
export type Language = keyof typeof LANGUAGES;

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text);
}

/**
 * The language that the environment asks for: LC_ALL, then LC_MESSAGES, then LANG (POSIX locale(7)), else English.
 * `es_ES.UTF-8`, `es` and `es-MX` all mean Spanish.
 */
export function languageFromEnvironment(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  const language = locale.toLowerCase().split(/[_.@-]/u)[0] ?? '';
  return isLanguage(language) ? language : 'en';
}

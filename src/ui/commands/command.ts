import type { Messages } from '../../i18n/index.ts';
import type { ConsoleApp } from '../console-app.ts';

/** A command of the `:` line. */
export interface Command {
  /** The first one is offered; the others work too. */
  readonly names: readonly string[];
  readonly about: (messages: Messages) => string;
  /** `words` follow the name. */
  readonly run: (app: ConsoleApp, words: readonly string[]) => void;
}

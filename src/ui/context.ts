import type { Language, Messages } from '../i18n/index.ts';
import type { PanelLog } from '../store/panel-log.ts';
import type { Binding } from './key-bindings.ts';
import type { Theme } from './theme.ts';

/** What does not change while the console is open, and everything that draws or decides may need. */
export interface ConsoleContext {
  readonly messages: Messages;
  readonly language: Language;
  readonly theme: Theme;
  readonly panels: PanelLog;
  /** The table of keys with the user's own ones in it. */
  readonly bindings: readonly Binding[];
}

import type { Language, Messages } from '../i18n/index.ts';
import type { SignalSource } from './interruption.ts';
import type { Streams } from './streams.ts';

/** What every command gets. */
export interface CommandContext {
  readonly language: Language;
  readonly messages: Messages;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly streams: Streams;
  readonly signals: SignalSource;
}

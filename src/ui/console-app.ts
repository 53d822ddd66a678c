import type { ConsolePorts } from '../domain/console-ports.ts';
import type { Notice } from '../store/dialog.ts';
import type { ConsoleStore } from '../store/index.ts';
import type { ConsoleContext } from './context.ts';
import type { Journey } from './controller/journey.ts';
import type { Dialogs } from './dialogs/dialogs.ts';

/** What a key's handler, a screen or a command may use of the console. */
export interface ConsoleApp {
  readonly context: ConsoleContext;
  readonly store: ConsoleStore;
  readonly ports: ConsolePorts;
  readonly journey: Journey;
  readonly dialogs: Dialogs;
  /** Says something in passing, for some seconds, in the place of the footer. */
  notify(emphasis: Notice['emphasis'], text: string): void;
  /** Does it at once; while a run is going on, after asking whether that may be ended. */
  afterRun(question: string, act: () => void): void;
  /** Puts a text into the clipboard of the terminal; false when it is too long for one. */
  copy(text: string): boolean;
  /** Gives the terminal to something else, and comes back to the same screen. */
  handOver(run: (leaving: AbortSignal) => Promise<void>): Promise<void>;
  /** Draws the screen anew: something else may have written to the terminal. */
  redraw(): void;
  quit(): void;
}

import type { InputState } from './console-state.ts';

/** What stands over a screen and takes the keys until it is answered. Plain data: who opened it holds the promise (ui/dialogs). */

export type Emphasis = 'plain' | 'dim' | 'strong' | 'accent' | 'pass' | 'fail' | 'warn';

/** A line of any length; it is wrapped to the window. */
export interface DialogLine {
  readonly text: string;
  readonly emphasis: Emphasis;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** A letter that takes it at once; null for none. */
  readonly key: string | null;
}

export interface ProgressItem {
  readonly key: string;
  readonly label: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | /** It is over, and nobody knows how. */ 'open';
  /** What is told of it; empty for nothing. */
  readonly detail: string;
}

export interface PickItem {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
}

/** What is searched for on a page; nothing where the text is empty and is not being typed. */
export interface PageSearch {
  readonly text: string;
  readonly isTyping: boolean;
  /** No line of the page has it. */
  readonly isMissing: boolean;
}

export const NO_SEARCH: PageSearch = { text: '', isTyping: false, isMissing: false };

interface DialogBase {
  /** Unique in a session. */
  readonly id: number;
  readonly title: string;
  readonly lines: readonly DialogLine[];
  /** First wrapped line in sight; Infinity: the end, also while lines are added. */
  readonly top: number;
  /** It opened by itself, perhaps under somebody's hands: keys are not taken until none has come for a while. */
  readonly isGuarded: boolean;
}

export type Dialog = DialogBase &
  (
    | { readonly kind: 'question'; readonly choices: readonly Choice[]; /** Index; 0 is Cancel, where it starts. */ readonly chosen: number }
    | {
        readonly kind: 'page';
        /** Whether long lines are wrapped, or cut at the window. */
        readonly isWrapped: boolean;
        readonly search: PageSearch;
      }
    | { readonly kind: 'help' }
    | { readonly kind: 'progress'; readonly items: readonly ProgressItem[]; readonly isDone: boolean; readonly sinceMs: number }
    | { readonly kind: 'prompt'; readonly input: InputState }
    | {
        readonly kind: 'picker';
        readonly items: readonly PickItem[];
        readonly filter: string;
        readonly chosen: number;
        /** Keys that are marked; null where only one can be taken. */
        readonly marked: readonly string[] | null;
      }
  );

export type DialogKind = Dialog['kind'];
export type DialogOf<K extends DialogKind> = Extract<Dialog, { kind: K }>;

/** Said in passing, in the place of the footer: it asks for nothing and goes by itself. */
export interface Notice {
  readonly text: string;
  readonly emphasis: 'pass' | 'fail' | 'warn' | 'accent';
  readonly untilMs: number;
}

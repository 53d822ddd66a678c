import { NO_SEARCH, type Choice, type Dialog, type DialogKind, type DialogLine, type DialogOf, type PickItem, type ProgressItem } from '../../store/dialog.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { cleanData } from '../../store/ingest.ts';
import { EMPTY_INPUT } from '../../store/console-state.ts';

interface DialogText {
  readonly title: string;
  readonly lines?: readonly DialogLine[];
  /** How many keys had been pressed when it was asked for (`keyCount`), or BY_ITSELF; absent: it answers the key of this moment. */
  readonly askedAt?: number;
}

/** Nobody asked for it with a key. */
export const BY_ITSELF = -1;
/** Who types does not pause for longer; who has seen a dialog does. */
const GUARD_MS = 500;

export interface ProgressHandle {
  update(key: string, change: Partial<Omit<ProgressItem, 'key'>>): void;
  /** It is over; the user closes it. `lines` take the place of those it had. */
  finish(lines?: readonly DialogLine[]): void;
  /** False once the user has closed it: tell the outcome by a notice then. */
  readonly isOpen: boolean;
  readonly closed: Promise<void>;
}

export interface PageHandle {
  update(change: { readonly title?: string; readonly lines?: readonly DialogLine[] }): void;
  readonly closed: Promise<void>;
}

/** Opens what stands over a screen and gives its answer. All texts are cleaned here: they may come from a cluster. */
export class Dialogs {
  readonly #store: ConsoleStore;
  readonly #cancelLabel: string;
  readonly #answers = new Map<number, (answer: readonly string[] | null) => void>();
  #lastId = 0;
  #keyCount = 0;
  #guard: NodeJS.Timeout | null = null;

  constructor(store: ConsoleStore, cancelLabel: string) {
    this.#store = store;
    this.#cancelLabel = cancelLabel;
  }

  /** Keys that were pressed in this session. */
  get keyCount(): number {
    return this.#keyCount;
  }

  /** Call for each key. False: it was meant for what stood there before the dialog on top, which takes none yet. */
  takesKey(): boolean {
    this.#keyCount += 1;
    if (this.top?.isGuarded !== true) return true;
    this.#startGuard();
    return false;
  }

  /** A question with Cancel in front, which enter takes unless another choice was moved to. The id of a choice; null: cancelled. */
  async ask(question: DialogText & { readonly choices: readonly Choice[] }): Promise<string | null> {
    const choices = [{ id: '', label: this.#cancelLabel, key: null }, ...question.choices];
    const answer = await this.#open({ ...this.#base(question), kind: 'question', choices, chosen: 0 });
    return answer?.[0] ?? null;
  }

  /** Lines to read and scroll. Resolves when it is closed. */
  async showPage(page: DialogText): Promise<void> {
    await this.#open({ ...this.#base(page), kind: 'page', isWrapped: true, search: NO_SEARCH });
  }

  /** Lines to read that may grow while it is open; it stands at their end, unless it is read from the start, until somebody scrolls. */
  openPage(page: DialogText & { readonly from?: 'start' | 'end' }): PageHandle {
    const base = this.#base(page);
    const answer = this.#open({ ...base, kind: 'page', isWrapped: true, search: NO_SEARCH, top: page.from === 'start' ? 0 : Number.POSITIVE_INFINITY });
    return {
      closed: answer.then(() => undefined),
      update: (change) => { this.#change(base.id, 'page', (dialog) => ({ ...dialog, ...cleanData(change) })); },
    };
  }

  async showHelp(): Promise<void> {
    await this.#open({ ...this.#base({ title: '' }), kind: 'help' });
  }

  /** One line of text; null when it was given up. `refuse` says what is wrong with a text, null when nothing is. */
  async prompt(prompt: DialogText & { readonly text?: string; readonly refuse?: (text: string) => string | null }): Promise<string | null> {
    const text = prompt.text ?? '';
    const base = this.#base(prompt);
    let input = { ...EMPTY_INPUT, text, caret: [...text].length };
    for (;;) {
      const answer = await this.#open({ ...base, kind: 'prompt', input });
      if (answer === null) return null;
      const given = answer[0] ?? '';
      const error = prompt.refuse?.(given) ?? null;
      if (error === null) return given;
      input = { ...EMPTY_INPUT, text: given, caret: [...given].length, error };
    }
  }

  /** One of several; null when none was taken. */
  async pick(picker: DialogText & { readonly items: readonly PickItem[] }): Promise<string | null> {
    const answer = await this.#open({ ...this.#base(picker), kind: 'picker', items: picker.items, filter: '', chosen: 0, marked: null });
    return answer?.[0] ?? null;
  }

  /** Any number of several, by marking them; null when it was given up. */
  pickSeveral(picker: DialogText & { readonly items: readonly PickItem[]; readonly marked?: readonly string[] }): Promise<readonly string[] | null> {
    return this.#open({ ...this.#base(picker), kind: 'picker', items: picker.items, filter: '', chosen: 0, marked: picker.marked ?? [] });
  }

  /** A list of things that are done one after the other or at once. Closing it does not stop them. */
  progress(progress: DialogText & { readonly items: readonly Pick<ProgressItem, 'key' | 'label'>[] }): ProgressHandle {
    const items = progress.items.map(({ key, label }) => ({ key, label, state: 'waiting', detail: '' }) as const);
    const base = this.#base(progress);
    const answer = this.#open({ ...base, kind: 'progress', items, isDone: false, sinceMs: Date.now() });
    const has = (): boolean => this.#answers.has(base.id);
    return {
      get isOpen() {
        return has();
      },
      closed: answer.then(() => undefined),
      update: (key, change) => {
        this.#change(base.id, 'progress', (dialog) => ({
          ...dialog,
          items: dialog.items.map((item) => (item.key === key ? { ...item, ...cleanData(change) } : item)),
        }));
      },
      finish: (lines) => {
        this.#change(base.id, 'progress', (dialog) => ({ ...dialog, isDone: true, lines: lines === undefined ? dialog.lines : cleanData(lines) }));
      },
    };
  }

  /** The one that has the keys. */
  get top(): Dialog | null {
    return this.#store.getState().dialogs.at(-1) ?? null;
  }

  /** Closes the one on top with its answer; null: given up. */
  answer(answer: readonly string[] | null): void {
    const { top } = this;
    if (top === null) return;
    this.#store.setState((state) => ({ dialogs: state.dialogs.slice(0, -1) }));
    this.#answers.get(top.id)?.(answer);
    this.#answers.delete(top.id);
  }

  /** Puts a changed dialog in the place of the one on top. */
  replaceTop(dialog: Dialog): void {
    this.#store.setState((state) => ({ dialogs: [...state.dialogs.slice(0, -1), dialog] }));
  }

  #base({ title, lines = [], askedAt = this.#keyCount }: DialogText): Pick<Dialog, 'id' | 'title' | 'lines' | 'top' | 'isGuarded'> {
    this.#lastId += 1;
    return { id: this.#lastId, title, lines, top: 0, isGuarded: askedAt !== this.#keyCount };
  }

  #open(dialog: Dialog): Promise<readonly string[] | null> {
    this.#store.setState((state) => ({ dialogs: [...state.dialogs, cleanData(dialog)], nowMs: Date.now() }));
    if (dialog.isGuarded) this.#startGuard();
    return new Promise((resolve) => this.#answers.set(dialog.id, resolve));
  }

  #startGuard(): void {
    if (this.#guard !== null) clearTimeout(this.#guard);
    this.#guard = setTimeout(() => {
      this.#guard = null;
      this.#store.setState(({ dialogs }) => ({ dialogs: dialogs.map((dialog) => ({ ...dialog, isGuarded: false })) }));
    }, GUARD_MS);
    this.#guard.unref();
  }

  #change<K extends DialogKind>(id: number, kind: K, change: (dialog: DialogOf<K>) => Dialog): void {
    this.#store.setState((state) => ({
      dialogs: state.dialogs.map((dialog) => (dialog.id === id && dialog.kind === kind ? change(dialog as DialogOf<K>) : dialog)),
      nowMs: Date.now(),
    }));
  }
}

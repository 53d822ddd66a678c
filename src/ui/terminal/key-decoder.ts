/** From a terminal's bytes to keys. Nothing here waits: the caller flushes what is held after a while. */

export interface KeyPress {
  /** `up`, `enter`, `esc`, `ctrl-c`, ..., the character itself for a printable one, or `paste`. */
  readonly name: string;
  /** What a text field would take in; empty for keys that are no text. */
  readonly text: string;
}

const ESC = '\u001b';
const PASTE_END = '\u001b[201~';
const LONGEST_PASTE = 64 * 1024;

/** xterm ctlseqs, "PC-Style Function Keys"; linux console_codes(4) for `1~`, `4~`; rxvt for `7~`, `8~`. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  '[Z': 'shift-tab',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  OM: 'enter',
  OP: 'f1',
  '[11~': 'f1',
  '[[A': 'f1',
  '[1~': 'home',
  '[3~': 'delete',
  '[4~': 'end',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[7~': 'home',
  '[8~': 'end',
};

const CONTROLS: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', '\u007f': 'backspace', '\b': 'backspace' };

/** CSI with its final byte (the Linux console's `ESC [ [ A` too), or SS3. */
const COMPLETE = /^\u001b(?:\[\[[A-E]|\[(?!\[)[0-?]*[ -/]*[@-~]|O[ -~])/u;
/** The beginning of one of those, and of a string sequence (a terminal's answer), that may still become whole. */
const PARTIAL = /^\u001b(?:\[\[?|\[[0-?]*[ -/]*|O|[\]PX^_][^\u0007\u001b]*\u001b?)?$/u;
const STRING_SEQUENCE = /^\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)/u;
/** What may follow an ESC that came alone; anything else was typed after the esc key. */
const CONTINUES_ESC = /^[[O\]PX^_\u001b]/u;
/** What is left of an arrow or a page key when its ESC came too early: `[A`, `OB`, `[5~`. */
const TAIL = /^(?:\[[A-HZ]|\[\d~|O[A-DHF])/u;

export class KeyDecoder {
  #held = '';
  #escFlushed = false;

  /** The keys in `chunk`, after what was held. An unfinished sequence is held; so is a lone ESC at the end. */
  push(chunk: string): readonly KeyPress[] {
    const keys: KeyPress[] = [];
    if (this.#held === ESC && !CONTINUES_ESC.test(chunk)) keys.push(...this.flush());
    let rest = this.#held + chunk;
    this.#held = '';
    if (this.#escFlushed) rest = rest.replace(TAIL, '');
    this.#escFlushed = false;
    while (rest !== '') {
      const [length, key] = this.#take(rest);
      if (length === 0) {
        this.#held = rest;
        break;
      }
      if (key !== null) keys.push(key);
      rest = rest.slice(length);
    }
    return keys;
  }

  get isHolding(): boolean {
    return this.#held !== '';
  }

  /** True while a paste has begun and not ended: that may take as long as it takes. */
  get isPasting(): boolean {
    return this.#held.startsWith('\u001b[200~');
  }

  /** What was held was all there is: a lone ESC is the key, an unfinished sequence is nothing. */
  flush(): readonly KeyPress[] {
    const held = this.#held;
    this.#held = '';
    if (held !== ESC) return [];
    this.#escFlushed = true;
    return [{ name: 'esc', text: '' }];
  }

  /** How many characters the first key takes, and the key, null for one that nobody knows; 0: hold. */
  #take(input: string): readonly [number, KeyPress | null] {
    const first = input[0] ?? '';
    if (first === ESC) return takeEscape(input);
    const control = CONTROLS[first];
    if (control !== undefined) return [1, { name: control, text: '' }];
    if (first < ' ') return [1, { name: `ctrl-${String.fromCharCode(first.charCodeAt(0) + 0x60)}`, text: '' }];
    const character = String.fromCodePoint(input.codePointAt(0) ?? 0x20);
    return [character.length, { name: character === ' ' ? 'space' : character, text: character }];
  }
}

function takeEscape(input: string): readonly [number, KeyPress | null] {
  const complete = COMPLETE.exec(input)?.[0];
  if (complete === '\u001b[200~') return takePaste(input, complete.length);
  if (complete !== undefined) {
    const name = SEQUENCES[complete.slice(1)];
    return [complete.length, name === undefined ? null : { name, text: '' }];
  }
  const answer = STRING_SEQUENCE.exec(input)?.[0];
  if (answer !== undefined) return [answer.length, null];
  if (PARTIAL.test(input)) return [0, null];
  // ESC ESC: the first one is a key of its own. ESC and a character: alt, which nothing is bound to.
  if (input[1] === ESC) return [1, { name: 'esc', text: '' }];
  return [1 + String.fromCodePoint(input.codePointAt(1) ?? 0).length, null];
}

function takePaste(input: string, from: number): readonly [number, KeyPress | null] {
  const end = input.indexOf(PASTE_END, from);
  if (end !== -1) return [end + PASTE_END.length, { name: 'paste', text: input.slice(from, end) }];
  return input.length > LONGEST_PASTE ? [input.length, null] : [0, null];
}

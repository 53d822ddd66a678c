/**
 * Text from tools, logs, DNS, certificates and the cluster is hostile: a terminal must never act on it. Everything that a
 * terminal could take for a command, and everything that reorders or hides what a person reads, is removed here, once, on arrival.
 */

export const MAX_LINE_LENGTH = 4_096;
export const LINE_CUT_MARK = ' [line cut]';

/** A sequence is looked for in at most this much of a line: far more than a kept line can need. */
const MAX_RAW_LENGTH = 16 * MAX_LINE_LENGTH;

/*
 * ECMA-48 5th edition, 5.4 (control sequences), 5.6 (control strings), and xterm's ctlseqs for BEL as a string's end. The 8-bit
 * forms (C1) are included: some terminals honour U+009B as CSI. Sequences without their end are removed as far as they go: a
 * control string to the end of its line, which is why lines are split first.
 */
const SEQUENCES = [
  // OSC, DCS, SOS, PM, APC:  ESC ] 0;title BEL   ESC P ... ESC \   U+009D ... U+009C
  '(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
  // CSI:  ESC [ 31 m   ESC [ ? 1049 h   U+009B 2 J
  '(?:\\u001b\\[|\\u009b)[\\u0030-\\u003f]*[\\u0020-\\u002f]*[\\u0040-\\u007e]?',
  // nF and two-character escapes:  ESC ( B   ESC 7   ESC c
  '\\u001b[\\u0020-\\u002f]+[\\u0030-\\u007e]?',
  '\\u001b[\\u0030-\\u007e]?',
];
const SEQUENCE = new RegExp(SEQUENCES.join('|'), 'gu');

/** C0 except tab, DEL, C1. */
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/gu;

/** Unicode format characters: bidi embeddings, overrides and isolates, zero-width, soft hyphen, tags. UTS #55 says why. */
const INVISIBLE = /\p{Cf}/gu;

/** U+2028 and U+2029 end a line in some terminals and in JavaScript; unpaired surrogates cannot be written as UTF-8. */
const SEPARATOR = /[\p{Zl}\p{Zp}]/gu;
const UNPAIRED_SURROGATE = /\p{Cs}/gu;

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/u;

/** Most of what comes is: lists of ten thousand names must not cost a tenth of a second. */
function isCleanAlready(line: string): boolean {
  return line.length <= MAX_LINE_LENGTH && PRINTABLE_ASCII.test(line);
}

/**
 * One line, without its end, made safe to show: no control sequence, no control character but tab, nothing invisible. Longer
 * lines are cut at MAX_LINE_LENGTH characters and end in LINE_CUT_MARK.
 */
export function cleanLine(line: string): string {
  if (isCleanAlready(line)) return line;
  const cleaned = (line.length > MAX_RAW_LENGTH ? line.slice(0, MAX_RAW_LENGTH) : line)
    .replace(SEQUENCE, '')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '')
    .replace(SEPARATOR, ' ')
    .replace(UNPAIRED_SURROGATE, '\ufffd');
  const isCut = cleaned.length > MAX_LINE_LENGTH || line.length > MAX_RAW_LENGTH;
  if (!isCut) return cleaned;
  return cleaned.slice(0, MAX_LINE_LENGTH).replace(UNPAIRED_SURROGATE, '') + LINE_CUT_MARK;
}

/** Several lines made safe; line ends (`\n`, `\r\n`, lone `\r`) become `\n`. */
export function cleanText(text: string): string {
  return isCleanAlready(text) ? text : text.split(/\r*\n|\r+/u).map(cleanLine).join('\n');
}

export interface LineSplitter {
  /** The next piece of text; it may end in the middle of a line, or between `\r` and `\n`. */
  push(text: string): void;
  /** No more comes: an unfinished line is given out. Returns whether the text ended with a line end. */
  end(): boolean;
}

/**
 * Splits a stream into raw lines at `\n`, `\r\n` and lone `\r` (progress displays), holding at most MAX_RAW_LENGTH + 1
 * characters of an unfinished line. A lone `\r` never makes an empty line; `\r\r\n`, as terminals make of `\r\n`, is one end.
 */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let pending = '';
  let afterReturn: 'no' | 'line-given' | 'line-empty' = 'no';
  let endedWithLineEnd = true;

  const keep = (text: string): void => {
    if (text === '') return;
    afterReturn = 'no';
    const room = MAX_RAW_LENGTH + 1 - pending.length;
    if (room > 0) pending += text.slice(0, room);
  };
  const giveOut = (): void => {
    const line = pending;
    pending = '';
    onLine(line);
  };
  const atLineEnd = (end: string): void => {
    if (end === '\n') {
      if (afterReturn !== 'line-given') giveOut();
      afterReturn = 'no';
    } else if (pending !== '') {
      giveOut();
      afterReturn = 'line-given';
    } else if (afterReturn === 'no') {
      afterReturn = 'line-empty';
    }
  };

  return {
    push(text) {
      for (const piece of text.split(/([\r\n])/u)) {
        if (piece === '\r' || piece === '\n') atLineEnd(piece);
        else keep(piece);
      }
      if (text !== '') endedWithLineEnd = text.endsWith('\n') || text.endsWith('\r');
    },
    end() {
      if (pending !== '') giveOut();
      return endedWithLineEnd;
    },
  };
}

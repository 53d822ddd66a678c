import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText, createLineSplitter, LINE_CUT_MARK, MAX_LINE_LENGTH } from '../../src/domain/sanitise.ts';

const ESC = '\u001b';
const ST = `${ESC}\\`;

describe('a line that is shown cannot command the terminal', () => {
  test.each([
    ['colours', `${ESC}[1;31mred${ESC}[0m`, 'red'],
    ['a private mode', `a${ESC}[?1049hb`, 'ab'],
    ['a cleared screen in 8-bit form', 'a\u009b2Jb', 'ab'],
    ['a CSI with intermediates', `a${ESC}[0 qb`, 'ab'],
    ['a CSI without its end', `text${ESC}[31`, 'text'],
    ['a title ended by BEL', `a${ESC}]0;title\u0007b`, 'ab'],
    ['a title ended by ST', `a${ESC}]0;title${ST}b`, 'ab'],
    ['a title in 8-bit form', 'a\u009d0;title\u009cb', 'ab'],
    ['a title without its end', `a${ESC}]0;title b`, 'a'],
    ['an OSC broken off by another sequence', `a${ESC}]0;x${ESC}[31mb`, 'ab'],
    ['a hyperlink', `${ESC}]8;;http://evil/${ST}link${ESC}]8;;${ST}`, 'link'],
    ['the clipboard', `${ESC}]52;c;ZXZpbA==\u0007x`, 'x'],
    ['DCS, APC, PM, SOS', `1${ESC}Pq#0${ST}2${ESC}_G${ST}3${ESC}^p${ST}4${ESC}Xs${ST}5`, '12345'],
    ['a character set', `a${ESC}(Bb`, 'ab'],
    ['a reset', `a${ESC}cb`, 'ab'],
    ['a lone escape at the end', `a${ESC}`, 'a'],
    ['bell, backspace, form feed, delete, NUL', 'a\u0007\b\f\u007f\u0000b', 'ab'],
    ['line separators', 'a\u2028b\u2029c', 'a b c'],
    ['bidi overrides and isolates', 'a\u202eb\u2066c\u2069d\u200fe', 'abcde'],
    ['zero-width characters and a byte order mark', 'pay\u200bpal\u200d\u2060\ufeff', 'paypal'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
    ['an unpaired surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, raw, clean) => {
    expect(cleanLine(raw)).toBe(clean);
  });

  test('tabs, accents, emoji and other scripts stay', () => {
    const text = 'a\tñandú 日本語 🙂 é';
    expect(cleanLine(text)).toBe(text);
  });

  test('nothing that a terminal acts on is left, whatever came', () => {
    const pieces = fc.constantFrom(ESC, '[', ']', '\\', '\u009b', '\u009d', '\u0007', ';', '3', 'm', 'P', '\u202e', '\ud83d', 'x', ' ', '\u009c');
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const clean = cleanLine(parts.join(''));
      expect(clean).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\ud800-\udfff]/u);
      expect(cleanLine(clean)).toBe(clean);
    }));
  });

  test('text without control characters is left alone', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'abc 0[]\\;mñ日') }), (text) => { expect(cleanLine(text)).toBe(text); }));
  });

  test('a line of a megabyte is cut, and says so', () => {
    const cut = cleanLine('x'.repeat(1_000_000));
    expect(cut).toBe('x'.repeat(MAX_LINE_LENGTH) + LINE_CUT_MARK);
    expect(cleanLine('🙂'.repeat(MAX_LINE_LENGTH))).not.toMatch(/\p{Cs}/u);
  });

  test('a line of a megabyte of unfinished sequences is read in one pass', () => {
    expect(cleanLine(`${ESC}]`.repeat(500_000))).toBe(LINE_CUT_MARK);
  });

  test('an unfinished sequence does not swallow the next line', () => {
    expect(cleanText(`a${ESC}]0;never ends\nnext\r\nlast`)).toBe('a\nnext\nlast');
  });
});

function split(pieces: readonly string[]): { lines: readonly string[]; whole: boolean } {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.push(piece);
  return { whole: splitter.end(), lines };
}

describe('a stream becomes lines', () => {
  test.each([
    ['line feeds', ['a\nb\n'], ['a', 'b'], true],
    ['no end at the end', ['a\nb'], ['a', 'b'], false],
    ['carriage return and line feed', ['a\r\n\r\nb\r\n'], ['a', '', 'b'], true],
    ['split between return and feed', ['a\r', '\nb\r', '\n'], ['a', 'b'], true],
    ['a progress display', ['\r10%\r20%\r\r30%\n'], ['10%', '20%', '30%'], true],
    ['a terminal that doubles returns', ['a\r\r\nb\r\r\n'], ['a', 'b'], true],
    ['empty lines', ['\n\na\n'], ['', '', 'a'], true],
    ['split anywhere', ['he', 'll', 'o\nwor', 'ld'], ['hello', 'world'], false],
    ['nothing', [], [], true],
  ])('%s', (_, pieces, lines, whole) => {
    expect(split(pieces)).toEqual({ lines, whole });
  });

  test('the same text gives the same lines, however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', ' ') });
    fc.assert(fc.property(text, (whole) => { expect(split([...whole]).lines).toEqual(split([whole]).lines); }));
  });

  test('a line without an end is held in bounded memory, and what follows it is read', () => {
    const { lines } = split([...Array.from({ length: 100 }, () => 'x'.repeat(10_000)), '\nnext\n']);
    expect(lines.map((line) => line.length < 100_000)).toEqual([true, true]);
    expect(lines[1]).toBe('next');
  });
});

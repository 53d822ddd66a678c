import { describe, expect, it } from 'vitest';
import { KeyDecoder } from '../../src/ui/terminal/key-decoder.ts';

function names(...chunks: readonly string[]): readonly string[] {
  const decoder = new KeyDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk)).map((key) => key.name);
}

describe('keys from a terminal', () => {
  it.each([
    ['\u001b[A', 'up'],
    ['\u001bOB', 'down'],
    ['\u001b[5~', 'pageup'],
    ['\u001b[1~', 'home'],
    ['\u001bOF', 'end'],
    ['\u001b[Z', 'shift-tab'],
    ['\u001bOP', 'f1'],
    ['\u001b[[A', 'f1'],
    ['\r', 'enter'],
    ['\t', 'tab'],
    ['\u007f', 'backspace'],
    ['\u0003', 'ctrl-c'],
    [' ', 'space'],
    ['ñ', 'ñ'],
    ['漢', '漢'],
    ['🧨', '🧨'],
  ])('%j is %s', (bytes, name) => {
    expect(names(bytes)).toEqual([name]);
  });

  it('takes type-ahead apart: several keys that come as one string', () => {
    expect(names('jj\rk\u001b[B/ab\u007f\r')).toEqual(['j', 'j', 'enter', 'k', 'down', '/', 'a', 'b', 'backspace', 'enter']);
  });

  it('puts an arrow together that a slow line delivered in parts', () => {
    expect(names('\u001b', '[', 'A')).toEqual(['up']);
    expect(names('x\u001b', '[5', '~y')).toEqual(['x', 'pageup', 'y']);
  });

  it('holds a lone ESC until it is told that nothing follows', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push('\u001b')).toEqual([]);
    expect(decoder.isHolding).toBe(true);
    expect(decoder.flush().map((key) => key.name)).toEqual(['esc']);
    expect(decoder.isHolding).toBe(false);
  });

  it('does not type the rest of an arrow whose ESC was taken for the key', () => {
    const decoder = new KeyDecoder();
    decoder.push('\u001b');
    decoder.flush();
    expect(decoder.push('[A')).toEqual([]);
    expect(decoder.push('[').map((key) => key.name)).toEqual(['[']);
  });

  it('takes ESC and then a letter as two keys when they came apart, and as alt, which does nothing, together', () => {
    expect(names('\u001b', 'q')).toEqual(['esc', 'q']);
    expect(names('\u001bq')).toEqual([]);
  });

  it('gives a paste as one, whatever is in it', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push('\u001b[200~https://q.exam')).toEqual([]);
    expect(decoder.isPasting).toBe(true);
    expect(decoder.push('ple/\r\nq\u001b[201~j')).toEqual([
      { name: 'paste', text: 'https://q.example/\r\nq' },
      { name: 'j', text: 'j' },
    ]);
  });

  it('swallows what a terminal answers and keys that nobody knows', () => {
    expect(names('\u001b]11;rgb:0000/0000/0000\u001b\\', '\u001b[?62;c', '\u001b[15;2~', '\u001b[24~', 'j')).toEqual(['j']);
  });
});

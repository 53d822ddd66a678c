import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { clipLine, lineWidth, span, spread } from '../../src/ui/components/line.ts';
import { pad, sliceColumns, truncate, wrap } from '../../src/ui/components/text-width.ts';
import { HOSTILE } from './fake-runs.ts';

describe('text in columns', () => {
  it('cuts wide characters by columns, and never half of one', () => {
    expect(truncate('漢字かな', 5)).toBe('漢字…');
    expect(truncate('漢字かな', 4)).toBe('漢 …');
    expect(sliceColumns('漢字', 1, 3)).toBe(' 字');
    expect(pad('漢', 4)).toBe('漢  ');
  });

  it('breaks lines at spaces, and words that are longer than the line anywhere', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('loses no letter when it breaks lines', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z漢é ]{0,80}$/u), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('fills rows exactly, whatever stands at both ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 60 }), (left, right, width) => {
        expect(lineWidth(spread([span(left)], [span(right)], width))).toBe(width);
      }),
    );
  });

  it('is never wider than its place, and lets nothing through that a terminal acts on', () => {
    for (const text of HOSTILE) {
      const shown = clipLine([span('a '), span(text)], 40).map((part) => part.text).join('');
      expect(stringWidth(shown)).toBeLessThanOrEqual(40);
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
    }
  });
});

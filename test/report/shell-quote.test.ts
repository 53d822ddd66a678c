import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellLine } from '../../src/report/shell-quote.ts';

describe('a command to copy', () => {
  it('leaves plain words plain', () => {
    expect(shellLine(['kubectl', '-n', 'shop', 'exec', 'orders-6f7c', '--', 'nc', '-vz', '[2001:db8::1]', '443'])).toBe(
      "kubectl -n shop exec orders-6f7c -- nc -vz '[2001:db8::1]' 443",
    );
  });

  it('quotes what a shell would change', () => {
    expect(shellLine(['echo', '', "it's", '~root', '=x', 'a;b'])).toBe(`echo '' 'it'\\''s' '~root' '=x' 'a;b'`);
  });

  it('is split by a real shell into the arguments it was made of', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\u0000'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const printed = execFileSync('sh', ['-c', shellLine(['printf', '%s\\001', ...words])], { encoding: 'utf8' });
        expect(printed).toBe(words.map((one) => `${one}\u0001`).join(''));
      }),
      { numRuns: 40 },
    );
  });
});

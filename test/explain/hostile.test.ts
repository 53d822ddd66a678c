import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainText, explanationToJson, renderExplanation } from '../../src/explain/index.ts';
import { plainText } from '../../src/explain/text.ts';
import { RULES } from '../../src/explain/weigh.ts';
import { en } from '../../src/i18n/en.ts';
import { readCorpus, readHeldOut } from './corpus/read.ts';

/** Words that patterns begin with, each repeated until a backtracking pattern would try every pair of them. */
const ADVERSARIES = [
  'a', ' ', '0', '.', ':', '(', '"', '\\', '{', '[', '\t', 'HTTP/1.1 ', 'status ', 'error ', 'lookup a on b:1: ', 'certificate ', 'resolve ', 'failed to ',
  'server closed ', 'tls handshake ', 'connection ', 'could not verify ', 'Failed to connect to ', 'msg="', '\u001b]', '\u001b[', 'getaddrinfo ', 'timeout ', '1.|-- ', '10.0.0.1 ', 'response code ', '1', '404 (',
];

describe('text that nobody meant well with', () => {
  it('is cut to a bounded length before any pattern sees it', () => {
    for (const word of ADVERSARIES) expect(plainText(word.repeat(1_000_000 / word.length)).length).toBeLessThanOrEqual(4_001);
    expect(plainText(`${'x'.repeat(50)}\n`.repeat(20_000)).split('\n').length).toBeLessThanOrEqual(1_000);
  });

  it('keeps the beginning and the end of a long line, where the tool and the innermost cause stand', () => {
    const explanation = explainText(`curl: (7) ${'x'.repeat(1_000_000)}: Connection refused`);
    expect(explanation).toMatchObject({ meaning: 'refused', tool: 'curl' });
  });

  it.each(ADVERSARIES)('%j a million characters long is answered', (word) => {
    expect(explainText(word.repeat(1_000_000 / word.length)).meaning).toBeTypeOf('string');
  }, 20_000);

  it('leaves no control sequence in what is shown', () => {
    const text = 'connect to \u001b[31mevil\u0000\u202e.example\u001b]0;title\u0007 port 80: Connection refused\u009b2J';
    const shown = renderExplanation(explainText(text), en);
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  });

  it('never throws, and always answers in the closed vocabulary', () => {
    const words = fc.constantFrom(...ADVERSARIES, ...readHeldOut().slice(0, 60).map(({ message }) => message));
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 12 }), (parts) => {
        const json = explanationToJson(explainText(parts.join(' ')), en);
        expect(JSON.parse(JSON.stringify(json))).toEqual(json);
      }),
      { numRuns: 300 },
    );
  });

  it('has no pattern that keeps its place between texts', () => {
    // A global or sticky pattern remembers lastIndex: the same text would be answered differently the second time.
    const stateful = RULES.flatMap(({ says }) => says).filter((says) => says instanceof RegExp && (says.global || says.sticky));
    expect(stateful).toEqual([]);
    for (const { message } of readCorpus().slice(0, 50)) expect(explainText(message)).toEqual(explainText(message));
  });
});

import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/explain/index.ts';
import { readCorpus, readHeldOut, type Row } from './corpus/read.ts';

interface Score {
  readonly agree: number;
  readonly certainAndWrong: number;
  readonly wrong: readonly string[];
}

function score(rows: readonly Row[]): Score {
  const judged = rows.map((row) => ({ row, said: explainText(row.message) }));
  const wrong = judged.filter(({ row, said }) => said.meaning !== row.meaning);
  return {
    agree: (rows.length - wrong.length) / rows.length,
    certainAndWrong: wrong.filter(({ said }) => said.confidence === 'certain').length / rows.length,
    wrong: wrong.map(({ row, said }) => `${row.meaning} but ${said.meaning} (${said.confidence}): [${row.tool}] ${row.message.slice(0, 100)}`),
  };
}

function report(name: string, rows: readonly Row[], { agree, certainAndWrong, wrong }: Score): void {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  process.stdout.write(`${name}: ${String(rows.length)} messages, ${percent(agree)} agree, ${percent(certainAndWrong)} certain and wrong\n`);
  for (const line of wrong) process.stdout.write(`  ${line}\n`);
}

const COLLECTIONS: Readonly<Record<string, readonly Row[]>> = {
  'the collected corpus': readCorpus(),
  'the held-out collection': readHeldOut(),
  'the second held-out collection': readHeldOut('held-out-2.tsv'),
};

describe('messages of tools, libraries and runtimes', () => {
  for (const [name, rows] of Object.entries(COLLECTIONS)) {
    it(`${name}: at least 92 % agree, fewer than 2 % are certain and wrong`, () => {
      expect(rows.length).toBeGreaterThan(150);
      const result = score(rows);
      report(name, rows, result);
      expect(result.agree).toBeGreaterThanOrEqual(0.92);
      expect(result.certainAndWrong).toBeLessThan(0.02);
    });
  }
});

/** Checks that every parser of tool outputs shares: golden facts, and what may never come of a cut or hostile text. */
import { describe, expect, it } from 'vitest';
import type { CommandOutput, OutputLine } from '../../src/domain/command.ts';
import type { Parse } from '../../src/domain/dialect.ts';
import type { Fact } from '../../src/domain/facts.ts';
import { loadFixtures } from './fixture.ts';
import type { Fixture } from './fixture.ts';

/** A text as a person pastes it, or as a vantage hands it over when it was cut. */
export function outputOf(text: string, exitCode: number | null = 0): CommandOutput {
  const lines = text.split('\n').map((line): OutputLine => ({ stream: 'stdout', text: line, atMs: 0 }));
  return { exitCode, stdout: text, stderr: '', lines, durationMs: 0 };
}

/** Whether a fact says that something answered: what a cut text must never begin to say. */
function claimsArrival(fact: Fact): boolean {
  return (fact.kind === 'ping' && fact.received > 0) || (fact.kind === 'trace' && fact.reached);
}

/** The output as it was after its first `length` characters, lines of both streams in order of arrival. */
function cutOutput(output: CommandOutput, length: number): CommandOutput {
  let left = length;
  const lines: OutputLine[] = [];
  for (const line of output.lines) {
    if (left <= 0) break;
    lines.push({ ...line, text: line.text.slice(0, left) });
    left -= line.text.length + 1;
  }
  const textOf = (stream: OutputLine['stream']): string => lines.filter((line) => line.stream === stream).map(({ text }) => text).join('\n');
  return { ...output, lines, stdout: textOf('stdout'), stderr: textOf('stderr') };
}

export function describeGolden(folder: URL, parserOf: (fixture: Fixture) => Parse): void {
  for (const fixture of loadFixtures(folder)) {
    const parse = parserOf(fixture);
    describe(fixture.name, () => {
      it('is read as expected', () => {
        expect(fixture.expected, 'the .json beside the .out').not.toBeNull();
        expect(parse(fixture.output)).toEqual(fixture.expected);
      });
      it('never claims an arrival that the whole output does not, wherever it is cut', () => {
        const facts = parse(fixture.output);
        const arrived = facts.some(claimsArrival);
        // Tables claim nothing of the kind: there it is enough that no cut makes a parser throw.
        const step = facts.some((fact) => fact.kind === 'ping' || fact.kind === 'trace' || fact.kind === 'unavailable') ? 1 : 41;
        const size = fixture.output.lines.reduce((sum, { text }) => sum + text.length + 1, 0);
        for (let length = 0; length < size; length += step) {
          const cut = parse(cutOutput(fixture.output, length));
          expect(cut.length, `cut at ${String(length)}`).toBeGreaterThan(0);
          if (!arrived) expect(cut.some(claimsArrival), `cut at ${String(length)}`).toBe(false);
        }
      });
    });
  }
}

/**
 * Every fixture of every tool, cut at every byte: what is left says the same, or less, or that it cannot tell; never something else. The parsers
 * are those of the registries that read the whole fixture as its .json says, so a new fixture is covered by being there.
 */
import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandOutput, OutputLine } from '../../src/domain/command.ts';
import { wholeOutput } from '../../src/tools/whole-lines.ts';
import { PARSERS, type NamedParser } from './every-parser.ts';
import { loadFixtures, type Fixture } from './fixture.ts';
import { isImplied } from './news.ts';

const TOOLS = readdirSync(new URL('.', import.meta.url)).filter((folder) => existsSync(new URL(`./${folder}/fixtures/`, import.meta.url)));

/** Longer outputs are cut at the ends of all lines and at as many places more, drawn anew each time; NETDIAG_EVERY_BYTE=1 cuts at all. */
const CUTS = process.env['NETDIAG_EVERY_BYTE'] === '1' ? Number.POSITIVE_INFINITY : 60;

interface Cut {
  readonly line: number;
  readonly length: number;
  /** The line's end arrived too. */
  readonly whole: boolean;
}

function allCuts(lines: readonly OutputLine[]): readonly Cut[] {
  return lines.flatMap(({ text }, line) => [
    ...Array.from({ length: text.length }, (_, length): Cut => ({ line, length: length + 1, whole: false })),
    { line, length: text.length, whole: true },
  ]);
}

function chosenCuts(lines: readonly OutputLine[], seed: number): readonly Cut[] {
  const all = allCuts(lines);
  if (all.length <= CUTS) return all;
  const ends = all.filter(({ whole }) => whole);
  return [...ends, ...fc.sample(fc.constantFrom(...all), { numRuns: CUTS, seed })];
}

/** With no exit status: the command was ended, or the way to it broke. */
function cutOutput({ lines, durationMs }: CommandOutput, cut: Cut): CommandOutput {
  const kept = lines.slice(0, cut.line + 1).map((line, index) => (index === cut.line ? { ...line, text: line.text.slice(0, cut.length) } : line));
  const textOf = (stream: OutputLine['stream']): string =>
    kept.map((line, index) => (line.stream === stream ? line.text + (index === cut.line && !cut.whole ? '' : '\n') : '')).join('');
  return { exitCode: null, stdout: textOf('stdout'), stderr: textOf('stderr'), lines: kept, durationMs };
}

function readersOf({ output, expected }: Fixture): readonly NamedParser[] {
  return PARSERS.filter(({ parse }) => isDeepStrictEqual(parse(output), expected));
}

/** As a probe reads it: what a person pastes is only ever cut between lines. */
function probeReadersOf(fixture: Fixture): readonly NamedParser[] {
  return readersOf(fixture).filter(({ pasted }) => !pasted);
}

function newsIn(fixture: Fixture, { name, parse }: NamedParser, cuts: readonly Cut[]): readonly string[] {
  const whole = fixture.expected ?? [];
  return cuts.flatMap((cut) => {
    const output = wholeOutput(cutOutput(fixture.output, cut));
    const facts = parse(output);
    const told = facts.filter((fact) => !isImplied(fact, whole)).map((fact) => `${name}, after ${JSON.stringify(output.lines.at(-1)?.text)}${cut.whole ? ' and its end' : ''}: ${JSON.stringify(fact)}`);
    return facts.length === 0 ? [`${name}: no fact at all`] : told;
  });
}

describe.each(TOOLS)('outputs of %s', (tool) => {
  const fixtures = loadFixtures(new URL(`./${tool}/fixtures/`, import.meta.url)).filter(({ expected }) => expected !== null);
  const seed = Math.floor(Math.random() * 1_000_000);

  test('are read by a parser of the registries', () => {
    expect(fixtures.filter((fixture) => readersOf(fixture).length === 0).map(({ name }) => name)).toEqual([]);
  });

  test(`say nothing new when they are cut (seed ${String(seed)})`, () => {
    const news = fixtures.flatMap((fixture) => {
      const cuts = chosenCuts(fixture.output.lines, seed);
      return probeReadersOf(fixture).flatMap((parser) => newsIn(fixture, parser, cuts).slice(0, 2).map((text) => `${fixture.name}: ${text}`));
    });
    expect(news).toEqual([]);
  }, 300_000);
});

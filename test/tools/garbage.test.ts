/**
 * Whatever a tool prints, the parsers of all registries stay on their feet, and the walk never ends `reachable`: outputs of failures torn to
 * pieces, and text of nobody's.
 */
import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommandOutput, OutputLine } from '../../src/domain/command.ts';
import type { Parse } from '../../src/domain/dialect.ts';
import type { Fact } from '../../src/domain/facts.ts';
import type { Asked } from '../../src/domain/question.ts';
import { tools } from '../tree/facts.ts';
import { situation, unavailable, walkToEnd } from '../tree/situation.ts';
import { DIALECTS, PARSERS } from './every-parser.ts';
import { loadFixtures } from './fixture.ts';

const FOLDERS = readdirSync(new URL('.', import.meta.url)).map((folder) => new URL(`./${folder}/fixtures/`, import.meta.url)).filter((folder) => existsSync(folder));

function isGood(fact: Fact): boolean {
  switch (fact.kind) {
    case 'connect': return fact.outcome === 'connected';
    case 'http': return true;
    case 'tls': return fact.failure === null || fact.established;
    case 'exchange': return true;
    case 'resolve': return fact.outcome === 'answered';
    case 'ping': return fact.received > 0;
    case 'trace': return fact.reached;
    default: return false;
  }
}

/** Lines of outputs in which nothing went well: however they are mixed, nothing in them says that something did. */
const LINES: readonly string[] = FOLDERS.flatMap(loadFixtures)
  .filter(({ expected }) => expected !== null && !expected.some(isGood))
  .flatMap(({ output }) => output.lines.map(({ text }) => text))
  .filter((text) => text.length < 400);

const pieces = fc.tuple(fc.constantFrom(...LINES), fc.nat(), fc.nat()).map(([line, from, length]) => line.slice(from % (line.length + 1)).slice(0, length % (line.length + 1)));
const lines = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...LINES) }, { weight: 2, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) });
const outputs: fc.Arbitrary<CommandOutput> = fc.record({
  texts: fc.array(fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), lines), { maxLength: 25 }),
  exitCode: fc.constantFrom(0, 1, 2, 7, 28, null),
  whole: fc.boolean(),
}).map(({ texts, exitCode, whole }) => {
  const all = texts.map(([stream, text]): OutputLine => ({ stream, text: text.replaceAll('\n', ' '), atMs: 1 }));
  const textOf = (stream: OutputLine['stream']): string => {
    const own = all.filter((line) => line.stream === stream).map(({ text }) => text);
    return own.length === 0 ? '' : own.join('\n') + (whole ? '\n' : '');
  };
  return { exitCode, stdout: textOf('stdout'), stderr: textOf('stderr'), lines: all, durationMs: 10 };
});

test('no parser throws, and each says something', () => {
  fc.assert(fc.property(outputs, (output) => {
    for (const { name, parse, pasted } of PARSERS) if (!pasted && !name.startsWith('survey')) expect(parse(output).length, name).toBeGreaterThan(0);
    for (const { parse } of PARSERS) parse(output);
  }), { numRuns: 150 });
}, 120_000);

function parserFor({ question }: Asked, pick: number): Parse | null {
  const parsers: readonly { readonly parse: Parse }[] = question.kind in DIALECTS ? DIALECTS[question.kind as keyof typeof DIALECTS] : [];
  return parsers.length === 0 ? null : (parsers[pick % parsers.length]?.parse ?? null);
}

const TO = ['https://api.example.com/', 'http://203.0.113.1/', 'tcp://203.0.113.1:5432', 'tls://api.example.com', 'postgres://api.example.com', 'dns://203.0.113.1', 'udp://203.0.113.1:514'];

test('nothing becomes reachable of it', () => {
  fc.assert(fc.property(fc.constantFrom(...TO), fc.array(outputs, { minLength: 4, maxLength: 12 }), fc.nat(), (to, garbage, pick) => {
    let asked = pick;
    const answer = (one: Asked): readonly Fact[] => {
      asked += 1;
      if (one.question.kind === 'tools') return tools('curl').facts;
      const parse = parserFor(one, asked);
      return parse === null ? [unavailable('not-understood')] : parse(garbage[asked % garbage.length] ?? { exitCode: 1, stdout: '', stderr: '', lines: [], durationMs: 0 });
    };
    expect(walkToEnd(situation({ to }), answer).walk.ending?.status).not.toBe('reachable');
  }), { numRuns: 400 });
}, 120_000);

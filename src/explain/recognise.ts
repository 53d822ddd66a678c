import type { Fact } from '../domain/facts.ts';
import { asOutput, type PastedCommand } from './pasted.ts';
import { READERS, type Reader } from './readers.ts';

/** Whose output a pasted text looks like, and what that tool's own parser understood of it. */
export interface Recognised {
  readonly tool: string | null;
  /** Never `unavailable` ones; empty when no parser makes sense of it. */
  readonly facts: readonly Fact[];
}

function understood(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter((fact) => fact.kind !== 'unavailable');
}

/** Terminals mix the streams: a parser that looks for errors on standard error gets the same lines there. */
function read(reader: Reader, lines: readonly string[]): readonly Fact[] {
  for (const parse of reader.parsers) {
    for (const stream of ['stdout', 'stderr'] as const) {
      const facts = understood(parse(asOutput(lines, stream)));
      if (facts.length > 0) return facts;
    }
  }
  return [];
}

/** Which tool printed this, and the facts in it. The first whose parser understands it; else the first that it looks like. */
export function recognise({ program, lines }: PastedCommand): Recognised {
  const text = lines.join('\n');
  const isNamed = (reader: Reader): boolean => program !== null && reader.programs.includes(program);
  const alike = READERS.filter((reader) => reader.looksLike.test(text));
  const candidates = [...alike.filter(isNamed), ...READERS.filter((reader) => isNamed(reader) && !alike.includes(reader)), ...alike.filter((reader) => !isNamed(reader))];
  for (const reader of candidates) {
    const facts = read(reader, lines);
    if (facts.length > 0) return { tool: reader.tool, facts };
  }
  return { tool: candidates[0]?.tool ?? null, facts: [] };
}

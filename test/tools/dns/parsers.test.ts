import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/domain/command.ts';
import type { Fact, ResolveFact } from '../../../src/domain/facts.ts';
import { parseNslookupBind } from '../../../src/tools/nslookup/parse-bind.ts';
import { parseNslookupBusybox } from '../../../src/tools/nslookup/parse-busybox.ts';
import { loadFixture, type Fixture } from '../fixture.ts';
import { CAPTURES, type Capture } from './captures.ts';

interface Captured {
  readonly capture: Capture;
  readonly fixture: Fixture;
}

const captured: readonly Captured[] = CAPTURES.map((capture) => ({
  capture,
  fixture: loadFixture(new URL(`../${capture.folder}/fixtures/${capture.dialect}--${capture.name}.out`, import.meta.url)),
}));

describe.each(captured)('$capture.dialect $capture.name', ({ capture, fixture }) => {
  it('is read into the expected facts', () => {
    expect(fixture.expected).not.toBeNull();
    expect(capture.parse(fixture.output)).toEqual(fixture.expected);
  });

  it('stays true when it is cut at any byte', () => {
    const whole = capture.parse(fixture.output).filter((fact) => fact.kind === 'resolve');
    const news = [...cuts(fixture.output)].flatMap((output) => capture.parse(output).filter((fact) => isNews(fact, whole)));
    expect(news).toEqual([]);
  });
});

/** True when a cut output says what the whole one does not: another outcome, another address. It may say less. */
function isNews(fact: Fact, whole: readonly ResolveFact[]): boolean {
  if (fact.kind === 'unavailable') return false;
  if (fact.kind !== 'resolve') return true;
  const knownAddresses = new Set(whole.flatMap((other) => other.addresses));
  const knownOutcome = fact.outcome === 'failed' || whole.some((other) => other.outcome === fact.outcome);
  return !knownOutcome || fact.addresses.some((address) => !knownAddresses.has(address));
}

/** The output as it stood after each byte of it, in order of arrival, with no exit status. */
function* cuts(output: CommandOutput): Iterable<CommandOutput> {
  for (const [index, line] of output.lines.entries()) {
    const before = output.lines.slice(0, index);
    for (let length = 1; length <= line.text.length; length += 1) yield asOutput([...before, { ...line, text: line.text.slice(0, length) }], true);
    yield asOutput([...before, line], false);
  }
}

function asOutput(lines: CommandOutput['lines'], lastIsCut: boolean): CommandOutput {
  const textOf = (stream: 'stdout' | 'stderr'): string =>
    lines.map((line, index) => (line.stream === stream ? line.text + (lastIsCut && index === lines.length - 1 ? '' : '\n') : '')).join('');
  return { exitCode: null, stdout: textOf('stdout'), stderr: textOf('stderr'), lines, durationMs: 0 };
}

describe('text of anything else', () => {
  const parsers = [...new Map(CAPTURES.map((capture) => [capture.parse, capture.dialect])).entries()];

  it.each(parsers.map(([parse, dialect]) => ({ dialect, parse })))('$dialect says unavailable, and never throws', ({ parse }) => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const lines = texts.map((text) => ({ stream: 'stdout' as const, text, atMs: 0 }));
        const facts = parse(asOutput(lines, false));
        return facts.length > 0 && facts.every((fact) => fact.kind === 'unavailable' || fact.kind === 'resolve');
      }),
    );
  });

  it.each(parsers.map(([parse, dialect]) => ({ dialect, parse })))('$dialect survives its own lines in any order', ({ dialect, parse }) => {
    const own = captured.filter(({ capture }) => capture.parse === parse).flatMap(({ fixture }) => fixture.output.lines);
    expect(own.length, dialect).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...own), { maxLength: 12 }), (lines) => parse(asOutput(lines, false)).length > 0),
    );
  });
});

describe('a refusal of nslookup', () => {
  it.each([parseNslookupBind, parseNslookupBusybox])('is nobody\'s without the head that says who answered', (parse) => {
    const says = (...texts: readonly string[]): readonly Fact[] => {
      const lines = texts.map((text) => ({ stream: 'stdout' as const, text, atMs: 0 }));
      return parse({ exitCode: 1, stdout: `${texts.join('\n')}\n`, stderr: '', lines, durationMs: 1 });
    };
    const refusal = '** server can\'t find nope.lab.example: NXDOMAIN';
    expect(says(refusal)).toMatchObject([{ kind: 'unavailable' }]);
    expect(says('Server:\t\t10.77.0.53', `Address:\t10.77.0.53${parse === parseNslookupBind ? '#' : ':'}53`, '', refusal)).toMatchObject([{ kind: 'resolve', outcome: 'nxdomain', nameserver: '10.77.0.53' }]);
  });
});

describe('the captured cases', () => {
  it('have no fixture left over that nobody reads', () => {
    const known = new Set(CAPTURES.map((capture) => `${capture.folder}/${capture.dialect}--${capture.name}`));
    for (const folder of new Set(CAPTURES.map((capture) => capture.folder))) {
      const fixtures = new URL(`../${folder}/fixtures/`, import.meta.url);
      const files = readdirSync(fixtures).map((file) => `${folder}/${file.replace(/\.(?:out|json)$/u, '')}`);
      expect([...new Set(files)].filter((file) => !known.has(file))).toEqual([]);
    }
  });
});

/** What each case must come out as, whichever tool saw it: a fixture captured anew cannot quietly change it. */
const MEANING: Readonly<Record<string, readonly string[]>> = {
  answered: ['answered'],
  alias: ['answered'],
  'ipv6-only': ['answered'],
  'search-list': ['answered'],
  'hosts-file': ['answered'],
  'tcp-answered': ['answered'],
  nxdomain: ['nxdomain'],
  'tcp-nxdomain': ['nxdomain'],
  'no-data': ['no-data'],
  'alias-no-data': ['no-data'],
  refused: ['refused'],
  servfail: ['servfail', 'try-again', 'failed'],
  timeout: ['timeout', 'try-again', 'failed'],
  dropped: ['timeout'],
  'port-closed': ['unreachable'],
  'tcp-port-closed': ['unreachable'],
  'no-route': ['unreachable'],
  'no-such-name': ['not-found', 'failed'],
  'no-address': ['not-found', 'failed'],
};

it.each(captured.filter(({ capture }) => capture.name in MEANING))('$capture.dialect sees what $capture.name is', ({ capture, fixture }) => {
  const outcomes = capture.parse(fixture.output).map((fact) => (fact.kind === 'resolve' ? fact.outcome : fact.kind));
  expect(outcomes).toHaveLength(1);
  expect(MEANING[capture.name]).toContain(outcomes[0]);
});

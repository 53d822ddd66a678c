import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wholeReport } from '../../src/cli/recordings/whole-report.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { withoutNames } from '../../src/privacy/index.ts';
import { RECORDED_FORMATS, type RecordedFormat } from '../../src/report/format-names.ts';
import { parseRunFile } from '../../src/run-file/read.ts';
import { KEPT, RECORDINGS } from '../run-file/recordings.ts';
import { inProc, originalsOf, standsIn } from './originals.ts';

function eventsOf(text: string): readonly RunEvent[] {
  const read = parseRunFile(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.recording.events;
}

function print(format: RecordedFormat, events: readonly RunEvent[], language: 'en' | 'es'): string {
  // HTML and XML write some characters by their numbers; a name between two of them is a name all the same.
  return wholeReport(format, events, true, LANGUAGES[language]).replace(/&#(\d+);/gu, (_, code) => String.fromCodePoint(Number(code)));
}

describe.each([...RECORDINGS, ...KEPT])('%s without names', (_file, path) => {
  const text = readFileSync(path, 'utf8');
  const originals = originalsOf(text);
  const replaced = withoutNames(eventsOf(text));

  it('has names and addresses to begin with, and each of them stands in its reports', () => {
    expect(originals.length).toBeGreaterThan(5);
    const before = print('json', eventsOf(text), 'en');
    expect(originals.filter((name) => !standsIn(name, before)).length).toBeLessThan(originals.length / 2);
  });

  it.each(RECORDED_FORMATS)('tells none of them in %s, in either language', (format) => {
    for (const language of ['en', 'es'] as const) {
      // Causes and nodes of the tree are this program's words, though a container may be called `app`.
      const printed = print(format, replaced, language).replace(/\b(?:app|pod|dns)\.[a-z-]+/gu, '');
      expect(originals.filter((name) => standsIn(name, printed))).toEqual([]);
      expect(originals.filter((name) => /^[\d.]+$/u.test(name) && printed.includes(inProc(name)))).toEqual([]);
    }
  });

  it('is a recording like any other, with the same verdict', () => {
    const again = eventsOf(print('recording', replaced, 'en'));
    expect(again).toEqual(replaced);
    const verdicts = (events: readonly RunEvent[]): unknown => events.flatMap((event) => (event.kind === 'concluded' ? [{ ...event.conclusion.verdict, parameters: null, commands: null, untestable: null }] : []));
    expect(verdicts(again)).toEqual(verdicts(eventsOf(text)));
    expect(again.map(({ kind, atMs }) => [kind, atMs])).toEqual(eventsOf(text).map(({ kind, atMs }) => [kind, atMs]));
  });
});

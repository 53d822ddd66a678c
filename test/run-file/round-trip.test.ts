import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { decodeLine } from '../../src/run-file/decode.ts';
import { encodeLine, fitToKeep, headerOf } from '../../src/run-file/encode.ts';
import { LinesRead, parseRunFile } from '../../src/run-file/read.ts';
import { runEvent } from '../../src/run-file/schema/events.ts';
import { FILTERED_RUN } from '../store/run-events.ts';
import { REFUSED_RUN } from '../report/refused-run.ts';
import { arbitraryOf } from './arbitrary.ts';
import { RECORDINGS } from './recordings.ts';

const HEADER = encodeLine(headerOf({ name: 'netdiag-tui', version: '0' }));
const event = arbitraryOf(runEvent) as fc.Arbitrary<RunEvent>;

function fileOf(events: readonly RunEvent[]): string {
  return HEADER + events.map(encodeLine).join('');
}

function eventsOf(text: string): readonly RunEvent[] {
  const read = parseRunFile(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.recording.events;
}

describe('a run file', () => {
  it('gives back the events that were written, as they may be kept', () => {
    fc.assert(
      fc.property(event, (given) => {
        const kept = fitToKeep(given);
        expect(decodeLine(encodeLine(kept), 2)).toEqual({ kind: 'line', value: kept });
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds nothing that reading would change: keeping twice is keeping once', () => {
    fc.assert(fc.property(event, (given) => { expect(fitToKeep(fitToKeep(given))).toEqual(fitToKeep(given)); }), { numRuns: 1_000 });
  });

  it.each([['filtered', FILTERED_RUN], ['refused', REFUSED_RUN]] as const)('gives back a whole run unchanged: %s', (_name, events) => {
    expect(eventsOf(fileOf(events))).toEqual(events);
  });

  it.each(RECORDINGS)('cut after any line or within it, %s gives the events that were whole by then', (_name, path) => {
    const text = readFileSync(path, 'utf8');
    const whole = eventsOf(text);
    const ends = [...text.matchAll(/\n/gu)].map(({ index }) => index + 1);
    for (const end of ends.filter((_, index) => index % Math.ceil(ends.length / 12) === 0 || index > ends.length - 4)) {
      const lines = ends.indexOf(end);
      expect(eventsOf(text.slice(0, end))).toEqual(whole.slice(0, lines));
      expect(eventsOf(text.slice(0, end + 40))).toHaveLength(Math.min(lines, whole.length) + (/^\{(?!"kind":"recording-closed").*\}\n/u.test(text.slice(end, end + 40)) ? 1 : 0));
    }
  });

  // What was read before the cut is read once and not again for each byte: the reader takes lines one after the other.
  it('cut at every byte of a real file, loses the line that was being written and no other', () => {
    const [, path] = RECORDINGS[0] ?? ['', ''];
    const [head = '', ...lines] = readFileSync(path).toString('latin1').split('\n').slice(0, -1);
    for (let cut = 0; cut <= head.length; cut += 1) expect(parseRunFile(head.slice(0, cut))).toEqual({ ok: false, problem: { kind: 'empty' } });
    const read = new LinesRead(headerOf({ name: 'netdiag-tui', version: '0' }));
    for (const [before, line] of lines.entries()) {
      for (let cut = 0; cut < line.length; cut += 1) {
        const result = read.end(Buffer.from(line.slice(0, cut), 'latin1').toString('utf8'));
        if (!result.ok || result.recording.events.length !== before || result.recording.torn !== cut > 0) expect({ cut, line, result }).toBeNull();
      }
      read.take(Buffer.from(line, 'latin1').toString('utf8'));
    }
    const whole = read.end('');
    expect(whole.ok && whole.recording.events).toEqual(eventsOf(readFileSync(path, 'utf8')));
  });
});

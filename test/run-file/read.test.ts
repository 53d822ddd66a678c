import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeLine, headerOf } from '../../src/run-file/encode.ts';
import { parseRunFile, readRunFile } from '../../src/run-file/read.ts';
import { REFUSED_RUN } from '../report/refused-run.ts';
import { HOSTILE } from '../ui/fake-runs.ts';

const HEADER = encodeLine(headerOf({ name: 'netdiag-tui', version: '0' }));
const LINES = REFUSED_RUN.map(encodeLine);
const folder = mkdtempSync(join(tmpdir(), 'run-file-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

function problemOf(text: string): unknown {
  const read = parseRunFile(text);
  return read.ok ? null : read.problem;
}

describe('reading a recording', () => {
  it('names line and field of what is wrong', () => {
    const bad = LINES.map((line) => line.replace('"outcome":"refused"', '"outcome":"exploded"'));
    expect(problemOf(HEADER + bad.join(''))).toMatchObject({ kind: 'bad-line', line: 10, field: 'observation.fact.outcome' });
    expect(problemOf(HEADER + LINES.slice(0, 2).join('') + '{"kind":"run-ended","atMs":"soon","reason":"completed"}\n')).toMatchObject({
      kind: 'bad-line',
      line: 4,
      field: 'atMs',
    });
    expect(problemOf(`${HEADER}${LINES[0] ?? ''}{"kind":7,"atMs":1}\n`)).toMatchObject({ kind: 'bad-line', line: 3, field: 'kind' });
    expect(problemOf(`${HEADER}${LINES[0] ?? ''}{"atMs":1}\n`)).toMatchObject({ kind: 'bad-line', line: 3, field: 'kind' });
  });

  it('names a broken line in the middle, and reads past one that only notes follow', () => {
    expect(problemOf(`${HEADER}${LINES[0] ?? ''}{"kind":"outp\n${LINES[1] ?? ''}`)).toMatchObject({ kind: 'bad-line', line: 3, field: '' });
    const note = encodeLine({ kind: 'note-left', atMs: 5, by: 'ana', writtenAt: '2026-01-02T03:04:05Z', text: 'it broke here' });
    const read = parseRunFile(`${HEADER}${LINES[0] ?? ''}{"kind":"outp\n${note}`);
    expect(read.ok && read.recording).toMatchObject({ torn: true, events: [{ kind: 'run-started' }, { kind: 'note-left', text: 'it broke here' }] });
  });

  it('refuses a newer version, and says who wrote it', () => {
    const newer = '{"format":"netdiag-recording","version":7,"writtenBy":{"name":"netdiag-tui","version":"9.1"}}\n{"kind":"telepathy"}\n';
    expect(problemOf(newer)).toEqual({ kind: 'newer-version', version: 7, known: 1, writtenBy: 'netdiag-tui 9.1' });
  });

  it('leaves out kinds of events, facts and questions that came later, and says so', () => {
    const later = ['{"kind":"telepathy","atMs":3,"of":"minds"}', '{"kind":"telepathy","atMs":4}', ...LINES.map((line) => line.trimEnd()).filter((line) => line.startsWith('{"kind":"observed"')).map((line) => line.replace('"fact":{"kind":"', '"fact":{"kind":"new-'))];
    const read = parseRunFile(`${HEADER}${LINES[0] ?? ''}${later.join('\n')}\n${LINES.slice(1).join('')}`);
    expect(read.ok && read.recording.events).toEqual(REFUSED_RUN);
    expect(read.ok && read.recording.unknown).toEqual([{ kind: 'telepathy', lines: 2 }, expect.objectContaining({ kind: expect.stringMatching(/^fact new-/u) as string })]);
    expect(problemOf(`${HEADER}{"kind":"telepathy","atMs":0}\n${LINES[0] ?? ''}`)).toBeNull();
  });

  it('ignores fields that came later', () => {
    const read = parseRunFile(HEADER + LINES.join('').replaceAll('"atMs":', '"mood":"calm","atMs":'));
    expect(read.ok && read.recording.events).toEqual(REFUSED_RUN);
  });

  it('refuses what is no recording', () => {
    expect(problemOf('')).toEqual({ kind: 'empty' });
    expect(problemOf('root:x:0:0')).toMatchObject({ kind: 'not-a-recording' });
    expect(problemOf('{"schema":"netdiag-run/v1"}\n')).toMatchObject({ kind: 'not-a-recording' });
    expect(problemOf('\n\n')).toMatchObject({ kind: 'not-a-recording' });
    expect(problemOf(HEADER + (LINES[1] ?? ''))).toMatchObject({ kind: 'bad-line', line: 2, field: 'kind' });
  });

  it('reads nothing that is not a file of bearable size', async () => {
    expect(await readRunFile(folder)).toEqual({ ok: false, problem: { kind: 'not-a-file' } });
    expect(await readRunFile('/dev/zero')).toEqual({ ok: false, problem: { kind: 'not-a-file' } });
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    expect(await readRunFile(fifo)).toEqual({ ok: false, problem: { kind: 'not-a-file' } });
    const huge = join(folder, 'huge.jsonl');
    writeFileSync(huge, HEADER);
    truncateSync(huge, 65 * 1024 * 1024);
    expect(await readRunFile(huge)).toMatchObject({ ok: false, problem: { kind: 'too-large' } });
    expect(await readRunFile(join(folder, 'absent'))).toMatchObject({ ok: false, problem: { kind: 'unreadable' } });
    expect(problemOf(`${HEADER}${'x'.repeat(3 * 1024 * 1024)}\n`)).toMatchObject({ kind: 'bad-line', line: 2 });
  });

  it('follows a link that the user named, and no path that the file holds', async () => {
    const path = join(folder, 'paths.jsonl');
    const text = HEADER + LINES.join('').replaceAll('"r1"', '"../../../etc/passwd"');
    writeFileSync(path, text);
    symlinkSync(path, join(folder, 'link.jsonl'));
    const read = await readRunFile(join(folder, 'link.jsonl'));
    expect(read.ok && read.recording.events).toHaveLength(REFUSED_RUN.length);
  });

  it.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 20)), text]))('gives nothing that a terminal acts on: %s', (_name, hostile) => {
    const events = parseRunFile(HEADER + LINES.join('').replaceAll('orders-6f7c', JSON.stringify(hostile.slice(0, 50_000)).slice(1, -1)));
    if (!events.ok) throw new Error(JSON.stringify(events.problem));
     
    expect(JSON.stringify(events.recording.events)).not.toMatch(/\\u00(?:0[0-8bcef]|1|7f)|[\u0080-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
  });

  it('is not harmed by names of JavaScript’s own', () => {
    const read = parseRunFile(HEADER + LINES.join('').replaceAll('"c1"', '"__proto__"').replaceAll('"k1"', '"constructor"'));
    expect(read.ok).toBe(true);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

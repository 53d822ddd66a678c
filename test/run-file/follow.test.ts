import { appendFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeLine, headerOf } from '../../src/run-file/encode.ts';
import { followRunFile, type Followed, type FollowOptions } from '../../src/run-file/follow.ts';
import { isLive } from '../../src/run-file/live.ts';
import { Recorder } from '../../src/run-file/recorder.ts';
import { REFUSED_RUN } from '../report/refused-run.ts';
import { HOSTILE } from '../ui/fake-runs.ts';

const TOOL = { name: 'netdiag-tui', version: '0' };
const HEADER = encodeLine(headerOf(TOOL));
const LINES = REFUSED_RUN.map((event) => encodeLine(event));
const CLOSED = encodeLine({ kind: 'recording-closed' });

let folder = '';
let path = '';
const stops: AbortController[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-'));
  path = join(folder, 'run.jsonl');
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that comes, as it comes. */
function following(options: Partial<FollowOptions> = {}): { readonly items: Followed[]; readonly ended: Promise<void>; readonly stop: AbortController } {
  const stop = new AbortController();
  stops.push(stop);
  const items: Followed[] = [];
  const ended = (async () => {
    for await (const item of followRunFile(path, { signal: stop.signal, everyMs: 5, ...options })) items.push(item);
  })();
  return { items, ended, stop };
}

const events = (items: readonly Followed[]): readonly unknown[] => items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
const heard = (items: readonly Followed[]): readonly string[] => items.flatMap((item) => (item.kind === 'heard' ? [item.heard] : []));
const problems = (items: readonly Followed[]): readonly unknown[] => items.flatMap((item) => (item.kind === 'problem' ? [item.problem] : []));

describe('following a recording', () => {
  it('gives what is there, then what comes, until its writer closes it', async () => {
    const recorder = new Recorder({ tool: TOOL, to: { kind: 'file', path }, shared: false, onGivenUp: () => undefined });
    for (const event of REFUSED_RUN.slice(0, 4)) recorder.record(event);
    const { items, ended } = following();
    await expect.poll(() => events(items)).toEqual(REFUSED_RUN.slice(0, 4));
    for (const event of REFUSED_RUN.slice(4)) recorder.record(event);
    await expect.poll(() => events(items)).toEqual(REFUSED_RUN);
    recorder.close();
    await ended;
    expect(heard(items)).toEqual(['live', 'closed']);
  });

  it('waits for the end of a line, wherever the writer has stopped in it', async () => {
    const whole = Buffer.from(HEADER + LINES.join('') + CLOSED);
    writeFileSync(path, '');
    const { items, ended } = following({ everyMs: 1 });
    // The last byte of each piece is somewhere in a line, in a character of several bytes, too.
    for (let at = 0; at < whole.length; at += 331) {
      appendFileSync(path, whole.subarray(at, at + 331));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await ended;
    expect(events(items)).toEqual(REFUSED_RUN);
    expect(problems(items)).toEqual([]);
  });

  it('says when nothing is heard of the writer any more, and when it is back', async () => {
    writeFileSync(path, HEADER + LINES.slice(0, 3).join(''));
    let nowMs = Date.now();
    const { items } = following({ now: () => nowMs });
    await expect.poll(() => heard(items)).toEqual(['live']);
    nowMs += 8_000;
    await expect.poll(() => heard(items)).toEqual(['live', 'silent']);
    nowMs += 15_000;
    await expect.poll(() => heard(items)).toEqual(['live', 'silent', 'gone']);
    utimesSync(path, nowMs / 1000, nowMs / 1000);
    await expect.poll(() => heard(items)).toEqual(['live', 'silent', 'gone', 'live']);
    appendFileSync(path, LINES[3] ?? '');
    await expect.poll(() => events(items)).toEqual(REFUSED_RUN.slice(0, 4));
  });

  it('goes on with the same file when that is renamed or deleted, whatever takes its place', async () => {
    const recorder = new Recorder({ tool: TOOL, to: { kind: 'file', path }, shared: false, onGivenUp: () => undefined });
    recorder.record(REFUSED_RUN[0] as (typeof REFUSED_RUN)[number]);
    const { items, ended } = following();
    await expect.poll(() => events(items)).toHaveLength(1);
    renameSync(path, join(folder, 'away.jsonl'));
    writeFileSync(path, 'somebody else');
    unlinkSync(join(folder, 'away.jsonl'));
    for (const event of REFUSED_RUN.slice(1)) recorder.record(event);
    recorder.close();
    await ended;
    expect(events(items)).toEqual(REFUSED_RUN);
  });

  it('ends with a problem when the file is cut off, or a line of it is wrong', async () => {
    writeFileSync(path, HEADER + LINES.join(''));
    const { items, ended } = following();
    await expect.poll(() => events(items)).toHaveLength(REFUSED_RUN.length);
    truncateSync(path, 10);
    await ended;
    expect(problems(items)).toMatchObject([{ kind: 'cut-off', bytes: 10 }]);

    writeFileSync(path, `${HEADER}${LINES[0] ?? ''}{"kind":"output","atMs":"soon"}\n`);
    const wrong = following();
    await wrong.ended;
    expect(problems(wrong.items)).toMatchObject([{ kind: 'bad-line', line: 3 }]);
  });

  it('follows no link, no pipe, no folder, and no file without lines', async () => {
    const real = join(folder, 'real.jsonl');
    writeFileSync(real, HEADER + LINES.join(''));
    symlinkSync(real, path);
    const link = following();
    await link.ended;
    expect(problems(link.items)).toMatchObject([{ kind: 'unreadable', detail: expect.stringContaining('ELOOP') as string }]);
    unlinkSync(path);
    execFileSync('mkfifo', [path]);
    const pipe = following();
    await pipe.ended;
    expect(problems(pipe.items)).toEqual([{ kind: 'not-a-file' }]);
    unlinkSync(path);
    writeFileSync(path, 'x'.repeat(3 * 1024 * 1024));
    const endless = following();
    await endless.ended;
    expect(problems(endless.items)).toMatchObject([{ kind: 'too-large' }]);
  });

  it('gives nothing on that a terminal would act upon', async () => {
    const lines = HOSTILE.map((text) => ({ stream: 'stdout' as const, text, atMs: 1 }));
    writeFileSync(path, `${HEADER}${LINES[0] ?? ''}${JSON.stringify({ kind: 'output', atMs: 1, command: 'c1', lines })}\n${CLOSED}`);
    const { items, ended } = following();
    await ended;
    expect(events(items)).toHaveLength(2);
    expect(JSON.stringify(events(items))).not.toMatch(/\\u001b|\\u009b|\\u202e/u);
  });
});

describe('whether a run goes on', () => {
  it('is told by its last line and by its signs of life', () => {
    writeFileSync(path, HEADER + LINES.join(''));
    expect(isLive(path, Date.now())).toBe(true);
    expect(isLive(path, Date.now() + 10_000)).toBe(false);
    appendFileSync(path, CLOSED);
    expect(isLive(path, Date.now())).toBe(false);
    expect(isLive(join(folder, 'absent.jsonl'), Date.now())).toBe(false);
    expect(isLive(folder, Date.now())).toBe(false);
  });
});

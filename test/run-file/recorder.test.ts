import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { makeRoom, recordingName, recordingsFolder, storedRecordings } from '../../src/run-file/folder.ts';
import { SIGN_OF_LIFE_MS } from '../../src/run-file/live.ts';
import { readRunFile } from '../../src/run-file/read.ts';
import { Recorder, type RecorderOptions } from '../../src/run-file/recorder.ts';
import { REFUSED_RUN, started } from '../report/refused-run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorder-'));
});
afterEach(() => { rmSync(folder, { recursive: true }); });

const TOOL = { name: 'netdiag-tui', version: '0' };

function recorder(options: Partial<RecorderOptions> = {}): { recorder: Recorder; told: string[] } {
  const told: string[] = [];
  const onGivenUp = (detail: string): void => { told.push(detail); };
  return { recorder: new Recorder({ tool: TOOL, to: { kind: 'folder', path: folder }, shared: false, onGivenUp, ...options }), told };
}

function output(text: string): RunEvent {
  return { kind: 'output', atMs: 14, command: 'c1', lines: [{ stream: 'stdout', text, atMs: 1 }] };
}

async function eventsOf(path: string | null): Promise<readonly RunEvent[]> {
  const read = await readRunFile(path ?? '');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.recording.events;
}

describe('the recorder', () => {
  it('keeps a run as it goes, for its owner alone', async () => {
    const { recorder: one } = recorder({ to: { kind: 'folder', path: join(folder, 'deep', 'runs') } });
    for (const [index, event] of REFUSED_RUN.entries()) {
      one.record(event);
      expect(await eventsOf(one.path)).toHaveLength(index + 1);
    }
    one.close();
    expect(statSync(one.path ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'deep', 'runs')).mode & 0o777).toBe(0o700);
    expect(await eventsOf(one.path)).toEqual(REFUSED_RUN);
  });

  it('lets others read when the run is shared, whatever the umask', () => {
    const { recorder: one } = recorder({ shared: true, to: { kind: 'file', path: join(folder, 'shared.jsonl') } });
    one.record(started());
    one.close();
    expect(statSync(one.path ?? '').mode & 0o777).toBe(0o644);
  });

  it('writes over nothing', () => {
    const path = join(folder, 'mine.jsonl');
    writeFileSync(path, 'mine');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link.jsonl'));
    for (const to of [path, join(folder, 'link.jsonl')]) {
      const { recorder: one, told } = recorder({ to: { kind: 'file', path: to } });
      for (const event of REFUSED_RUN) one.record(event);
      expect(told).toHaveLength(1);
      expect(one.path).toBeNull();
    }
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it('gives up once, and quietly, when the disk is full', () => {
    const { recorder: one, told } = recorder({ to: { kind: 'file', path: join(folder, 'a.jsonl') } });
    one.record(started());
    // The kernel's own full disk.
    const full = recorder({ to: { kind: 'folder', path: '/proc' } });
    for (const event of REFUSED_RUN) full.recorder.record(event);
    expect(full.told).toHaveLength(1);
    expect(told).toEqual([]);
    one.close();
  });

  it('leaves out output when the file has grown to its limit, says so, and keeps the rest', async () => {
    const { recorder: one } = recorder({ limitBytes: 2_000 });
    one.record(started());
    for (let line = 0; line < 100; line += 1) one.record(output(`line ${String(line)} ${'x'.repeat(100)}`));
    for (const event of REFUSED_RUN.slice(1)) if (event.kind !== 'output') one.record(event);
    one.close();
    const read = await readRunFile(one.path ?? '');
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    expect(read.recording.outputLeftOut).toBe(true);
    expect(read.recording.events.filter(({ kind }) => kind === 'output').length).toBeLessThan(20);
    expect(read.recording.events.at(-1)).toEqual(REFUSED_RUN.at(-1));
    expect(readFileSync(one.path ?? '', 'utf8').match(/output-left-out/gu)).toHaveLength(1);
  });

  it('leaves whole lines behind when it is killed', async () => {
    const path = join(folder, 'killed.jsonl');
    const script = `
      import { Recorder } from ${JSON.stringify(new URL('../../src/run-file/recorder.ts', import.meta.url).href)};
      import { REFUSED_RUN } from ${JSON.stringify(new URL('../report/refused-run.ts', import.meta.url).href)};
      const one = new Recorder({ tool: ${JSON.stringify(TOOL)}, to: { kind: 'file', path: ${JSON.stringify(path)} }, shared: false, onGivenUp: console.error });
      for (const event of REFUSED_RUN.slice(0, 9)) one.record(event);
      process.kill(process.pid, 'SIGKILL');`;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' })).toThrow(/SIGKILL|null/u);
    expect(await eventsOf(path)).toEqual(REFUSED_RUN.slice(0, 9));
  });

  it('is closed by its last line when the process ends without waiting for the run', () => {
    const path = join(folder, 'left.jsonl');
    const script = `
      import { Recorder } from ${JSON.stringify(new URL('../../src/run-file/recorder.ts', import.meta.url).href)};
      import { REFUSED_RUN } from ${JSON.stringify(new URL('../report/refused-run.ts', import.meta.url).href)};
      const one = new Recorder({ tool: ${JSON.stringify(TOOL)}, to: { kind: 'file', path: ${JSON.stringify(path)} }, shared: false, onGivenUp: console.error });
      for (const event of REFUSED_RUN.slice(0, 9)) one.record(event);
      process.exit(0);`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' });
    expect(readFileSync(path, 'utf8').endsWith('\n{"kind":"recording-closed"}\n')).toBe(true);
  });

  it('gives a sign of life while nothing happens, and none once it is closed', () => {
    vi.useFakeTimers();
    try {
      const { recorder: one } = recorder();
      one.record(started());
      const path = one.path ?? '';
      utimesSync(path, 0, 0);
      vi.advanceTimersByTime(SIGN_OF_LIFE_MS);
      expect(statSync(path).mtimeMs).toBeGreaterThan(0);
      one.close();
      utimesSync(path, 0, 0);
      vi.advanceTimersByTime(10 * SIGN_OF_LIFE_MS);
      expect(statSync(path).mtimeMs).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves nothing behind when it is discarded', () => {
    const { recorder: one } = recorder();
    one.record(started());
    one.discard();
    expect(readdirSync(folder)).toEqual([]);
    expect(one.path).toBeNull();
  });

  it('takes out secrets before they reach the disk', () => {
    const { recorder: one } = recorder();
    one.record(started());
    one.record(output('< Set-Cookie: session=hunter2; Path=/'));
    one.record(output('DATABASE_URL=postgres://orders:hunter2@db.example/orders'));
    one.close();
    expect(readFileSync(one.path ?? '', 'utf8')).not.toContain('hunter2');
  });
});

describe('the folder of recordings', () => {
  it('is where XDG puts state', () => {
    expect(recordingsFolder({ XDG_STATE_HOME: '/state', HOME: '/home/ana' })).toBe('/state/netdiag-tui/runs');
    expect(recordingsFolder({ XDG_STATE_HOME: 'relative', HOME: '/home/ana' })).toBe('/home/ana/.local/state/netdiag-tui/runs');
    expect(recordingsFolder({})).toBeNull();
  });

  it('names files by time and run, whatever the id holds', () => {
    expect(recordingName('2026-03-01T03:12:00.123Z', '1f3a9c2e-aaaa')).toBe('20260301T031200Z-1f3a9c2e.jsonl');
    expect(recordingName('2026-03-01T03:12:00Z', '../../etc/passwd')).toBe('20260301T031200Z-etcpassw.jsonl');
  });

  it('lists the newest first, and makes room by removing the oldest of its own files', () => {
    mkdirSync(folder, { recursive: true });
    for (let day = 1; day <= 5; day += 1) writeFileSync(join(folder, recordingName(`2026-03-0${String(day)}T00:00:00Z`, `run${String(day)}`)), 'x'.repeat(100));
    writeFileSync(join(folder, 'notes.txt'), 'not a recording');
    utimesSync(join(folder, 'notes.txt'), 0, 0);
    expect(storedRecordings(folder).map(({ id }) => id)).toEqual(['run5', 'run4', 'run3', 'run2', 'run1']);
    makeRoom(folder, { bytes: 10_000, recordings: 4 });
    expect(storedRecordings(folder).map(({ id }) => id)).toEqual(['run5', 'run4', 'run3']);
    makeRoom(folder, { bytes: 250, recordings: 100 });
    expect(storedRecordings(folder).map(({ id }) => id)).toEqual(['run5', 'run4']);
    expect(readdirSync(folder)).toContain('notes.txt');
  });

  it('makes room while others make it, too', async () => {
    for (let run = 0; run < 3000; run += 1) writeFileSync(join(folder, recordingName('2026-03-01T00:00:00Z', `run${String(run)}`)), '');
    const script = `import(${JSON.stringify(new URL('../../src/run-file/folder.ts', import.meta.url).href)}).then(({ makeRoom }) => makeRoom(${JSON.stringify(folder)}, { bytes: 1, recordings: 2 }))`;
    await Promise.all([1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, ['-e', script])));
    expect(storedRecordings(folder)).toHaveLength(1);
  });
});

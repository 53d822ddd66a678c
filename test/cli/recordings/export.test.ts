import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportRecording } from '../../../src/cli/recordings/export.ts';
import { EXPORTED_FILES, type ExportStep } from '../../../src/domain/exported.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { readRunFile } from '../../../src/run-file/read.ts';
import { RECORDINGS } from '../../run-file/recordings.ts';

const [, RECORDING = ''] = RECORDINGS.find(([name]) => name.startsWith('expired')) ?? [];
const FILES = Object.values<string>(EXPORTED_FILES);

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'export-'));
});
afterEach(() => { rmSync(parent, { recursive: true }); });

async function steps(folder: string, isWithoutNames = false, path = RECORDING): Promise<readonly ExportStep[]> {
  const all: ExportStep[] = [];
  for await (const step of exportRecording(path, { folder, isWithoutNames }, LANGUAGES.en)) all.push(step);
  return all;
}

describe('exporting a run', () => {
  it('writes every format into a new folder, for its owner alone', async () => {
    const folder = join(parent, 'deep', 'incident');
    expect(await steps(folder)).toEqual(FILES.map((file) => ({ file, problem: null })));
    expect(readdirSync(folder).sort()).toEqual([...FILES].sort());
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of FILES) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, file), 'utf8')).toMatch(/tls\.expired[\s\S]*\n$/u);
    }
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ schema: 'netdiag-run/v1', verdict: { cause: 'tls.expired' } });
    expect(await readRunFile(join(folder, 'recording.jsonl'))).toEqual(await readRunFile(RECORDING));
  });

  it('writes no name when it is told so', async () => {
    await steps(join(parent, 'a'), true);
    for (const file of FILES) expect(readFileSync(join(parent, 'a', file), 'utf8')).not.toMatch(/expired\.payments|orders-\w+-|198\.51\.100/u);
    const read = await readRunFile(join(parent, 'a', 'recording.jsonl'));
    expect(read.ok && read.recording.header.withoutNames).toBe(true);
  });

  it('writes over nothing, and says so of that file alone', async () => {
    mkdirSync(join(parent, 'a'));
    writeFileSync(join(parent, 'a', 'report.html'), 'mine');
    const done = await steps(join(parent, 'a'));
    expect(done.filter(({ problem }) => problem !== null)).toEqual([{ file: 'report.html', problem: expect.stringContaining('EEXIST') as string }]);
    expect(readFileSync(join(parent, 'a', 'report.html'), 'utf8')).toBe('mine');
  });

  it('says that the folder cannot be made, and why', async () => {
    writeFileSync(join(parent, 'file'), '');
    const folder = join(parent, 'file', 'a');
    expect(await steps(folder)).toEqual([{ file: folder, problem: expect.stringContaining('ENOTDIR') as string }]);
    expect(await steps('/proc/netdiag/a')).toMatchObject([{ file: '/proc/netdiag/a', problem: expect.stringContaining('ENOENT') as string }]);
  });

  it('says that the recording is gone', async () => {
    expect(await steps(join(parent, 'a'), false, join(parent, 'gone.jsonl'))).toMatchObject([{ file: join(parent, 'gone.jsonl'), problem: expect.stringContaining('ENOENT') as string }]);
    expect(readdirSync(parent)).toEqual([]);
  });
});

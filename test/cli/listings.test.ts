import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { CAUSE_IDS } from '../../src/domain/cause.ts';
import { NOT_YET_DETECTED } from '../../src/domain/not-yet-detected.ts';
import { TREE } from '../../src/tree/tree.ts';
import { writeJson } from '../../src/cli/streams.ts';
import { call } from './call.ts';

describe('causes', () => {
  it('lists every cause once, by layer, and marks what is still to come', async () => {
    const lines = (await call(['causes'])).stdout.split('\n');
    for (const id of CAUSE_IDS) {
      const own = lines.filter((line) => line.trimStart().startsWith(`${id} `));
      expect(own).toHaveLength(1);
      expect(own[0]?.includes('(not yet detected)')).toBe(NOT_YET_DETECTED.includes(id));
    }
    expect(lines.filter((line) => /^\S.* \(\d\)$/u.test(line))).toEqual(['Application (4)', 'Transport (3)', 'Internet (2)', 'Network access (1)']);
  });

  it('says all about one', async () => {
    const { stdout } = await call(['causes', 'dns.nxdomain', '--lang', 'es']);
    expect(stdout).toMatch(/^dns\.nxdomain: El nombre no existe/u);
    expect(stdout).toContain('Siguientes pasos:\n  1. ');
  });

  it('is data on request', async () => {
    const all = JSON.parse((await call(['causes', '-o', 'json'])).stdout) as { schema: string; causes: { id: string; detected: boolean }[] };
    expect(all.schema).toBe('netdiag-causes/v1');
    expect(all.causes.map(({ id }) => id)).toEqual(CAUSE_IDS);
    const one = JSON.parse((await call(['causes', 'tls.expired', '-o', 'json'])).stdout) as { causes: unknown[] };
    expect(one.causes).toHaveLength(1);
  });
});

describe('tree', () => {
  it('prints every question with every answer and where it leads', async () => {
    const { stdout } = await call(['tree']);
    for (const node of TREE) {
      expect(stdout).toContain(`${node.id}  `);
      for (const cause of node.branches.flatMap(({ causes }) => causes)) expect(stdout).toContain(cause);
    }
  });

  it.each(['en', 'es'])('is a Mermaid flowchart without loose ends (%s)', async (language) => {
    const lines = (await call(['tree', '--format', 'mermaid', '--lang', language])).stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('flowchart TD');
    const drawn = new Set(lines.flatMap((line) => /^ {2}(\w+)\["[^"]+"\]$/u.exec(line)?.[1] ?? []));
    expect(drawn.size).toBe(TREE.length);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}\w+(\["[^"]+"\]| -->\|"[^"]+"\| \w+(\(\["[^"]+"\]\))?)$/u);
    const targets = lines.flatMap((line) => /\| (\w+)$/u.exec(line)?.[1] ?? []);
    expect(targets.filter((target) => !drawn.has(target))).toEqual([]);
  });
});

describe('explain', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-explain-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const TEXT = 'curl: (7) Failed to connect to db port 5432 after 1 ms: Connection refused';
  const meaningOf = (stdout: string): unknown => (JSON.parse(stdout) as { meaning: unknown }).meaning;

  it('takes a text, several words, a file and standard input', async () => {
    const file = join(folder, 'log');
    writeFileSync(file, `${TEXT}\n`);
    for (const called of [
      call(['explain', TEXT, '-o', 'json']),
      call(['explain', 'connection', 'refused', '-o', 'json']),
      call(['explain', file, '-o', 'json']),
      call(['explain', '-o', 'json'], { stdin: TEXT }),
      call(['explain', '-', '-o', 'json'], { stdin: TEXT }),
    ]) {
      const { exitCode, stdout } = await called;
      expect(meaningOf(stdout)).toBe('refused');
      expect(exitCode).toBe(0);
    }
  });

  it('is prose otherwise', async () => {
    expect((await call(['explain', TEXT])).stdout).toContain('refused');
  });

  it('gives one JSON object for each line, empty lines too', async () => {
    const { stdout } = await call(['explain', '--each-line', '-o', 'json'], { stdin: `${TEXT}\n\nCould not resolve host: x\n` });
    expect(stdout.trimEnd().split('\n').map(meaningOf)).toEqual(['refused', 'other', 'dns']);
  });
});

describe('output', () => {
  it('ends quietly when its reader goes away', async () => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    streams.stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(await main(['causes'], {}, streams)).toBe(0);
    streams.stderr.end();
    expect(streams.stderr.read()).toBeNull();
  });

  it('escapes in JSON what a terminal might act on, and changes nothing else', () => {
    const stream = new PassThrough();
    const value = { text: 'é \u009b2J \u202egnp.exe \u{e0041} \u2028 \u001b[31m' };
    writeJson(stream, value);
    const printed = String(stream.read());
    expect(printed).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\p{Cf}]*$/u);
    expect(JSON.parse(printed)).toEqual(value);
  });
});

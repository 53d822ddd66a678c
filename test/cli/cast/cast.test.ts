import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terminal } from '@xterm/headless';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CastFile, type CastOptions } from '../../../src/cli/cast/cast-file.ts';
import { filmedOutput } from '../../../src/cli/cast/filmed-output.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { startConsole } from '../../../src/ui/index.ts';
import { fakePorts } from '../../ui/fake-ports.ts';
import { pacedRun } from '../../ui/fake-runs.ts';
import { FakeTerminal } from '../../ui/fake-terminal.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cast-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type CastEvent = readonly [seconds: number, code: string, data: string];

function cast(options: Partial<CastOptions> = {}): { readonly film: CastFile; readonly header: () => unknown; readonly events: () => readonly CastEvent[] } {
  const path = options.path ?? join(folder, 'a.cast');
  const film = new CastFile({ path, size: { columns: 80, rows: 24 }, term: 'xterm', title: 'netdiag-tui', ...options });
  const lines = (): readonly unknown[] => readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
  return { film, header: () => lines()[0], events: () => lines().slice(1) as readonly CastEvent[] };
}

/** The screen that a player shows at the end of a film. */
async function played(events: readonly CastEvent[], [columns, rows]: readonly [number, number]): Promise<{ readonly screen: string; readonly size: readonly [number, number] }> {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  for (const [, code, data] of events) {
    if (code === 'o') await new Promise<void>((resolve) => { terminal.write(data, resolve); });
    if (code === 'r') terminal.resize(...(data.split('x').map(Number) as [number, number]));
  }
  const { active } = terminal.buffer;
  const screen = Array.from({ length: terminal.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join('\n');
  return { screen, size: [terminal.cols, terminal.rows] };
}

describe('a film', () => {
  it('is asciicast v3: each event is on the disk at once, with the seconds since the one before', () => {
    let nowMs = 1000;
    const { film, header, events } = cast({ now: () => nowMs });
    expect(header()).toMatchObject({ version: 3, term: { cols: 80, rows: 24, type: 'xterm' }, timestamp: expect.closeTo(Date.now() / 1000, -2) as number });
    nowMs += 1500.4;
    film.output('first');
    expect(events()).toEqual([[1.5, 'o', 'first']]);
    nowMs += 250;
    film.resize({ columns: 100, rows: 30 });
    nowMs += 0.4;
    film.output('\u001b[31mé\r\n');
    film.close(1);
    film.output('after the end');
    expect(events().slice(1)).toEqual([[0.25, 'r', '100x30'], [0.001, 'o', '\u001b[31mé\r\n'], [0, 'x', '1']]);
  });

  it('is its owner’s alone, and written over nothing', () => {
    const { film } = cast();
    film.close(0);
    expect(statSync(join(folder, 'a.cast')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'mine'), 'mine');
    expect(() => cast({ path: join(folder, 'mine') })).toThrow(/EEXIST/u);
  });

  it('of a console shows what its terminal showed, over a change of size', async () => {
    const terminal = new FakeTerminal(80, 24);
    const { film, events } = cast();
    const stdout = filmedOutput(terminal.streams.stdout, film);
    const exitCode = startConsole({ messages: LANGUAGES.en, language: 'en', streams: { ...terminal.streams, stdout }, env: {}, ports: fakePorts({ run: pacedRun(0) }), preset: { target: { kind: 'local' }, dependency: 'slam.payments.example:8080' } });
    await terminal.shows('finished');
    terminal.resize(100, 30);
    await terminal.shows('4 Application');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = await played(events(), [80, 24]);
    expect(before).toEqual({ screen: terminal.screen, size: [100, 30] });
    terminal.type('y');
    await terminal.shows('Copied');
    terminal.type('q');
    film.close(await exitCode);
    expect(events().at(-1)).toMatchObject([expect.any(Number), 'x', '1']);
    // Whoever plays it keeps the own clipboard, and what was typed is on no track of its own.
    expect(terminal.written).toContain('\u001b]52;');
    expect(readFileSync(join(folder, 'a.cast'), 'utf8')).not.toContain(']52;');
    expect(new Set(events().map(([, code]) => code))).toEqual(new Set(['o', 'r', 'x']));
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportRecording } from '../../src/cli/recordings/export.ts';
import { RECORDED } from '../../src/cli/recordings/choice.ts';
import { recorded } from '../../src/cli/recordings/recorded-run.ts';
import type { CommandContext } from '../../src/cli/context.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { REPORT_FORMATS } from '../../src/report/format-names.ts';
import { fitToKeep } from '../../src/run-file/encode.ts';
import { parseRunFile } from '../../src/run-file/read.ts';
import { runEvent } from '../../src/run-file/schema/events.ts';
import { followRun } from '../../src/store/run-feed.ts';
import { PanelLog } from '../../src/store/panel-log.ts';
import { REFUSED_RUN } from '../report/refused-run.ts';
import { arbitraryOf } from '../run-file/arbitrary.ts';
import { RECORDINGS } from '../run-file/recordings.ts';
import { call, sessionOf } from './call.ts';
import { MARK, planted, SECRETS } from './planted-secrets.ts';

let state = '';
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => { rmSync(state, { recursive: true }); });

/** Runs of every kind that is kept, with secrets in all that came in. */
const RUNS: readonly (readonly [string, readonly RunEvent[]])[] = [
  ['made up', REFUSED_RUN],
  ...RECORDINGS.map(([name, path]): readonly [string, readonly RunEvent[]] => {
    const read = parseRunFile(readFileSync(path, 'utf8'));
    return [name, read.ok ? read.recording.events : []];
  }),
];

function withSecrets(events: readonly RunEvent[]): readonly RunEvent[] {
  // Output is many lines of one kind: some of them do.
  return events.filter((event, index) => event.kind !== 'output' || index % 7 === 0).map((event, index) => planted(event, index));
}

function whereIn(text: string): string | null {
  const at = MARK.exec(text)?.index;
  return at === undefined ? null : text.slice(Math.max(0, at - 80), at + 40);
}

describe('secrets that came in with a run', () => {
  it('are there to begin with, each with its mark', () => {
    expect(SECRETS.filter((secret) => !MARK.test(secret))).toEqual([]);
    expect(JSON.stringify(withSecrets(REFUSED_RUN)).match(/hunter2/gu)?.length).toBeGreaterThan(50);
  });

  it.each(RUNS)('leave with none of the formats, and are not in the recording: %s', async (_name, events) => {
    const session = withSecrets(events);
    for (const format of REPORT_FORMATS) {
      const { stdout, stderr } = await call(['run', '--local', '--to', 'https://api.example', '-o', format], { env: { XDG_STATE_HOME: state }, startSession: sessionOf(session).startSession });
      expect(stdout.length).toBeGreaterThan(300);
      expect([whereIn(stdout.replace(/&#(\d+);/gu, (_, code) => String.fromCodePoint(Number(code)))), whereIn(stderr)], format).toEqual([null, null]);
    }
    const folder = join(state, 'netdiag-tui', 'runs');
    for (const file of readdirSync(folder)) expect(whereIn(readFileSync(join(folder, file), 'utf8')), file).toBeNull();
  }, 60_000);

  it('are in no file that the console exports', async () => {
    await call(['run', '--local', '--to', 'https://api.example'], { env: { XDG_STATE_HOME: state }, startSession: sessionOf(withSecrets(REFUSED_RUN)).startSession });
    const folder = join(state, 'netdiag-tui', 'runs');
    const into = join(state, 'out');
    for await (const step of exportRecording(join(folder, readdirSync(folder)[0] ?? ''), { folder: into, isWithoutNames: false }, LANGUAGES.en)) expect(step.problem).toBeNull();
    for (const file of readdirSync(into)) expect(whereIn(readFileSync(join(into, file), 'utf8')), file).toBeNull();
  });

  it('are on no screen of the console, its raw output included', async () => {
    const panels = new PanelLog();
    const handle = { events: (async function* events() { yield* await Promise.resolve(withSecrets(RUNS[1]?.[1] ?? [])); })(), cancel: () => undefined, wish: () => undefined, compareWith: () => Promise.reject(new Error('nobody')) };
    const shown: unknown[] = [];
    await followRun(recorded(handle, RECORDED, { env: { XDG_STATE_HOME: state } } as unknown as CommandContext, () => undefined).events, panels, { show: (run) => shown.push(run) }, new AbortController().signal);
    const lines = (['application', 'transport', 'internet', 'network-access'] as const).flatMap((layer) => panels.slice(layer, 0, panels.lineCount(layer)));
    expect(lines.length).toBeGreaterThan(5);
    expect(whereIn(JSON.stringify([shown, lines]))).toBeNull();
  });

  it('are taken out of whatever an event may hold', () => {
    const event = arbitraryOf(runEvent) as fc.Arbitrary<RunEvent>;
    fc.assert(fc.property(event, fc.nat(SECRETS.length), (given, first) => { expect(whereIn(JSON.stringify(fitToKeep(planted(given, first))))).toBeNull(); }), { numRuns: 500 });
  });
});

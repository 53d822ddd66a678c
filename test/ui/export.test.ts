import { afterEach, describe, expect, it } from 'vitest';
import { EXPORTED_FILES } from '../../src/domain/exported.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { FILTERED_RUN } from '../store/run-events.ts';
import { fakePorts, type FakeCluster } from './fake-ports.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

const WRITTEN = Object.values(EXPORTED_FILES).map((file) => ({ file, problem: null }));

async function atVerdict(cluster: FakeCluster, columns = 100): Promise<{ readonly terminal: FakeTerminal; readonly calls: readonly string[] }> {
  const terminal = new FakeTerminal(columns, 30);
  open.push(terminal);
  const ports = fakePorts({ run: async function* run() { yield* await Promise.resolve(FILTERED_RUN); }, ...cluster });
  const preset = { target: { kind: 'local' }, dependency: 'https://slam.payments.example:8080/' } as const;
  void startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports, preset });
  await terminal.shows('tcp.filtered');
  return { terminal, calls: ports.calls };
}

function exports(calls: readonly string[]): readonly unknown[] {
  return calls.filter((call) => call.startsWith('exportRun ')).map((call): unknown => JSON.parse(call.slice('exportRun '.length)));
}

describe('exporting from the console', () => {
  it('e asks with or without names, and into which folder, and says where everything is', async () => {
    const { terminal, calls } = await atVerdict({ exported: WRITTEN }, 80);
    terminal.type('e');
    await terminal.shows('with names and addresses');
    terminal.type('n');
    await terminal.shows('netdiag-run');
    terminal.type('-1\r');
    await terminal.shows('Everything is in netdiag-run-1');
    expect(exports(calls)).toEqual([{ folder: 'netdiag-run-1', isWithoutNames: false, recording: null }]);
  });

  it('takes tokens for names when that was chosen', async () => {
    const { terminal, calls } = await atVerdict({ exported: WRITTEN });
    terminal.type('e');
    await terminal.shows('with tokens');
    terminal.type('t');
    await terminal.shows('Into which folder');
    terminal.type('\r');
    await expect.poll(() => exports(calls)).toMatchObject([{ isWithoutNames: true }]);
  });

  it('writes nothing after esc, in either question', async () => {
    const { terminal, calls } = await atVerdict({ exported: WRITTEN });
    terminal.type('e');
    await terminal.shows('with names and addresses');
    terminal.type('\u001b');
    await terminal.hides('with names and addresses');
    terminal.type('e');
    await terminal.shows('with names and addresses');
    terminal.type('n');
    await terminal.shows('Into which folder');
    terminal.type('\u001b');
    await terminal.hides('Into which folder');
    expect(exports(calls)).toEqual([]);
  });

  it('says which file could not be written, and why', async () => {
    const { terminal } = await atVerdict({ exported: WRITTEN.map((step) => (step.file === 'report.html' ? { ...step, problem: 'EEXIST: file already exists' } : step)) });
    terminal.type('e');
    await terminal.shows('with names and addresses');
    terminal.type('n');
    await terminal.shows('Into which folder');
    terminal.type('\r');
    await terminal.shows('1 file was not written');
    await terminal.shows('EEXIST');
  });

  it('says that the folder cannot be made', async () => {
    const { terminal } = await atVerdict({ exported: [{ file: '/proc/x', problem: 'EACCES: permission denied' }] });
    terminal.type('e');
    await terminal.shows('with names and addresses');
    terminal.type('n');
    await terminal.shows('Into which folder');
    terminal.type('\r');
    await terminal.shows('Nothing was exported: /proc/x: EACCES: permission denied');
  });

  it('has nothing to export of a run that is not recorded', async () => {
    const { terminal } = await atVerdict({});
    terminal.type('e');
    await terminal.shows('not recorded');
  });
});

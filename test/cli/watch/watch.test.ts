import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/domain/run-event.ts';
import type { CauseId } from '../../../src/domain/cause.ts';
import { done, failed } from '../../../src/cli/problem.ts';
import type { StartSession } from '../../../src/cli/run-request.ts';
import { changeTo } from '../../../src/cli/watch/change.ts';
import { CONCLUSION, started } from '../../report/refused-run.ts';
import { call, FakeSignals, type Called } from '../call.ts';

const WATCH = ['run', '-n', 'shop', 'deploy/orders', '--to', 'postgres://db.example', '--every', '10ms'];

let state = '';
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'watch-'));
});
afterEach(() => {
  rmSync(state, { recursive: true, force: true });
});

type Told = 'reachable' | 'inconclusive' | CauseId | 'no-run';

function runOf(told: Exclude<Told, 'no-run'>, run: number): readonly RunEvent[] {
  const isFault = told !== 'reachable' && told !== 'inconclusive';
  const verdict = { ...CONCLUSION.verdict, status: isFault ? 'fault' : told, cause: isFault ? told : null } as const;
  const start = { ...started(), runId: `run${String(run)}`, startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, run)).toISOString() } as RunEvent;
  return [start, { kind: 'concluded', atMs: 5, conclusion: { ...CONCLUSION, verdict } }, { kind: 'run-ended', atMs: 6, reason: 'completed' }];
}

/** Sessions that tell these one after the other, the last one for ever; `most` is how many ran at once. */
function sessions(told: readonly Told[]): { readonly startSession: StartSession; readonly most: () => number; readonly count: () => number } {
  let count = 0;
  let running = 0;
  let most = 0;
  async function* events(list: readonly RunEvent[]): AsyncGenerator<RunEvent> {
    running += 1;
    most = Math.max(most, running);
    // Longer than --every: the next one has to wait.
    await new Promise((resolve) => setTimeout(resolve, 25));
    yield* list;
    running -= 1;
  }
  return {
    count: () => count,
    most: () => most,
    startSession: () => {
      const one = told[Math.min(count, told.length - 1)] ?? 'reachable';
      count += 1;
      return Promise.resolve(one === 'no-run' ? failed('no-pods', 'deploy/orders') : done(events(runOf(one, count))));
    },
  };
}

function netdiag(argv: readonly string[], startSession: StartSession, signals = new FakeSignals()): Promise<Called> {
  return call(argv, { env: { XDG_STATE_HOME: state, NETDIAG_SHARED_DIR: join(state, 'shared') }, startSession, signals });
}
const lines = (called: Called): readonly string[] => called.stdout.trimEnd().split('\n');
const recordings = (): readonly string[] => readdirSync(join(state, 'netdiag-tui', 'runs'));

describe('run --every --until-change', () => {
  it('ends with 1 at the run that finds it broken, says so, and keeps the recordings of the first run and of that one', async () => {
    const { startSession, most, count } = sessions(['reachable', 'reachable', 'inconclusive', 'tcp.refused']);
    const called = await netdiag([...WATCH, '--until-change'], startSession);
    expect(called.exitCode).toBe(1);
    expect(lines(called)).toHaveLength(5);
    expect(lines(called)[2]).toContain('Inconclusive');
    expect(lines(called)[3]).toMatch(/Fault found .*\[tcp\.refused\]/u);
    expect(lines(called)[4]).toMatch(/IT BROKE.*-run4\.jsonl$/u);
    expect({ most: most(), count: count() }).toEqual({ most: 1, count: 4 });
    expect(recordings()).toEqual(['20260101T000001Z-run1.jsonl', '20260101T000004Z-run4.jsonl']);
  });

  it('ends with 0 at the run that finds it healed; another cause is no change', async () => {
    const { startSession } = sessions(['tcp.refused', 'tcp.filtered', 'no-run', 'inconclusive', 'reachable']);
    const called = await netdiag([...WATCH, '--until-change', '-o', 'json'], startSession);
    expect(called.exitCode).toBe(0);
    const told = lines(called).map((line) => JSON.parse(line) as { change: string; status: string | null; error?: { code: string } });
    expect(told.map(({ change }) => change)).toEqual(['first', 'none', 'none', 'none', 'healed']);
    expect(told.map(({ status }) => status)).toEqual(['fault', 'fault', null, 'inconclusive', 'reachable']);
    expect(told[2]?.error?.code).toBe('no-pods');
  });

  it('ends at once with a signal, between two runs, too, and leaves nothing that listens', async () => {
    const signals = new FakeSignals();
    const { startSession } = sessions(['reachable']);
    const watching = netdiag(['run', '--local', '--to', 'https://api.example', '--every', '1h'], startSession, signals);
    await new Promise((resolve) => setTimeout(resolve, 300));
    signals.send('SIGINT');
    expect(await watching).toMatchObject({ exitCode: 130, stderr: '' });
    expect(signals.listeners).toBe(0);
  });

  it('is a problem when the first run cannot start, and with what does not go with it', async () => {
    expect(await netdiag(WATCH, sessions(['no-run']).startSession)).toMatchObject({ exitCode: 3, stdout: '' });
    for (const more of [['--all'], ['-o', 'html'], ['--record', join(state, 'x.jsonl')], ['--write'], ['--privacy']]) {
      expect(await netdiag([...WATCH, ...more], sessions(['reachable']).startSession)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--every') as string });
    }
    expect(await netdiag([...WATCH.slice(0, -2), '--until-change'], sessions(['reachable']).startSession)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--every 30s') as string });
  });
});

describe('a change', () => {
  it('is between reachable and fault alone', () => {
    expect(changeTo(null, 'fault')).toBe('first');
    expect(changeTo('reachable', 'fault')).toBe('broke');
    expect(changeTo('fault', 'reachable')).toBe('healed');
    for (const known of [null, 'reachable', 'fault'] as const) for (const seen of [null, 'inconclusive', known] as const) expect(changeTo(known, seen)).toBe('none');
  });
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HAS_SCRIPTS, NEEDS_SCRIPTS, breakNetwork } from './cluster.ts';
import { startProduct } from './product.ts';

/** A connection that is watched while it breaks and heals. */

const WATCH = ['run', '-n', 'shop', 'deploy/orders', '--to', 'tcp://cache.payments.example:6379', '--every', '1s', '--until-change', '-o', 'json'];
const RULE = { host: 'router', match: '-d 198.51.100.12 -p tcp --dport 6379 -j REJECT --reject-with tcp-reset' } as const;
const WAIT = { timeout: 60_000, interval: 200 };

interface Line {
  readonly status: string;
  readonly change: string;
  readonly recording: string | null;
}

async function stateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netdiag-watch-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The first run is over when the second one has begun. */
async function hasRunOnce(state: string): Promise<void> {
  await expect.poll(() => readdir(join(state, 'netdiag-tui', 'runs')).catch(() => []), WAIT).toHaveLength(2);
}

describe.skipIf(!HAS_SCRIPTS)(`a connection that is watched${NEEDS_SCRIPTS}`, () => {
  test('is told to break, and to heal, with the exit code of the new state', async () => {
    const state = await stateFolder();
    const breaking = startProduct(WATCH, { env: { XDG_STATE_HOME: state } });
    await hasRunOnce(state);
    const mend = await breakNetwork([RULE]);
    const broke = await breaking.ended;
    expect(broke.exitCode, broke.stderr).toBe(1);
    const lines = broke.stdout.trim().split('\n').map((line) => JSON.parse(line) as Line);
    expect(lines[0]).toMatchObject({ status: 'reachable', change: 'first' });
    expect(lines.at(-1)).toMatchObject({ status: 'fault', change: 'broke', recording: expect.stringContaining(state) as string });
    expect(await readdir(join(state, 'netdiag-tui', 'runs'))).toHaveLength(2);

    const other = await stateFolder();
    const healing = startProduct(WATCH, { env: { XDG_STATE_HOME: other } });
    await hasRunOnce(other);
    await mend();
    const healed = await healing.ended;
    expect(healed.exitCode, healed.stderr).toBe(0);
    expect(healed.stdout.trim().split('\n').map((line) => JSON.parse(line) as Line).at(-1)).toMatchObject({ status: 'reachable', change: 'healed' });
  }, 180_000);

  test('ends with ctrl-c at once', async () => {
    const state = await stateFolder();
    const watching = startProduct(WATCH, { env: { XDG_STATE_HOME: state } });
    await hasRunOnce(state);
    watching.kill('SIGINT');
    expect((await watching.ended).exitCode).toBe(130);
    expect(await readdir(join(state, 'netdiag-tui', 'runs'))).toHaveLength(1);
  });
});

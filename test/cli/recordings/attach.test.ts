import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/domain/run-event.ts';
import { recorded } from '../../../src/cli/recordings/recorded-run.ts';
import type { RecordChoice } from '../../../src/cli/recordings/choice.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import type { RunHandle } from '../../../src/domain/console-ports.ts';
import { noteBy } from '../../../src/cli/recordings/company.ts';
import { leaveNote } from '../../../src/run-file/notes.ts';
import { REFUSED_RUN } from '../../report/refused-run.ts';
import { call, FakeSignals, type Called } from '../call.ts';

const { username } = userInfo();
let state = '';
const drives: Drive[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'attach-'));
});
afterEach(async () => {
  // What is still to be recorded would make the folder again.
  await Promise.all(drives.splice(0).map((drive) => {
    drive.end();
    return drive.ended;
  }));
  rmSync(state, { recursive: true, force: true });
});
const env = (): Readonly<Record<string, string>> => ({ XDG_STATE_HOME: state, NETDIAG_SHARED_DIR: join(state, 'shared') });

/** A run that somebody drives: its events come when the test says so. */
class Drive {
  readonly handle: RunHandle;
  readonly seen: RunEvent[] = [];
  readonly ended: Promise<void>;
  #waiting: RunEvent[] = [];
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(shared: boolean) {
    const choice: RecordChoice = { to: { kind: 'state-folder' }, shared };
    const run = { events: this.#events(), cancel: () => undefined, wish: () => undefined, compareWith: () => Promise.reject(new Error('not in this test')) };
    const handle = recorded(run, choice, { env: env(), messages: LANGUAGES.en } as never, () => undefined);
    this.handle = handle;
    this.ended = (async () => {
      for await (const event of handle.events) this.seen.push(event);
    })();
    drives.push(this);
  }

  tell(...events: readonly RunEvent[]): void {
    this.#waiting.push(...events);
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  async *#events(): AsyncGenerator<RunEvent> {
    while (!this.#isOver || this.#waiting.length > 0) {
      yield* this.#waiting.splice(0);
      if (!this.#isOver && this.#waiting.length === 0) await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }
}

function attach(argv: readonly string[] = [], signals = new FakeSignals()): Promise<Called> {
  return call(['attach', ...argv], { env: env(), signals });
}

/** Once it follows. */
async function attachedTo(argv: readonly string[] = []): Promise<{ readonly called: Promise<Called>; readonly signals: FakeSignals }> {
  const signals = new FakeSignals();
  const called = attach(argv, signals);
  await expect.poll(() => signals.listeners, { timeout: 10_000 }).toBeGreaterThan(0);
  return { called, signals };
}

function recordingIn(folder: string): string {
  return join(folder, readdirSync(folder).find((name) => !name.includes('.notes.')) ?? '');
}

describe('attach', () => {
  it('prints a run of another terminal as it goes on, with what came before, and ends with it and by its verdict', async () => {
    const drive = new Drive(false);
    drive.tell(...REFUSED_RUN.slice(0, 5));
    await expect.poll(() => drive.seen).toHaveLength(5);
    const attached = await attachedTo();
    drive.tell(...REFUSED_RUN.slice(5));
    await expect.poll(() => drive.seen).toHaveLength(REFUSED_RUN.length);
    drive.end();
    const { stdout, stderr, exitCode } = await attached.called;
    const live = await call(['replay', '--to-end'], { env: env() });
    expect(stdout).toBe(live.stdout);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`of ${username}`);
    expect(stderr).toContain(`${username} has left this run`);
  });

  it('lists what can be followed, shared runs among them, and what is over no more', async () => {
    const own = new Drive(false);
    const shared = new Drive(true);
    own.tell(...REFUSED_RUN.slice(0, 3));
    shared.tell({ ...REFUSED_RUN[0], runId: 'shared01', startedAt: '2027-01-01T00:00:00Z' } as RunEvent);
    await expect.poll(() => own.seen.length + shared.seen.length).toBe(4);
    const { stdout } = await attach(['--list', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ runs: [{ name: 'shared01', driver: username, path: expect.stringContaining(join(state, 'shared')) as string }, { name: 'r1' }] });
    shared.end();
    own.end();
    await Promise.all([shared.ended, own.ended]);
    await expect.poll(async () => (await attach(['--list'])).exitCode).toBe(3);
    expect((await attach(['shared01'])).stderr).toContain('netdiag-tui replay');
    // What was shared is one's own recording like any other.
    expect((await call(['runs'], { env: env() })).stdout).toContain('shared01');
  });

  it('follows a file that is named, through a link of one’s own', async () => {
    const drive = new Drive(false);
    drive.tell(...REFUSED_RUN);
    await expect.poll(() => drive.seen).toHaveLength(REFUSED_RUN.length);
    const link = join(state, 'link.jsonl');
    symlinkSync(recordingIn(join(state, 'netdiag-tui', 'runs')), link);
    const attached = await attachedTo([link, '-o', 'json']);
    drive.end();
    expect(JSON.parse((await attached.called).stdout)).toMatchObject({ verdict: { cause: 'tcp.refused' } });
  });

  it('ends with a signal', async () => {
    const drive = new Drive(false);
    drive.tell(...REFUSED_RUN.slice(0, 3));
    await expect.poll(() => drive.seen).toHaveLength(3);
    const { called, signals } = await attachedTo();
    signals.send('SIGINT');
    expect((await called).exitCode).toBe(130);
  });

  it('says what to do when there is nothing to follow', async () => {
    expect(await attach()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--share') as string });
    expect(await attach(['/etc/passwd'])).toMatchObject({ exitCode: 3, stdout: '' });
    mkdirSync(join(state, 'folder'));
    expect(await attach([join(state, 'folder')])).toMatchObject({ exitCode: 3 });
  });
});

describe('notes', () => {
  it('of the driver and of those who follow enter the record, are seen by all, and stand in every report', async () => {
    const drive = new Drive(true);
    drive.tell(...REFUSED_RUN.slice(0, 5));
    await expect.poll(() => drive.seen).toHaveLength(5);
    const attached = await attachedTo();
    const path = recordingIn(join(state, 'shared'));
    drive.handle.note('I restart the proxy');
    leaveNote(path, noteBy('bo', 'wait for me', 7));
    await expect.poll(() => drive.seen.filter(({ kind }) => kind === 'note-left')).toMatchObject([{ by: username, text: 'I restart the proxy' }, { by: `bo (${username})`, text: 'wait for me' }]);
    drive.handle.look({ panel: 'transport', zoomed: true });
    drive.tell(...REFUSED_RUN.slice(5));
    drive.end();
    const { stdout } = await attached.called;
    expect(stdout).toContain('wait for me');
    expect(stdout).toContain('I restart the proxy');
    // Somebody has an idea when everybody is gone.
    leaveNote(path, noteBy('bo', 'it was the firewall', 9));
    for (const format of ['text', 'markdown', 'html', 'json']) {
      const report = (await call(['report', path, '-o', format], { env: env() })).stdout;
      // HTML has them in the timeline, too.
      for (const text of ['wait for me', 'I restart the proxy', 'it was the firewall']) expect(report.split(text), `${format}: ${text}`).toHaveLength(format === 'html' ? 3 : 2);
    }
    expect(readFileSync(path, 'utf8')).toContain('"kind":"driver-moved"');
    const again = await call(['replay', path, '--redecide'], { env: env() });
    expect(again.stderr).toBe('');
  });

  it('do not change how long a run took', async () => {
    const drive = new Drive(false);
    drive.tell(...REFUSED_RUN);
    await expect.poll(() => drive.seen).toHaveLength(REFUSED_RUN.length);
    drive.handle.note('much later');
    drive.end();
    await drive.ended;
    const { durationMs } = JSON.parse((await call(['report', '-o', 'json'], { env: env() })).stdout) as { durationMs: number };
    expect(durationMs).toBe(REFUSED_RUN.at(-1)?.atMs);
  });
});

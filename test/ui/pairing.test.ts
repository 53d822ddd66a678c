import { afterEach, describe, expect, it } from 'vitest';
import type { LiveRow, LiveRun, LiveState } from '../../src/domain/pairing.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole, type ConsolePreset } from '../../src/ui/index.ts';
import { FILTERED_RUN, POD_TARGET } from '../store/run-events.ts';
import { fakePorts, type FakeCluster } from './fake-ports.ts';
import { pacedRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

function start(cluster: FakeCluster, preset: ConsolePreset): { readonly terminal: FakeTerminal; readonly exitCode: Promise<number>; readonly calls: readonly string[] } {
  const terminal = new FakeTerminal(80, 24);
  open.push(terminal);
  const ports = fakePorts(cluster);
  const exitCode = startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports, preset });
  return { terminal, exitCode, calls: ports.calls };
}

/** Somebody else's run: what comes of it is what the test tells. */
class FakeLive implements LiveRun {
  readonly events: AsyncIterable<RunEvent>;
  readonly notes: string[] = [];
  state: LiveState = { driver: 'ana', heard: 'live' };
  refuses: string | null = null;
  #waiting: RunEvent[] = [];
  #wake: () => void = () => undefined;
  #changed: () => void = () => undefined;
  #isOver = false;

  constructor() {
    this.events = this.#events();
  }

  tell(...events: readonly RunEvent[]): void {
    this.#waiting.push(...events);
    this.#wake();
  }

  hear(heard: LiveState['heard']): void {
    this.state = { ...this.state, heard };
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  cancel(): void {
    this.#isOver = true;
    this.#wake();
  }

  note(text: string): string | null {
    if (this.refuses === null) this.notes.push(text);
    return this.refuses;
  }

  async *#events(): AsyncGenerator<RunEvent> {
    while (!this.#isOver) {
      yield* this.#waiting.splice(0);
      if (this.#waiting.length === 0) await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
  }
}

interface Attached {
  readonly live: FakeLive;
  /** What the same driver drives later; `begin` lets it be found. */
  readonly next: FakeLive;
  readonly begin: () => void;
  readonly terminal: FakeTerminal;
  readonly exitCode: Promise<number>;
  readonly calls: readonly string[];
}

function attached(mirrorsDriver = false): Attached {
  const live = new FakeLive();
  const next = new FakeLive();
  const rows: LiveRow[] = [];
  const opened = { path: '/shared/run.jsonl', name: 'run', target: POD_TARGET, dependencyText: 'https://slam.payments.example:8080/', gaps: [] };
  const cluster: FakeCluster = { live: { rows, open: () => ({ ok: true, value: opened }), follow: (path) => (path === opened.path ? live : next) } };
  return { live, next, begin: () => { rows.push({ path: '/shared/next.jsonl', name: 'next', driver: 'ana' }); }, ...start(cluster, { live: opened.path, mirrorsDriver }) };
}

const note = (by: string, text: string): RunEvent => ({ kind: 'note-left', atMs: 5, by, writtenAt: '2026-01-02T03:04:05Z', text });
const looks = (panel: 'transport' | 'internet' | 'path', zoomed = false): RunEvent => ({ kind: 'driver-moved', atMs: 5, panel, zoomed });
const focused = (terminal: FakeTerminal): string => terminal.rows.find((row) => row.startsWith('▶')) ?? '';

describe('one who follows a run', () => {
  it('sees it as the driver does, who drives, where the driver looks and what is written', async () => {
    const { live, terminal, exitCode, calls } = attached();
    live.tell(...FILTERED_RUN.slice(0, 6), looks('transport'));
    await terminal.shows('running ◆ ana');
    await terminal.shows('◆ ana');
    await expect.poll(() => terminal.rows.find((row) => row.includes('3 Transport'))).toContain('◆ ana');
    live.tell(note('ana', 'look at the SYN'));
    await terminal.shows('ana: look at the SYN');
    live.tell(...FILTERED_RUN.slice(6));
    await terminal.shows('finished ◆ ana');
    terminal.type('q');
    expect(await exitCode).toBe(1);
    expect(calls).not.toContain('loadClusters');
  });

  it('scrolls and looks where it wants, and is never asked to end what it does not drive', async () => {
    const { live, terminal, exitCode } = attached();
    live.tell(...FILTERED_RUN.slice(0, 6), looks('transport'));
    await terminal.shows('◆ ana');
    terminal.type('2');
    await expect.poll(() => focused(terminal)).toContain('2 Internet');
    live.tell(looks('path'));
    await expect.poll(() => terminal.rows.find((row) => row.includes('Decision tree'))).toContain('◆ ana');
    expect(focused(terminal)).toContain('2 Internet');
    for (const key of ['a', '+', 'd']) terminal.type(key);
    terminal.type('q');
    expect(await exitCode).toBe(0);
  });

  it('looks where the driver looks from m on, until it goes elsewhere', async () => {
    const { live, terminal } = attached();
    live.tell(...FILTERED_RUN.slice(0, 6), looks('transport'));
    await terminal.shows('◆ ana');
    terminal.type('1m');
    await expect.poll(() => focused(terminal)).toContain('3 Transport');
    live.tell(looks('internet', true));
    await terminal.hides('3 Transport');
    expect(focused(terminal)).toContain('2 Internet');
    await terminal.shows('(mirrored)');
    terminal.type('4');
    await terminal.hides('(mirrored)');
    live.tell(looks('path'), note('ana', 'here'));
    await terminal.shows('ana: here');
    expect(focused(terminal)).toContain('4 Application');
  });

  it('looks where the driver looks from the start when it said so', async () => {
    const { live, terminal } = attached(true);
    live.tell(...FILTERED_RUN.slice(0, 6), looks('internet'));
    await expect.poll(() => focused(terminal)).toContain('2 Internet');
  });

  it('is told when the driver begins another run, and follows that with r', async () => {
    const { live, next, begin, terminal } = attached();
    live.tell(...FILTERED_RUN);
    await terminal.shows('finished');
    begin();
    live.hear('closed');
    await terminal.shows('ana drives another run: r follows it.');
    next.tell(...FILTERED_RUN.slice(0, 3), note('ana', 'once more'));
    terminal.type('r');
    await terminal.shows('running ◆ ana');
    await terminal.shows('ana: once more');
  });

  it('goes along with the driver to the next run while it looks where the driver looks', async () => {
    const { live, next, begin, terminal } = attached(true);
    live.tell(...FILTERED_RUN, looks('transport'));
    await terminal.shows('(mirrored)');
    next.tell(...FILTERED_RUN.slice(0, 3), looks('internet'));
    begin();
    live.hear('closed');
    await terminal.shows('running ◆ ana (mirrored)');
    await expect.poll(() => focused(terminal)).toContain('2 Internet');
  });

  it('leaves notes, and hears why one could not be left', async () => {
    const { live, terminal } = attached();
    live.tell(...FILTERED_RUN);
    await terminal.shows('finished');
    terminal.type('n');
    await terminal.shows('Note for all who watch this run');
    terminal.type('it is the firewall\r');
    await terminal.shows('The note is left.');
    expect(live.notes).toEqual(['it is the firewall']);
    live.refuses = 'EACCES: permission denied';
    terminal.type('n');
    await terminal.shows('Note for all');
    terminal.type('again\r');
    await terminal.shows('EACCES');
  });

  it('is told when the driver is silent, gone, back, and has left', async () => {
    const { live, terminal } = attached();
    live.tell(...FILTERED_RUN.slice(0, 6));
    await terminal.shows('running ◆ ana');
    for (const [heard, text] of [['silent', 'no sign of ana'], ['gone', 'ana is gone'], ['live', 'running ◆ ana'], ['closed', 'ana has left this run']] as const) {
      live.hear(heard);
      await terminal.shows(text);
    }
  });
});

/** A run that waits after its verdict for what it may be asked then. */
const WAITING: FakeCluster = {
  run: async function* run(request, signal) {
    yield* pacedRun(0)(request, signal);
    await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
  },
};

describe('one who drives', () => {
  const preset: ConsolePreset = { target: { kind: 'local' }, dependency: 'slam.payments.example:8080' };

  it('leaves notes with n, and while something is searched for goes to the next match', async () => {
    const { terminal, calls } = start(WAITING, preset);
    await terminal.shows('finished');
    terminal.type('n');
    await terminal.shows('Note for all who watch this run');
    terminal.type('I drain the node\r');
    await expect.poll(() => calls).toContain('note I drain the node');
    terminal.type('/');
    await terminal.shows('Search');
    terminal.type('slam\rn');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(terminal.screen).not.toContain('Note for all');
  });

  it('tells where it looks, and not each step of the tree', async () => {
    const { terminal, calls } = start(WAITING, preset);
    await terminal.shows('finished');
    await expect.poll(() => calls.filter((call) => call.startsWith('look'))).toEqual(['look verdict']);
    terminal.type('3z');
    await expect.poll(() => calls.filter((call) => call.startsWith('look'))).toEqual(['look verdict', 'look transport zoomed']);
  });

  it('says that there is nothing a note could enter any more', async () => {
    const { terminal } = start({ run: pacedRun(0) }, preset);
    await terminal.shows('finished');
    terminal.type('n');
    await terminal.shows('Notes are for runs that go on.');
  });
});

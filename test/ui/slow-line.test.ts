import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import type { ConsolePreset } from '../../src/ui/index.ts';
import { fakePorts, pod, type FakeCluster } from './fake-ports.ts';
import { streamingRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';

/** What a slow line has to carry. Bytes are counted, not time: they are the same on every machine. */

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

function start(cluster: FakeCluster, preset: ConsolePreset): FakeTerminal {
  const terminal = new FakeTerminal(80, 24);
  open.push(terminal);
  void startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports: fakePorts(cluster), preset });
  return terminal;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const SYNCHRONIZED_UPDATE = '\u001b[?2026h';

describe('over a slow line', () => {
  it('a cursor that moves takes at most 300 bytes', async () => {
    const terminal = start({ pods: Array.from({ length: 40 }, (_, index) => pod(`checkout-7d9f6c5b8-${index.toString().padStart(5, '0')}`)) }, { namespace: 'shop' });
    await terminal.shows('checkout-7d9f6c5b8-00009');
    await terminal.hides('Loading');
    await pause(300);
    const before = terminal.written.length;
    for (let key = 1; key <= 10; key += 1) {
      terminal.type('j');
      await terminal.shows(`❯ checkout-7d9f6c5b8-${key.toString().padStart(5, '0')}`);
    }
    expect((terminal.written.length - before) / 10).toBeLessThanOrEqual(300);
  });

  it('a frame of output that streams, ten lines a second, takes at most 1 kB on average', async () => {
    const terminal = start({ run: (_request, signal) => streamingRun(100, signal) }, { target: { kind: 'local' }, dependency: 'https://slam.payments.example:8080/' });
    await terminal.shows('* line');
    await pause(200);
    const before = terminal.written.length;
    await pause(1_500);
    const written = terminal.written.slice(before);
    const frames = written.split(SYNCHRONIZED_UPDATE).length - 1;
    expect(frames).toBeGreaterThan(3);
    expect(written.length / frames).toBeLessThanOrEqual(1_024);
  });

  it('nothing is written while nothing happens', async () => {
    const terminal = start({}, { namespace: 'shop' });
    await terminal.shows('checkout');
    await pause(300);
    const before = terminal.written.length;
    await pause(1_500);
    expect(terminal.written.length - before).toBe(0);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { clipboardSequence } from '../../src/ui/copy/osc52.ts';
import { fakePorts } from './fake-ports.ts';
import { pacedRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

async function finishedRun(size: readonly [number, number] = [100, 30]): Promise<FakeTerminal> {
  const terminal = new FakeTerminal(...size);
  open.push(terminal);
  const preset = { target: { kind: 'local' }, dependency: 'https://slam.payments.example:8080/' } as const;
  void startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports: fakePorts({ run: pacedRun(0) }), preset });
  await terminal.shows('tcp.filtered');
  return terminal;
}

function copied(terminal: FakeTerminal): string {
  const [, encoded = ''] = /\u001b\]52;c;([A-Za-z0-9+/=]*)\u0007/u.exec(terminal.written) ?? [];
  return Buffer.from(encoded, 'base64').toString();
}

describe('on the screen of a run', () => {
  it('y copies the verdict with the picture of the path', async () => {
    const terminal = await finishedRun();
    terminal.type('y');
    await terminal.shows('Copied');
    expect(copied(terminal)).toContain('tcp.filtered');
    expect(copied(terminal)).toContain('<-- breaks here (tcp.filtered)');
  });

  it('y copies the panel that has the focus', async () => {
    const terminal = await finishedRun();
    terminal.type('2y');
    await terminal.shows('Copied');
    expect(copied(terminal)).toContain('$ getent ahosts slam.payments.example');
    expect(copied(terminal)).not.toContain('breaks here');
  });

  it('Y shows the same as plain text, to be selected', async () => {
    const terminal = await finishedRun();
    terminal.type('Y');
    await terminal.shows('to select with the mouse');
    expect(terminal.screen).toContain('<-- breaks here');
  });

  it('p shows the picture of the path', async () => {
    const terminal = await finishedRun([80, 24]);
    terminal.type('p');
    await terminal.shows('<-- breaks here (tcp.filtered)');
  });

  it('o shows what was read instead of the output', async () => {
    const terminal = await finishedRun();
    terminal.type('2oz');
    await terminal.shows('as read');
    expect(terminal.screen).toContain('answered 198.51.100.10');
  });

  it('/ finds a line of the panel and n the next one, and says when there is none', async () => {
    const terminal = await finishedRun([100, 24]);
    terminal.type('2/10.244.1.0\r');
    await terminal.shows('Search: 10.244.1.0');
    await terminal.shows('10.244.1.0/24 dev eth0');
    terminal.type('/nowhere\r');
    await terminal.shows('"nowhere" is not in here.');
  });

  it('d leads back to the field with the destination in it', async () => {
    const terminal = await finishedRun();
    terminal.type('d');
    await terminal.shows('Destination: https://slam.payments.example:8080/');
  });

  it('the zoomed tree tells what each answer stands on', async () => {
    const terminal = await finishedRun();
    terminal.type('tz');
    await terminal.shows('because of');
  });
});

describe('the clipboard sequence', () => {
  it('is wrapped in pieces for screen, and refused when it is too long', () => {
    const text = 'x'.repeat(2_000);
    const wrapped = clipboardSequence(text, { STY: '1', TERM: 'screen' }) ?? '';
    expect(wrapped.split('\u001b\\').length).toBeGreaterThan(3);
    expect(clipboardSequence(text, { TMUX: 'x', TERM: 'screen-256color' })).toMatch(/^\u001b\]52;c;/u);
    expect(clipboardSequence('x'.repeat(100_000), {})).toBeNull();
  });
});

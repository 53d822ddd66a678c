import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { fakePorts, pod, type FakeCluster } from './fake-ports.ts';
import { pacedRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

function listen(cluster: FakeCluster = {}, language: Language = 'en'): FakeTerminal {
  const terminal = new FakeTerminal(80, 24);
  open.push(terminal);
  void startConsole({ messages: LANGUAGES[language], language, streams: terminal.streams, env: {}, ports: fakePorts(cluster), preset: null, screenReader: true });
  return terminal;
}

async function says(terminal: FakeTerminal, text: string): Promise<void> {
  await expect.poll(() => terminal.written, { timeout: 15_000 }).toContain(text);
}

describe('the console for a screen reader', () => {
  it('is lines alone: nothing moves the cursor, changes the screen or colours', async () => {
    const terminal = listen({ run: pacedRun(0) });
    await says(terminal, 'shop');
    terminal.type('?');
    await says(terminal, 'quit at once');
    const rest = terminal.written.replaceAll(/\u001b\[\?2004[hl]/gu, '');
    expect(rest).not.toContain('\u001b');
  });

  it('says the item under the cursor, its columns by name, and its place', async () => {
    const terminal = listen({ pods: [pod('web-1'), pod('web-2', { status: 'CrashLoopBackOff', restarts: '7' })] });
    await says(terminal, 'shop');
    terminal.type('\r');
    await says(terminal, 'web-1, READY 1/1');
    terminal.type('j');
    await says(terminal, 'web-2, READY 1/1, STATUS CrashLoopBackOff, RESTARTS 7');
    await says(terminal, '2 of 2');
  });

  it('says every answer of the tree once, and the verdict when it stands', async () => {
    const terminal = listen({ run: pacedRun(0) });
    await says(terminal, 'shop');
    terminal.type(':local\r');
    await says(terminal, LANGUAGES.en.ui.input.label);
    terminal.type('slam.payments.example:8080\r');
    await says(terminal, 'tcp.filtered');
    expect(terminal.written.split('Can the port be touched? "Timed out"').length - 1).toBe(1);
  });

  it('says a question with its choices, and which of them is chosen', async () => {
    const terminal = listen({ run: pacedRun(0) });
    await says(terminal, 'shop');
    terminal.type(':local\r');
    await says(terminal, LANGUAGES.en.ui.input.label);
    terminal.type('slam.payments.example:8080\r');
    await says(terminal, 'tcp.filtered');
    terminal.type('r');
    await says(terminal, 'Chosen: the whole run, from the start. 1 of');
  });

  it('speaks Spanish', async () => {
    const terminal = listen({}, 'es');
    await says(terminal, 'lector de pantalla');
    await says(terminal, ' de ');
  });
});

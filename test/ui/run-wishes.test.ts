import { afterEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { FILTERED_RUN } from '../store/run-events.ts';
import { fakePorts, pod, type FakeCluster } from './fake-ports.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

/** A run that reached its verdict and waits to be asked for more, as the engine does; `more` comes after that. */
function waitingRun(more: Promise<readonly RunEvent[]> = new Promise(() => undefined)): NonNullable<FakeCluster['run']> {
  return async function* waiting(_request, signal) {
    yield* FILTERED_RUN;
    yield* await Promise.race([more, new Promise<readonly RunEvent[]>((resolve) => { signal.addEventListener('abort', () => { resolve([]); }); })]);
  };
}

async function atVerdict(cluster: FakeCluster = {}): Promise<{ readonly terminal: FakeTerminal; readonly calls: readonly string[] }> {
  const terminal = new FakeTerminal(100, 30);
  open.push(terminal);
  const ports = fakePorts({ run: waitingRun(), ...cluster });
  const preset = { target: { kind: 'local' }, dependency: 'https://slam.payments.example:8080/' } as const;
  void startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports, preset });
  await terminal.shows('tcp.filtered');
  return { terminal, calls: ports.calls };
}

function wishesIn(calls: readonly string[]): readonly unknown[] {
  return calls.filter((call) => call.startsWith('wish ')).map((call): unknown => JSON.parse(call.slice('wish '.length)));
}

describe('asking a run for more', () => {
  it('r asks the questions of one node again', async () => {
    const { terminal, calls } = await atVerdict();
    terminal.type('r');
    await terminal.shows('the whole run, from the start');
    terminal.type('port be touched\r');
    await terminal.shows('Only this');
    terminal.type('o');
    await expect.poll(() => wishesIn(calls)).toEqual([{ kind: 'ask-again', questions: [expect.objectContaining({ vantage: 'target', question: expect.objectContaining({ kind: 'connect' }) as unknown })] }]);
  });

  it('r goes back to a node: all from there on is asked again', async () => {
    const { terminal, calls } = await atVerdict();
    terminal.type('r');
    await terminal.shows('the whole run, from the start');
    terminal.type('port be touched\r');
    await terminal.shows('From here on');
    terminal.type('f');
    await expect.poll(() => JSON.stringify(wishesIn(calls))).toContain('"kind":"connect"');
  });

  it('esc asks nothing', async () => {
    const { terminal, calls } = await atVerdict();
    terminal.type('r');
    await terminal.shows('the whole run, from the start');
    terminal.type('\u001b');
    await terminal.hides('the whole run, from the start');
    expect(wishesIn(calls)).toEqual([]);
  });

  it('a asks a node out of order, and what came of it is told apart from the way', async () => {
    const besides = [{ node: 'ip.ping', layer: 'internet' as const, answer: null, observations: [] }];
    const moved: RunEvent = { kind: 'tree-moved', atMs: 3_200, path: [], layers: [], waitingFor: [], besides };
    const { promise: more, resolve } = Promise.withResolvers<readonly RunEvent[]>();
    const { terminal, calls } = await atVerdict({ run: waitingRun(more) });
    terminal.type('a');
    await terminal.shows('whatever the tree asks');
    terminal.type('echo\r');
    await expect.poll(() => wishesIn(calls)).toEqual([{ kind: 'ask-node', node: expect.any(String) as string }]);
    resolve([{ kind: 'wished', atMs: 3_200, wish: { kind: 'ask-node', node: 'ip.ping' }, forgotten: [] }, moved]);
    await terminal.shows('Asked besides');
    await terminal.shows('running');
  });

  it('+ asks another place the same, and says why when it cannot', async () => {
    const { terminal, calls } = await atVerdict();
    terminal.type('+');
    await terminal.shows('Which place should be asked the same?');
    terminal.type("node='ssh node-3'\r");
    await expect.poll(() => calls).toContain("compareWith node='ssh node-3'");
    await terminal.shows('is asked the same');
  });

  it('+ says what is wrong', async () => {
    const compared = { ok: false, failure: { kind: 'failed', detail: 'it is neither a pod nor a command' } } as const;
    const { terminal } = await atVerdict({ compared });
    terminal.type('+');
    await terminal.shows('Which place should be asked the same?');
    terminal.type('???\r');
    await terminal.shows('neither a pod');
  });

  it('a run that is over says that it cannot be asked', async () => {
    const { terminal } = await atVerdict({ run: () => (async function* over() { yield* await Promise.resolve(FILTERED_RUN); })() });
    terminal.type('a');
    await terminal.shows('whatever the tree asks');
    terminal.type('\r');
    await terminal.shows('cannot be asked for more');
  });
});

describe('what a run found out', () => {
  it('stands beside its pod in the list, and beside no other', async () => {
    const terminal = new FakeTerminal(140, 30);
    open.push(terminal);
    const preset = { namespace: 'shop', pod: 'checkout-7d9f6c5b8-2xkqp', container: 'app', dependency: 'https://slam.payments.example:8080/' } as const;
    const ports = fakePorts({ run: waitingRun(), pods: [pod('checkout-7d9f6c5b8-2xkqp'), pod('other')] });
    void startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports, preset });
    await terminal.shows('tcp.filtered');
    terminal.type('\u001b');
    await terminal.shows('Where should the connection go?');
    terminal.type('\u001b');
    await terminal.shows('LAST RUN');
    const rows = terminal.screen.split('\n');
    expect(rows.find((row) => row.includes('checkout-7d9f6c5b8-2xkqp'))).toContain('tcp.filtered https://slam.payments.example:8080/');
    expect(rows.find((row) => row.includes('other'))).not.toContain('tcp.filtered');
  });
});

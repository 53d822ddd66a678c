import { expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { PanelLog } from '../../src/store/panel-log.ts';
import { followRun } from '../../src/store/run-feed.ts';
import type { RunState } from '../../src/store/run-state.ts';
import { FILTERED_RUN, REQUEST, commandStarted, output, started } from './run-events.ts';

async function* from(events: readonly RunEvent[], error?: Error): AsyncIterable<RunEvent> {
  yield* events;
  if (error !== undefined) throw error;
}

it('shows a flood of events in few steps, the last one whole', async () => {
  const panels = new PanelLog();
  const shown: RunState[] = [];
  const flood = Array.from({ length: 20_000 }, (_, line) => output('c1', line, `line ${line.toString()}`));
  const events = [started(), commandStarted('c1', REQUEST, 'application', ['curl'], 0), ...flood];
  await followRun(from(events), panels, { show: (run) => shown.push(run) }, new AbortController().signal);
  expect(shown.length).toBeLessThan(200);
  expect(shown.at(-1)?.lastEventAtMs).toBe(19_999);
  expect(panels.lastLine('application')).toMatchObject({ text: 'line 19999' });
});

it('lets keys through while events come without end', async () => {
  const stop = new AbortController();
  async function* endless(): AsyncIterable<RunEvent> {
    yield started();
    for (;;) yield output('c1', 0, 'again');
  }
  setTimeout(() => { stop.abort(); }, 20);
  await followRun(endless(), new PanelLog(), { show: () => undefined }, stop.signal);
  expect(stop.signal.aborted).toBe(true);
});

it('shows what there was when the events break off, and says why', async () => {
  const shown: RunState[] = [];
  const broken = followRun(from([started()], new Error('connection lost')), new PanelLog(), { show: (run) => shown.push(run) }, new AbortController().signal);
  await expect(broken).rejects.toThrow('connection lost');
  expect(shown.at(-1)?.phase).toBe('running');
});

it('cleans what the engine passes on', async () => {
  const panels = new PanelLog();
  const shown: RunState[] = [];
  const events = [...FILTERED_RUN.slice(0, 7), output('c1', 20, 'a\u001b]52;c;AAAA\u0007b')];
  await followRun(from(events), panels, { show: (run) => shown.push(run) }, new AbortController().signal);
  expect(panels.lastLine('application')).toMatchObject({ text: 'ab' });
});

it('shows nothing of a run that was left', async () => {
  const left = new AbortController();
  left.abort();
  const shown: RunState[] = [];
  await followRun(from(FILTERED_RUN), new PanelLog(), { show: (run) => shown.push(run) }, left.signal);
  expect(shown).toEqual([]);
});

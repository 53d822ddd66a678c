import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/domain/run-event.ts';
import { Player } from '../../../src/cli/recordings/player.ts';
import { REFUSED_RUN } from '../../report/refused-run.ts';

/** The run with so much time between its events that nothing comes by itself within a test. */
const SLOW: readonly RunEvent[] = REFUSED_RUN.map((event, index) => (event.kind === 'run-started' ? event : { ...event, atMs: index * 600_000 }));

/** Takes events until none comes for a moment. */
function watch(player: Player): { readonly seen: RunEvent[]; readonly settled: () => Promise<void>; readonly ended: Promise<void> } {
  const seen: RunEvent[] = [];
  const ended = (async () => {
    for await (const event of player.events) seen.push(event);
  })();
  return { seen, ended, settled: () => new Promise((resolve) => { setTimeout(resolve, 30); }) };
}

describe('a recording that is played', () => {
  it('comes to its end with every event, in order', async () => {
    const player = new Player(REFUSED_RUN);
    const { seen, ended } = watch(player);
    for (let times = 0; times < 10; times += 1) player.changeSpeed('faster');
    await ended;
    expect(seen).toEqual(REFUSED_RUN);
    expect(player.state).toEqual({ isPlaying: false, speed: 16, played: REFUSED_RUN.length, events: REFUSED_RUN.length });
  });

  it('goes by event, by answer of the tree, and to the verdict, and stands still after each', async () => {
    const player = new Player(SLOW);
    const { seen, settled } = watch(player);
    await settled();
    expect(seen.map(({ kind }) => kind)).toEqual(['run-started']);
    player.step('event');
    await settled();
    expect(seen).toHaveLength(2);
    player.step('node');
    await settled();
    expect(seen.at(-1)?.kind).toBe('tree-moved');
    player.step('verdict');
    await settled();
    expect(seen.at(-1)?.kind).toBe('concluded');
    expect(player.state.isPlaying).toBe(false);
    player.step('event');
    await settled();
    expect(seen).toEqual(SLOW);
  });

  it('steps to the next answer of the tree, past moves that only wait for something else', async () => {
    const move = (answers: readonly (string | null)[], waitingFor: readonly string[]): RunEvent => ({ kind: 'tree-moved', atMs: 0, path: answers.map((answer, index) => ({ node: `n${String(index)}`, layer: 'transport', answer, observations: [] })), layers: [], waitingFor });
    const moves = [move([null], ['a']), move([null], ['b']), move(['yes', null], ['c']), move(['yes', null], ['d']), move(['yes', 'no'], [])];
    const player = new Player([...SLOW.slice(0, 1), ...moves.map((event, index) => ({ ...event, atMs: (index + 1) * 600_000 }) as RunEvent)]);
    const { seen, settled } = watch(player);
    await settled();
    player.step('node');
    await settled();
    expect(seen).toHaveLength(4);
    player.step('node');
    await settled();
    expect(seen).toHaveLength(6);
  });

  it('waits while it is paused, and goes on from there', async () => {
    const player = new Player(REFUSED_RUN);
    player.toggle();
    const { seen, settled, ended } = watch(player);
    await settled();
    expect(seen).toHaveLength(0);
    expect(player.state.isPlaying).toBe(false);
    player.toggle();
    player.changeSpeed('faster');
    await ended;
    expect(seen).toEqual(REFUSED_RUN);
  });

  it('ends when it is left, however long the next event would take', async () => {
    const player = new Player(SLOW);
    const { seen, settled, ended } = watch(player);
    await settled();
    player.cancel();
    await ended;
    expect(seen).toHaveLength(1);
  });

  it('tells every change that no event tells', async () => {
    const player = new Player(SLOW);
    let told = 0;
    player.onChange(() => { told += 1; });
    const { settled } = watch(player);
    player.toggle();
    player.changeSpeed('slower');
    player.step('event');
    await settled();
    expect(told).toBe(3);
    player.cancel();
  });
});

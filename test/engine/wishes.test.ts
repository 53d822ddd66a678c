import { describe, expect, test } from 'vitest';
import { askedKey, type Asked } from '../../src/domain/question.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { redecide } from '../../src/engine/redecide.ts';
import { runDiagnosis } from '../../src/engine/run.ts';
import { Wishes } from '../../src/engine/wishes.ts';
import { TREE } from '../../src/tree/tree.ts';
import { bashConnected, bashPlace, bashRefused } from '../fakes/replies.ts';
import { identity, scriptedVantage } from '../fakes/scripted-vantage.ts';
import { A, only, request } from './diagnose.ts';

const CONNECT: Asked = { vantage: 'target', question: { kind: 'connect', address: A, port: 5432, attempt: 0 } };
const refusing = bashPlace((_address, _port, argv) => bashRefused(argv));
const connecting = bashPlace((_address, _port, argv) => bashConnected(argv));

interface Talk {
  readonly wishes: Wishes;
  readonly stop: AbortController;
  readonly events: readonly RunEvent[];
}

/** Follows a run that can be asked for more; `afterRound` is called with each round's number when it has ended, and the run stops after the last. */
async function talk(script: Parameters<typeof request>[0], rounds: number, afterRound: (round: number, talk: Talk) => void, during?: (event: RunEvent, talk: Talk) => void): Promise<Talk> {
  const events: RunEvent[] = [];
  const made: Talk = { wishes: new Wishes(), stop: new AbortController(), events };
  for await (const event of runDiagnosis(request(script, { wishes: made.wishes, signal: made.stop.signal }))) {
    events.push(event);
    during?.(event, made);
    if (event.kind !== 'run-ended') continue;
    const round = only(events, 'run-ended').length;
    if (round === rounds) made.stop.abort();
    else afterRound(round, made);
  }
  return made;
}

function causes(events: readonly RunEvent[]): readonly (string | null)[] {
  return only(events, 'concluded').map(({ conclusion }) => conclusion.verdict.cause);
}

describe('a run that can be asked for more', () => {
  test('asks a question again after its verdict, and decides on the new answer alone', async () => {
    let isOpen = false;
    const { events } = await talk((argv) => (isOpen ? connecting : refusing)(argv), 2, (_round, { wishes, events: soFar }) => {
      isOpen = true;
      const questions = only(soFar, 'observed').map(({ observation: { vantage, question } }) => ({ vantage, question }));
      wishes.push({ kind: 'ask-again', questions });
    });
    const [before, after] = only(events, 'concluded');
    expect(before?.conclusion.verdict.status).toBe('fault');
    expect(causes(events)[0]).toMatch(/^tcp\.refused/u);
    expect(causes(events)[1], 'it connects now, and the database behind it says nothing').not.toBe(causes(events)[0]);
    const wished = events.findIndex(({ kind }) => kind === 'wished');
    const fresh = new Set(events.slice(wished).flatMap((event) => (event.kind === 'observed' ? [event.observation.id] : [])));
    for (const id of after?.conclusion.verdict.evidence ?? []) expect(fresh, `${id} is of the second round`).toContain(id);
  });

  test('a recording of it decides as it did, on what still counts', async () => {
    let isOpen = false;
    const { events } = await talk((argv) => (isOpen ? connecting : refusing)(argv), 2, (_round, { wishes, events: soFar }) => {
      isOpen = true;
      wishes.push({ kind: 'ask-again', questions: only(soFar, 'observed').map(({ observation: { vantage, question } }) => ({ vantage, question })) });
    });
    const again = redecide(events);
    expect(again).toEqual({ kind: 'decided', conclusion: only(events, 'concluded').at(-1)?.conclusion });
  });

  test('rests after its verdict: the time until a wish is not the run\'s', async () => {
    let endedAtMs = 0;
    const { events } = await talk(refusing, 2, (_round, { wishes, events: soFar }) => {
      endedAtMs = soFar.at(-1)?.atMs ?? 0;
      setTimeout(() => { wishes.push({ kind: 'ask-again', questions: [CONNECT] }); }, 400);
    });
    const wished = only(events, 'wished')[0];
    expect(wished?.atMs).toBeGreaterThanOrEqual(endedAtMs);
    expect(wished?.atMs).toBeLessThan(endedAtMs + 300);
  });

  test('a question that nobody has answered yet is not put twice', async () => {
    let isTold = false;
    const { events } = await talk(refusing, 1, () => undefined, (event, { wishes }) => {
      if (event.kind !== 'question-asked' || event.key !== askedKey(CONNECT) || isTold) return;
      isTold = true;
      wishes.push({ kind: 'ask-again', questions: [CONNECT] });
    });
    expect(only(events, 'wished')).toHaveLength(1);
    expect(only(events, 'question-asked').filter(({ key }) => key === askedKey(CONNECT))).toHaveLength(1);
  });

  test('asks a node that the walk does not come by, and leaves the verdict what it is', async () => {
    const { events } = await talk(refusing, 2, (_round, { wishes }) => { wishes.push({ kind: 'ask-node', node: 'ip.ping' }); });
    expect(new Set(causes(events)).size).toBe(1);
    const besides = only(events, 'tree-moved').at(-1)?.besides ?? [];
    expect(besides).toHaveLength(1);
    expect(besides[0]).toMatchObject({ node: 'ip.ping' });
    expect(besides[0]?.answer, 'it has come to an answer').not.toBeNull();
  });

  test.each(TREE.map(({ id }) => id))('node %s can be asked out of order', async (node) => {
    const { events } = await talk(refusing, 2, (_round, { wishes }) => { wishes.push({ kind: 'ask-node', node }); });
    expect(only(events, 'run-ended').map(({ reason }) => reason)).toEqual(['completed', 'completed']);
    expect(only(events, 'tree-moved').at(-1)?.besides?.map((step) => [step.node, step.answer !== null])).toEqual([[node, true]]);
  });

  test('asks another place the same', async () => {
    const elsewhere = scriptedVantage(connecting, identity({ id: 'contrast:node', role: 'contrast', relation: 'node', name: 'node' }));
    const { events } = await talk(refusing, 2, (_round, { wishes }) => { wishes.push({ kind: 'compare', vantage: elsewhere }); });
    expect(only(events, 'vantage-joined').at(-1)?.vantage.id).toBe('contrast:node');
    expect(only(events, 'observed').map(({ observation }) => askedKey(observation))).toContain(askedKey({ ...CONNECT, vantage: 'contrast:node' }));
  });

  test('what was cut short by the end of the time is asked anew when it goes on', async () => {
    let hangs = true;
    const wishes = new Wishes();
    const stop = new AbortController();
    const events: RunEvent[] = [];
    const script = (argv: readonly string[]): ReturnType<typeof refusing> => {
      const reply = refusing(argv);
      return hangs && argv.join(' ').includes(A) ? { hangs: true } : reply;
    };
    for await (const event of runDiagnosis(request(script, { wishes, signal: stop.signal, timeoutMs: 500, connectTimeoutMs: 20_000 }))) {
      events.push(event);
      if (event.kind !== 'run-ended') continue;
      if (!hangs) stop.abort();
      hangs = false;
      wishes.push({ kind: 'ask-again', questions: [CONNECT] });
    }
    expect(only(events, 'run-ended')[0]?.reason).toBe('timed-out');
    expect(causes(events).at(-1)).toMatch(/^tcp\.refused/u);
  });

  test('ends without another word when it is stopped while it rests', async () => {
    const { events } = await talk(refusing, 1, () => undefined);
    expect(events.at(-1)?.kind).toBe('run-ended');
    expect(only(events, 'concluded')).toHaveLength(1);
  });
});

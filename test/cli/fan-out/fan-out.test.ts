import { describe, expect, test } from 'vitest';
import { fanOut, oneAtATime } from '../../../src/cli/fan-out/fan-out.ts';
import { planFanOut } from '../../../src/cli/fan-out/plan.ts';
import type { ClusterPage, ClusterPodRow } from '../../../src/domain/cluster.ts';
import { FAN_OUT_AT_ONCE, type FanOutEvent, type FanOutPlace } from '../../../src/domain/fan-out.ts';
import type { RunEvent } from '../../../src/domain/run-event.ts';
import { forbiddenTo, podSummary } from '../../fakes/cluster-reader.ts';

const { signal } = new AbortController();

function row(name: string, node: string | null, more: Partial<ClusterPodRow> = {}): ClusterPodRow {
  return { namespace: 'shop', name, ready: '1/1', status: 'Running', restarts: '0', age: '1d', node, ip: null, ...more };
}

function lists(rows: readonly ClusterPodRow[], isForbidden = false): Parameters<typeof planFanOut>[0] {
  return {
    async *listPods(namespace): AsyncGenerator<ClusterPage<ClusterPodRow>> {
      await Promise.resolve();
      if (namespace === null && isForbidden) yield { kind: 'failed', failure: forbiddenTo('list', 'pods') };
      else yield { kind: 'rows', rows: rows.filter((one) => namespace === null || one.namespace === namespace), remaining: null, version: null };
    },
  };
}

const REPLICAS = [podSummary('a', { node: 'n1' }), podSummary('b', { node: 'n1' }), podSummary('c', { node: 'n2' }), podSummary('old', { node: 'n2', isTerminating: true }), podSummary('evicted', { phase: 'Failed' })];

describe('which pods are asked', () => {
  test('all that live', async () => {
    const { places } = await planFanOut(lists([]), 'all', REPLICAS, 'app', signal);
    expect(places.map(({ pod }) => pod)).toEqual(['a', 'b', 'c']);
  });

  test('one of each node; others of the namespace stand in, and nodes without any are named', async () => {
    const rows = [row('a', 'n1'), row('web', 'n3'), row('db', 'n3'), row('broken', 'n4', { status: 'CrashLoopBackOff' }), row('proxy', 'n5', { namespace: 'kube-system' })];
    const plan = await planFanOut(lists(rows), 'per-node', REPLICAS, null, signal);
    expect(plan.places.map(({ pod, node, isReplica }) => [pod, node, isReplica])).toEqual([['a', 'n1', true], ['c', 'n2', true], ['web', 'n3', false]]);
    expect(plan.uncovered).toEqual(['n4', 'n5']);
  });

  test('of the namespace alone where no more may be read', async () => {
    const plan = await planFanOut(lists([row('web', 'n3'), row('proxy', 'n5', { namespace: 'kube-system' })], true), 'per-node', REPLICAS, null, signal);
    expect(plan.places.map(({ pod }) => pod)).toEqual(['a', 'c', 'web']);
    expect(plan.uncovered).toEqual([]);
  });
});

const place = (index: number): FanOutPlace => ({ namespace: 'shop', pod: `p${String(index)}`, container: 'app', node: 'n1', isReplica: true });
const ENDED: RunEvent = { kind: 'run-ended', atMs: 1, reason: 'completed' };

async function all(events: AsyncIterable<FanOutEvent>): Promise<readonly FanOutEvent[]> {
  const seen: FanOutEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('many runs at once', () => {
  test('are at most ten, and all are made', async () => {
    let running = 0;
    let most = 0;
    const start = async function* (): AsyncGenerator<RunEvent> {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
      yield ENDED;
      running -= 1;
    };
    const events = await all(fanOut({ places: Array.from({ length: 25 }, (_, index) => place(index)), uncovered: [] }, start, signal));
    expect(most).toBe(FAN_OUT_AT_ONCE);
    expect(new Set(events.flatMap((event) => (event.kind === 'member' ? event.pod : []))).size).toBe(25);
  });

  test('one that cannot be made does not stop the others', async () => {
    const start = async function* ({ pod }: FanOutPlace): AsyncGenerator<RunEvent> {
      await Promise.resolve();
      if (pod === 'p0') throw new Error('the pod is gone');
      yield ENDED;
    };
    const events = await all(fanOut({ places: [place(0), place(1)], uncovered: [] }, start, signal));
    expect(events).toContainEqual({ kind: 'not-run', pod: 'p0', detail: 'the pod is gone' });
    expect(events).toContainEqual({ kind: 'member', pod: 'p1', event: ENDED });
  });

  test('after an interruption none is begun', async () => {
    const events = await all(fanOut({ places: [place(0)], uncovered: [] }, () => { throw new Error('begun'); }, AbortSignal.abort()));
    expect(events.map(({ kind }) => kind)).toEqual(['planned', 'not-run']);
    expect(events[1]).toMatchObject({ detail: '' });
  });

  test('no pods end at once', async () => {
    expect(await all(fanOut({ places: [], uncovered: [] }, () => { throw new Error('begun'); }, signal))).toEqual([{ kind: 'planned', places: [], uncovered: [] }]);
  });
});

test('questions to a person come one at a time, and one that fails does not hold the next', async () => {
  const asked: string[] = [];
  const answers: ((answer: string) => void)[] = [];
  const ask = oneAtATime((question: string) => {
    asked.push(question);
    return question === 'bad' ? Promise.reject(new Error('gone')) : new Promise<string>((resolve) => { answers.push(resolve); });
  });
  const first = ask('one');
  const bad = ask('bad');
  const last = ask('two');
  await Promise.resolve();
  expect(asked).toEqual(['one']);
  answers[0]?.('yes');
  await expect(first).resolves.toBe('yes');
  await expect(bad).rejects.toThrow('gone');
  await new Promise((resolve) => { setImmediate(resolve); });
  answers[1]?.('no');
  await expect(last).resolves.toBe('no');
});

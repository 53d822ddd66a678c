import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { cleanData } from '../../src/store/ingest.ts';
import { reduce } from '../../src/store/reduce.ts';
import { IDLE_RUN } from '../../src/store/run-state.ts';
import { layerElapsedMs, panelStatus, verdictExitCode, waitingQuestions } from '../../src/store/select.ts';
import { CONNECT, FILTERED_RUN, commandEnded, commandStarted, started } from './run-events.ts';

function fold(events: readonly RunEvent[]): ReturnType<typeof reduce> {
  return events.reduce(reduce, IDLE_RUN);
}

const upTo = (kind: RunEvent['kind']): readonly RunEvent[] => FILTERED_RUN.slice(0, FILTERED_RUN.findIndex((event) => event.kind === kind) + 1);

describe('a run as the fold of its events', () => {
  it('has the target, destination and vantage that the run started with', () => {
    const run = fold(upTo('vantage-joined'));
    expect(run.phase).toBe('running');
    expect(run.target).toMatchObject({ kind: 'pod', container: 'app' });
    expect(run.dependency?.port).toBe(8080);
    expect(run.vantages.map((vantage) => vantage.id)).toEqual(['target']);
  });

  it('knows what the tree is waiting for in words, not only in keys', () => {
    const run = fold(upTo('tree-moved'));
    expect(run.path.at(-1)).toMatchObject({ node: 'app.request', answer: null });
    expect(waitingQuestions(run).map((question) => question.asked.question.kind)).toEqual(['request']);
  });

  it('shows a layer as running while its command runs, and as the tree decided afterwards', () => {
    const during = fold([...upTo('tree-moved'), commandStarted('c4', CONNECT, 'transport', ['nc'], 70)]);
    expect(panelStatus(during, 'transport')).toBe('running');
    expect(panelStatus(during, 'network-access')).toBe('waiting');
    const after = fold(FILTERED_RUN);
    expect(panelStatus(after, 'transport')).toBe('fail');
    expect(panelStatus(after, 'internet')).toBe('pass');
    expect(panelStatus(after, 'network-access')).toBe('skipped');
  });

  it('counts a layer from its first command to its last end, or until now', () => {
    const running = fold([started(), commandStarted('c4', CONNECT, 'transport', ['nc'], 70)]);
    expect(layerElapsedMs(running, 'transport', 1_070)).toBe(1_000);
    expect(layerElapsedMs(running, 'internet', 1_070)).toBeNull();
    expect(layerElapsedMs(fold(FILTERED_RUN), 'transport', 99_999)).toBe(3_005);
  });

  it('keeps the verdict, its evidence and the exit code', () => {
    const run = fold(FILTERED_RUN);
    expect(run.conclusion?.verdict.cause).toBe('tcp.filtered');
    expect(Object.keys(run.observations)).toEqual(['o1', 'o2']);
    expect(verdictExitCode(run)).toBe(1);
    expect(verdictExitCode(IDLE_RUN)).toBeNull();
    expect(run).toMatchObject({ phase: 'ended', endReason: 'completed', waitingFor: [] });
  });

  it('begins from nothing when a run starts again', () => {
    const run = fold([...FILTERED_RUN, started()]);
    expect(run).toMatchObject({ phase: 'running', conclusion: null, path: [], lastEventAtMs: 0 });
  });

  it('is not disturbed by the end of a command that never started', () => {
    const before = fold(upTo('vantage-joined'));
    expect(reduce(before, commandEnded('c99', 0))).toBe(before);
  });

  it('changes nothing that it was given', () => {
    const frozen = Object.freeze(fold(upTo('tree-moved')));
    expect(() => FILTERED_RUN.reduce(reduce, frozen)).not.toThrow();
  });
});

describe('what comes in', () => {
  it('is cleaned in every string, however deep', () => {
    const dirty = { a: ['x\u001b[2J', { 'k\u0007': '\u202eb' }], n: 1, none: null, tab: 'a\tb' };
    expect(cleanData(dirty)).toEqual({ a: ['x', { k: 'b' }], n: 1, none: null, tab: 'a    b' });
  });
});

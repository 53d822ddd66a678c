import { describe, expect, it } from 'vitest';
import { EMPTY_RUN, hasStarted, withEvent } from '../../src/report/run-summary.ts';
import { CONCLUSION, POD, REFUSED_RUN } from './refused-run.ts';

const fold = (length: number): ReturnType<typeof withEvent> => REFUSED_RUN.slice(0, length).reduce(withEvent, EMPTY_RUN);

describe('the summary of a run', () => {
  it('has everything once the run has ended', () => {
    const run = fold(REFUSED_RUN.length);
    expect(run.started?.target).toEqual(POD);
    expect(run.vantages.map(({ id }) => id)).toEqual(['target', 'contrast:node']);
    expect(run.unusable).toEqual([{ vantage: 'contrast:blue', reason: 'no such command' }]);
    expect(run.observations.map(({ id }) => id)).toEqual(['o1', 'o2']);
    expect(run.conclusion).toBe(CONCLUSION);
    expect(run.path).toBe(CONCLUSION.path);
    expect(run.durationMs).toBe(1_250);
    expect(run.ended).toBe('completed');
  });

  it('keeps what is known of a run that was cut off', () => {
    const run = fold(11);
    expect(run.conclusion).toBeNull();
    expect(run.path).toHaveLength(1);
    expect(run.durationMs).toBe(17);
    expect(run.ended).toBeNull();
  });

  it('has not started before it starts', () => {
    expect(hasStarted(EMPTY_RUN)).toBe(false);
    expect(hasStarted(fold(1))).toBe(true);
  });
});

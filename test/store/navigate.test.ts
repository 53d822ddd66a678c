import { describe, expect, it } from 'vitest';
import { FIRST_STATE } from '../../src/store/console-state.ts';
import { appendRows, beginLoading, currentScreen, goBack, openScreen, scrolledTop, setCursor } from '../../src/store/navigate.ts';

describe('moving between screens', () => {
  it('goes back the way it came, and never out of the first screen', () => {
    const pods = openScreen(FIRST_STATE, { kind: 'pods', namespace: 'shop' });
    expect(currentScreen(pods)).toEqual({ kind: 'pods', namespace: 'shop' });
    expect(currentScreen(goBack(pods))).toEqual({ kind: 'namespaces' });
    expect(goBack(goBack(pods))).toEqual(goBack(pods));
  });

  it('starts a list that is opened again without the old filter', () => {
    const filtered = setCursor(FIRST_STATE, 'pods', { filter: 'ord', itemKey: 'orders' });
    expect(openScreen(filtered, { kind: 'pods', namespace: 'shop' }).cursors.pods).toMatchObject({ filter: '', itemKey: null });
  });

  it('keeps the destination that was typed when coming back from its run', () => {
    const typed = { ...FIRST_STATE, input: { ...FIRST_STATE.input, text: 'db:5432' } };
    const run = openScreen(typed, { kind: 'run', target: { kind: 'local' }, dependencyText: 'db:5432' });
    expect(goBack(run).input.text).toBe('db:5432');
  });
});

describe('a list that loads', () => {
  it('forgets the rows of the place before, and adds pages in order', () => {
    const row = (name: string) => ({ name, status: 'Active', age: '' });
    const first = appendRows(beginLoading(FIRST_STATE, 'namespaces', 1), 'namespaces', [row('a')]);
    const second = appendRows(first, 'namespaces', [row('b')]);
    expect(second.lists.namespaces.rows.map((one) => one.name)).toEqual(['a', 'b']);
    expect(beginLoading(second, 'namespaces', 2).lists.namespaces.rows).toEqual([]);
  });
});

describe('the rows in sight', () => {
  it.each([
    ['moves down no further than needed', 0, 10, 10, 100, 1],
    ['moves up to the cursor', 50, 10, 10, 100, 10],
    ['stays when the cursor is in sight', 5, 10, 10, 100, 5],
    ['shows no rows after the end', 95, 99, 10, 100, 90],
    ['is at the start of a short list', 3, 0, 10, 4, 0],
  ])('%s', (_name, top, cursor, height, count, expected) => {
    expect(scrolledTop(top, cursor, height, count)).toBe(expected);
  });
});

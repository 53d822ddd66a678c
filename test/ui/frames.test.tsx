import { render as renderInk } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/i18n/index.ts';
import { FIRST_STATE, type ConsoleState, type PanelId } from '../../src/store/console-state.ts';
import type { Dialog } from '../../src/store/dialog.ts';
import { createConsoleStore } from '../../src/store/index.ts';
import { PanelLog } from '../../src/store/panel-log.ts';
import { reduce } from '../../src/store/reduce.ts';
import { IDLE_RUN } from '../../src/store/run-state.ts';
import { App } from '../../src/ui/app.tsx';
import { PanelBox } from '../../src/ui/components/panel-box.tsx';
import type { ConsoleContext } from '../../src/ui/context.ts';
import { BINDINGS } from '../../src/ui/key-bindings.ts';
import { chooseTheme } from '../../src/ui/theme.ts';
import { FILTERED_RUN, POD_TARGET } from '../store/run-events.ts';
import { pod } from './fake-ports.ts';
import { FakeTerminal } from './fake-terminal.ts';

afterEach(cleanup);

function contextOf(language: Language = 'en', ascii = false, env: Record<string, string> = {}): ConsoleContext {
  const panels = new PanelLog();
  for (const event of FILTERED_RUN) panels.apply(event);
  return { messages: LANGUAGES[language], language, theme: chooseTheme(env, ascii), panels, bindings: BINDINGS };
}

function runState(columns: number, rows: number, change: Partial<ConsoleState> = {}, events = FILTERED_RUN.length): ConsoleState {
  return {
    ...FIRST_STATE,
    clusters: { current: 'prod-eu', contexts: [] },
    screens: [{ kind: 'namespaces' }, { kind: 'run', target: POD_TARGET, dependencyText: 'https://slam.payments.example:8080/' }],
    size: { columns, rows },
    run: FILTERED_RUN.slice(0, events).reduce(reduce, IDLE_RUN),
    runStartedAtMs: 0,
    nowMs: 3_000,
    ...change,
  };
}

/** A frame of the whole window at any size, as the terminal shows it. */
async function frame(context: ConsoleContext, state: ConsoleState): Promise<readonly string[]> {
  const terminal = new FakeTerminal(state.size.columns, state.size.rows);
  const { stdin, stdout, stderr } = terminal.streams;
  const app = renderInk(<App context={context} store={createConsoleStore(state)} />, { stdin, stdout, stderr, interactive: true, patchConsole: false, alternateScreen: true });
  await app.waitUntilRenderFlush();
  const { rows } = terminal;
  app.unmount();
  return rows;
}

const SIZES = [[60, 16], [80, 24], [120, 40], [200, 60]] as const;

describe.each(SIZES)('a run at %dx%d', (columns, rows) => {
  it('fits the window: identity above, keys below, no row too wide', async () => {
    const shown = await frame(contextOf(), runState(columns, rows));
    expect(shown).toHaveLength(rows);
    expect(shown[0]).toContain('2xkqp');
    expect(shown[0]).toContain('node-1');
    expect(shown[1]).toContain('https://slam.payments.example:8080/');
    expect(shown.at(-1)).toContain('back');
    expect(Math.max(...shown.map((row) => stringWidth(row)))).toBeLessThanOrEqual(columns);
  });

  it('has the verdict on top and the four layers below, each with its state in a word', async () => {
    const shown = await frame(contextOf(), runState(columns, rows));
    const text = shown.join('\n');
    expect(text.indexOf('Fault found')).toBeLessThan(text.indexOf('4 Application'));
    expect(text).toMatch(/4 Application ✗ fault/u);
    expect(text).toMatch(/3 Transport ✗ fault/u);
    expect(text).toMatch(/2 Internet ✓ ok/u);
    expect(text).toMatch(/1 Network access – not needed/u);
  });

  it.each(['verdict', 'path', 'application', 'network-access'] as const)('fits with %s focused, and zoomed', async (focus: PanelId) => {
    for (const zoomed of [false, true]) {
      const shown = await frame(contextOf('es'), runState(columns, rows, { runView: { ...FIRST_STATE.runView, focus, zoomed } }));
      expect(shown.at(-1)).toContain('volver');
      expect(shown[0]).toContain('prod-eu');
    }
  });

  it('shows where the tree is while it runs', async () => {
    const text = (await frame(contextOf(), runState(columns, rows, {}, 6))).join('\n');
    expect(text).toContain('running');
    expect(text).toContain('Does the dependency answer a request?');
    expect(text).toContain('now');
  });

  it('makes room for a question instead of covering what it is about', async () => {
    const question: Dialog = {
      id: 1,
      kind: 'question',
      title: 'Cancel the run?',
      lines: [{ text: 'It is still going on.', emphasis: 'plain' }],
      top: 0,
      isGuarded: false,
      choices: [{ id: '', label: 'Cancel', key: null }, { id: 'yes', label: 'cancel the run', key: 'y' }],
      chosen: 0,
    };
    const shown = await frame(contextOf(), runState(columns, rows, { dialogs: [question] }, 6));
    expect(shown).toHaveLength(rows);
    expect(shown.slice(-4, -1)).toEqual([expect.stringContaining('Cancel the run?'), 'It is still going on.', '❯  Cancel       cancel the run  [y]']);
    expect(shown.join('\n')).toContain('Application');
    expect(shown.at(-1)).toContain('esc');
  });

  it('lists pods with the columns that there is room for', async () => {
    const state = runState(columns, rows, {
      screens: [{ kind: 'namespaces' }, { kind: 'pods', namespace: 'shop' }],
      lists: { ...FIRST_STATE.lists, pods: { phase: { kind: 'ready' }, rows: Array.from({ length: 10_000 }, (_, index) => pod(`crowd-${index.toString()}`)) } },
    });
    const shown = await frame(contextOf(), state);
    expect(shown[2]).toContain('Pods in shop (10000)');
    expect(shown[3]).toContain('STATUS');
    expect(shown[4]).toContain('❯ crowd-0');
    expect(shown.at(-1)).toContain('back');
  });
});

describe('without colour and without Unicode', () => {
  it('says everything by words and ASCII glyphs', async () => {
    const shown = (await frame(contextOf('en', true), runState(80, 24))).join('\n');
    const ours = shown.replace(/’/gu, '');
    expect(ours).not.toMatch(/[^\u0000-\u007f]/u);
    expect(shown).toContain('x fault');
    expect(shown).toContain('+ ok');
  });

  it('writes no colour with NO_COLOR', () => {
    const styles = Object.values(contextOf('en', false, { NO_COLOR: '1' }).theme.style);
    expect(styles.filter((style) => style.color !== undefined)).toEqual([]);
  });
});

describe('a panel', () => {
  it('shows the end of what streams, and what it was scrolled to', () => {
    const context = contextOf();
    const region = { panel: 'internet', top: 0, left: 0, width: 60, height: 4 } as const;
    const at = (state: ConsoleState): string => render(<PanelBox context={context} state={state} region={region} />).lastFrame() ?? '';
    expect(at(runState(80, 24))).toContain('10.244.1.0/24');
    expect(at(runState(80, 24))).not.toContain('getent');
    const scrolled = runState(80, 24, { runView: { ...FIRST_STATE.runView, top: { internet: 0 } } });
    expect(at(scrolled)).toContain('$ getent ahosts slam.payments.example');
    expect(at(scrolled)).toContain('1-3/9');
  });

  it('in one row still tells its state and its last line', () => {
    const region = { panel: 'transport', top: 0, left: 0, width: 90, height: 1 } as const;
    const shown = render(<PanelBox context={contextOf()} state={runState(80, 24)} region={region} />).lastFrame() ?? '';
    expect(shown).toContain('3 Transport ✗ fault 3.0 s');
    expect(shown).toContain('timed out');
    expect(shown.split('\n')).toHaveLength(1);
  });
});

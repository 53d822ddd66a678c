import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { createConsoleStore, type ConsoleStore } from '../../src/store/index.ts';
import { PanelLog } from '../../src/store/panel-log.ts';
import { lineText } from '../../src/ui/components/line.ts';
import type { ConsoleContext } from '../../src/ui/context.ts';
import { Controller } from '../../src/ui/controller/controller.ts';
import { dialogView } from '../../src/ui/dialogs/dialog-view.ts';
import { BINDINGS } from '../../src/ui/key-bindings.ts';
import { chooseTheme } from '../../src/ui/theme.ts';
import { KeyDecoder } from '../../src/ui/terminal/key-decoder.ts';
import { fakePorts } from './fake-ports.ts';

interface Setup {
  readonly app: Controller;
  readonly store: ConsoleStore;
  readonly press: (text: string) => void;
  readonly shown: () => string;
}

function setUp(): Setup {
  const context: ConsoleContext = { messages: LANGUAGES.en, language: 'en', theme: chooseTheme({}, false), panels: new PanelLog(), bindings: BINDINGS };
  const store = createConsoleStore();
  const app = new Controller(context, store, fakePorts(), { leave: () => undefined, copy: () => true, handOver: () => Promise.resolve(), redraw: () => undefined });
  const decoder = new KeyDecoder();
  return {
    app,
    store,
    press: (text) => { for (const key of [...decoder.push(text), ...decoder.flush()]) app.handleKey(key); },
    shown: () => {
      const view = dialogView(context, store.getState());
      if (view === null) return '';
      const body = Array.from({ length: Math.min(view.bodyRows, view.body.count - view.top) }, (_, row) => view.body.at(view.top + row));
      return [view.title, ...body, ...view.tail].map(lineText).join('\n');
    },
  };
}

const QUESTION = { title: 'Delete?', choices: [{ id: 'one', label: 'this one', key: 'o' }, { id: 'all', label: 'all', key: 'a' }] };
const ENTER = '\r';
const RIGHT = '\u001b[C';
const ESC = '\u001b';

describe('a question', () => {
  it('has the keys that came with the answer before it, and not the screen below', async () => {
    const { app, press } = setUp();
    const answers = (async () => [await app.dialogs.ask(QUESTION), await app.dialogs.ask(QUESTION)])();
    press('ao');
    expect(await answers).toEqual(['all', 'one']);
  });

  it.each([
    ['enter at once', ENTER, null],
    ['esc', ESC, null],
    ['n', 'n', null],
    ['a move and enter', RIGHT + ENTER, 'one'],
    ['two moves and enter', `\t\t${ENTER}`, 'all'],
    ['a move around the end', `\u001b[Z${ENTER}`, 'all'],
    ['a letter', 'a', 'all'],
  ])('is answered by %s', async (_name, keys, expected) => {
    const { app, press } = setUp();
    const answer = app.dialogs.ask(QUESTION);
    press(keys);
    expect(await answer).toBe(expected);
    expect(app.dialogs.top).toBeNull();
  });

  it('takes nothing from a paste', () => {
    const { app, press } = setUp();
    void app.dialogs.ask(QUESTION);
    press('\u001b[200~a\u001b[201~');
    expect(app.dialogs.top?.kind).toBe('question');
  });

  it('shows Cancel first and chosen', () => {
    const { app, shown } = setUp();
    void app.dialogs.ask(QUESTION);
    expect(shown()).toContain('❯  Cancel');
  });
});

describe('a prompt', () => {
  it('gives what was typed, and asks again with the reason when it is refused', async () => {
    const { app, press, shown } = setUp();
    const answer = app.dialogs.prompt({ title: 'Name', refuse: (text) => (text === 'x' ? 'x is taken' : null) });
    press(`x${ENTER}`);
    await Promise.resolve();
    await Promise.resolve();
    expect(shown()).toContain('x is taken');
    press(`y${ENTER}`);
    expect(await answer).toBe('xy');
  });
});

describe('a picker', () => {
  const items = ['alpha', 'beta', 'gamma'].map((label) => ({ key: label, label, detail: '' }));
  it('filters as one types and takes the match', async () => {
    const { app, press, shown } = setUp();
    const answer = app.dialogs.pick({ title: 'Which?', items });
    press('gam');
    expect(shown()).not.toContain('alpha');
    press(ENTER);
    expect(await answer).toBe('gamma');
  });

  it('gives all that were marked', async () => {
    const { app, press } = setUp();
    const answer = app.dialogs.pickSeveral({ title: 'Which?', items });
    press(` \u001b[B\u001b[B ${ENTER}`);
    expect(await answer).toEqual(['alpha', 'gamma']);
  });
});

describe('progress', () => {
  it('shows each thing with its state in a word, and can be closed while it goes on', async () => {
    const { app, press, shown } = setUp();
    const progress = app.dialogs.progress({ title: 'Deleting', items: [{ key: 'a', label: 'pod a' }, { key: 'b', label: 'pod b' }] });
    progress.update('a', { state: 'failed', detail: 'forbidden' });
    expect(shown()).toContain('✗ failed    pod a\n    forbidden\n○ waiting   pod b');
    progress.finish();
    expect(shown()).toContain('Finished');
    press(ESC);
    await progress.closed;
    expect(progress.isOpen).toBe(false);
  });

  it('is cleaned of what a cluster may put into a name', () => {
    const { app, shown } = setUp();
    const progress = app.dialogs.progress({ title: 'T', items: [{ key: 'a', label: 'pod \u001b]52;c;AAAA\u0007x' }] });
    progress.update('a', { detail: '\u001b[2Jgone' });
    expect(shown()).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/u);
  });
});

describe('the : line', () => {
  it('goes to the pods of a namespace', () => {
    const { store, press } = setUp();
    press(`:po web${ENTER}`);
    expect(store.getState().screens.at(-1)).toEqual({ kind: 'pods', namespace: 'web' });
  });

  it('completes by tab', () => {
    const { store, press } = setUp();
    press(':he\t');
    expect(store.getState().commandLine?.text).toBe('help ');
  });

  it('says that a command does not exist, and does nothing', () => {
    const { store, press } = setUp();
    press(`:rm -rf${ENTER}`);
    expect(store.getState().notice?.text).toContain('"rm"');
    expect(store.getState().screens).toHaveLength(1);
  });

  it('is closed by esc and by deleting past its start', () => {
    const { store, press } = setUp();
    press(`:a${ESC}`);
    expect(store.getState().commandLine).toBeNull();
    press(':\u007f');
    expect(store.getState().commandLine).toBeNull();
  });
});

describe('a search on a page', () => {
  const lines = Array.from({ length: 60 }, (_, index) => ({ text: index % 20 === 7 ? `Dial error ${String(index)} (a+b)` : `line ${String(index)}`, emphasis: 'plain' as const }));

  function open(from: 'start' | 'end'): Setup {
    const setup = setUp();
    setup.app.dialogs.openPage({ title: 'log', lines, from });
    return setup;
  }

  it('goes to the next line that holds the text, whatever its case, and around the end', () => {
    const { press, shown } = open('start');
    press(`/dial ERROR${ENTER}`);
    expect(shown()).toMatch(/Search: dial ERROR.*\nDial error 7 /u);
    press('n');
    expect(shown()).toMatch(/\nDial error 27 /u);
    press('nn');
    expect(shown()).toContain('Dial error 7 ');
    press('N');
    expect(shown()).toContain('Dial error 47 ');
  });

  it('takes what is typed as it is, and marks where it stands', () => {
    const { press, store } = open('start');
    press(`/(a+b)${ENTER}`);
    const view = dialogView({ messages: LANGUAGES.en, language: 'en', theme: chooseTheme({}, false), panels: new PanelLog(), bindings: BINDINGS }, store.getState());
    expect(view?.body.at(7)).toContainEqual({ text: '(a+b)', tone: 'selected' });
  });

  it('says when there is none, and stays where it was', () => {
    const { press, shown } = open('end');
    press(`/nowhere${ENTER}`);
    expect(shown()).toContain('"nowhere" is not in here.');
    expect(shown()).toContain('line 59');
  });

  it('begins at the start of a page that stands at its end, and before it with N', () => {
    const first = open('end');
    first.press(`/dial${ENTER}`);
    expect(first.shown()).toContain('Dial error 7 ');
    first.press('N');
    expect(first.shown()).toContain('Dial error 47 ');
  });

  it('is ended by esc, and the page by the next one', () => {
    const { press, shown, store } = open('start');
    press('/dial');
    expect(shown()).toContain('Search: dial');
    press(ESC);
    expect(shown()).not.toContain('Search');
    press(ESC);
    expect(store.getState().dialogs).toEqual([]);
  });

  it('types letters that are keys elsewhere', () => {
    const { press, shown } = open('start');
    press('/wnqGj?');
    expect(shown()).toContain('Search: wnqGj?');
  });
});

import { describe, expect, onTestFinished, test } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { es } from '../../src/i18n/es.ts';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from './cluster.ts';
import { runProduct, type Language } from './product.ts';
import { HAS_TMUX, NEEDS_TMUX, Terminal, type Size } from './terminal.ts';

/** Whole sessions by keys, in a real terminal, against the test cluster. */

const MESSAGES = { en, es };
const SMALL: Size = { columns: 80, rows: 24 };
const LARGE: Size = { columns: 120, rows: 40 };

async function open(size: Size, language: Language): Promise<Terminal> {
  const terminal = await Terminal.open(size, ['--lang', language]);
  onTestFinished(() => terminal.close());
  await terminal.shows('kube-system');
  return terminal;
}

/** In a list: filters it down to one row and opens that. */
async function choose(terminal: Terminal, text: string): Promise<void> {
  await terminal.press('/');
  await terminal.type(text);
  await terminal.showsNoMore('kube-system');
  await terminal.press('Enter');
  await terminal.press('Enter');
}

async function zoomAndHelp(terminal: Terminal, language: Language): Promise<void> {
  const { ui, console: text } = MESSAGES[language];
  await terminal.press('z');
  await terminal.showsNoMore(ui.panels.path);
  await terminal.press('z');
  await terminal.shows(ui.panels.path);
  await terminal.press('y');
  await terminal.shows(text.run.copied(0).split(' ')[0] ?? '');
  await terminal.press('?');
  await terminal.shows(ui.help.intro.split(',')[0] ?? '');
  await terminal.press('Escape');
  await terminal.showsNoMore(ui.help.intro.split(',')[0] ?? '');
}

/** Deletes the toolkit pod that another session left, after a question whose default is Cancel. */
async function cleanUp(terminal: Terminal, language: Language, pod: string): Promise<void> {
  const { toolkit, console: text } = MESSAGES[language];
  await terminal.press('x');
  await terminal.shows(pod);
  await terminal.press('Enter');
  await terminal.showsNoMore(toolkit.console.delete);
  await terminal.press('x');
  await terminal.shows(toolkit.console.delete);
  await terminal.press(toolkit.console.deleteKey);
  await terminal.shows(toolkit.console.allGone);
  await terminal.shows(text.dialogs.finished);
  await terminal.press('Escape');
  await terminal.showsNoMore(text.dialogs.finished);
}

/** A pod with tools that ends by itself, as a colleague leaves it. */
async function leaveToolkit(): Promise<string> {
  const { stdout, exitCode } = await runProduct(['toolkit', 'up', '-n', 'shop', '--yes', '--ttl', '3m', '-o', 'json']);
  expect(exitCode, stdout).toBe(0);
  const [pod = ''] = /debug-toolkit[\w-]*/u.exec(stdout) ?? [];
  return pod;
}

describe.skipIf(!HAS_TMUX || !HAS_SCRIPTS)(`the console${NEEDS_TMUX}${NEEDS_SCRIPTS}`, () => {
  test.each([[SMALL, 'en'], [LARGE, 'es'], [{ columns: 200, rows: 60 }, 'en']] as const)('pick, run, verdict, zoom, copy, clean up, quit, at %j in %s', async (size, language) => {
    const { ui, causes } = MESSAGES[language];
    const toolkit = await leaveToolkit();
    const terminal = await open(size, language);
    await choose(terminal, 'shop');
    await terminal.shows(ui.titles.pods('shop'));
    await choose(terminal, 'web-');
    await terminal.shows('sidecar');
    // Keys that nothing is bound to.
    await terminal.press('X', 'Z', 'F5', 'C-l');
    await terminal.press('j', 'Enter');
    await terminal.shows(`${ui.input.label}:`);
    await terminal.type('https://expired.payments.example/');
    await terminal.press('Enter');
    await terminal.shows(causes['tls.expired'].title);
    await terminal.shows(ui.run.completed);
    for (const layer of Object.values(ui.layers)) await terminal.shows(layer);
    await zoomAndHelp(terminal, language);
    await terminal.press('X', 'F7', '9', 'C-l');
    await cleanUp(terminal, language, toolkit);
    await terminal.resize({ columns: 50, rows: 12 });
    await terminal.shows('50x12');
    await terminal.resize(size === SMALL ? LARGE : SMALL);
    await terminal.shows(causes['tls.expired'].title);
    await terminal.press('q');
    const { exitCode, screen, restored } = await terminal.left();
    expect({ exitCode, restored }).toEqual({ exitCode: 1, restored: true });
    expect(screen).toContain('https://expired.payments.example/');
    expect(screen).toContain(causes['tls.expired'].title);
    expect(screen).toContain(ui.verdict.status.fault);
  });

  test.each([[SMALL, 'es'], [LARGE, 'en']] as const)('a destination picked from what the environment names, at %j in %s', async (size, language) => {
    const { ui } = MESSAGES[language];
    const terminal = await open(size, language);
    await choose(terminal, 'shop');
    await terminal.shows(ui.titles.pods('shop'));
    await choose(terminal, 'orders-');
    await terminal.shows('/v1/charge');
    await terminal.press('Tab', '/');
    await terminal.type('v1/charge');
    await terminal.showsNoMore('api.mail.example');
    await terminal.press('Enter', 'Enter');
    await terminal.shows(ui.verdict.status.reachable);
    await terminal.shows(ui.run.completed);
    await terminal.press('q');
    const { exitCode, screen, restored } = await terminal.left();
    expect({ exitCode, restored }).toEqual({ exitCode: 0, restored: true });
    expect(screen).toContain('https://api.payments.example/v1/charge');
    expect(screen).toContain(ui.verdict.status.reachable);
  });

  test('esc leads back, step by step, and never out', async () => {
    const { ui } = en;
    const terminal = await open(SMALL, 'en');
    await choose(terminal, 'shop');
    await terminal.shows(ui.titles.pods('shop'));
    await choose(terminal, 'web-');
    await terminal.shows('sidecar');
    await terminal.press('Escape');
    await terminal.shows(ui.titles.pods('shop'));
    // The filter first, then the list.
    await terminal.press('Escape');
    await terminal.shows('payments-');
    await terminal.press('Escape');
    await terminal.shows(ui.titles.namespaces);
    for (let times = 0; times < 3; times += 1) await terminal.press('Escape');
    await terminal.shows('kube-system');
    await terminal.press('q');
    expect(await terminal.left()).toMatchObject({ exitCode: 0, restored: true });
  });

  test.each([['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const)('%s during a run restores the terminal: exit code %d', async (signal, code) => {
    const terminal = await open(SMALL, 'en');
    await choose(terminal, 'shop');
    await terminal.shows(en.ui.titles.pods('shop'));
    await choose(terminal, 'orders-');
    await terminal.shows(`${en.ui.input.label}:`);
    await terminal.type('https://silent.payments.example/');
    await terminal.press('Enter');
    await terminal.shows(en.ui.panels.path);
    await terminal.kill(signal);
    expect(await terminal.left()).toMatchObject({ exitCode: code, restored: true });
  });
});

test('in a pipe the console says what to use', async () => {
  const { message, hint } = en.cli.problems['no-terminal']('', null);
  expect(await runProduct([])).toMatchObject({ exitCode: 3, stdout: '', stderr: `Error: ${message}\n${hint}\n` });
});

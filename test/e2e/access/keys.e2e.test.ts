import { describe, expect, onTestFinished, test } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import { deletePod, makePod } from './pods.ts';
import { runningThings } from './traces.ts';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from '../cluster.ts';
import { runProduct } from '../product.ts';
import { HAS_TMUX, NEEDS_TMUX, Terminal, type Size } from '../terminal.ts';

/** Into a pod and out again, by keys. Each test has a pod of its own, without a shell. */

const SIZE: Size = { columns: 120, rows: 40 };
const { ui, access, toolkit, causes } = en;
const WAIT = { timeout: 20_000, interval: 300 };
const TEST_MS = 120_000;

async function ownPod(): Promise<string> {
  const { name } = await makePod('bare');
  onTestFinished(() => deletePod(name));
  return name;
}

async function open(...argv: readonly string[]): Promise<Terminal> {
  const terminal = await Terminal.open(SIZE, ['--lang', 'en', ...argv]);
  onTestFinished(() => terminal.close());
  await terminal.shows('kube-system');
  return terminal;
}

/** From the list of namespaces to a run in the pod. */
async function runIn(terminal: Terminal, pod: string, destination: string): Promise<void> {
  for (const text of ['shop', pod]) {
    await terminal.press('/');
    await terminal.type(text);
    await terminal.showsNoMore(text === 'shop' ? 'kube-system' : 'payments-');
    await terminal.press('Enter', 'Enter');
    await terminal.shows(text === 'shop' ? 'payments-' : `${ui.input.label}:`);
  }
  await terminal.type(destination);
  await terminal.press('Enter');
}

async function enterAndAgree(terminal: Terminal, pod: string, destination: string): Promise<void> {
  await runIn(terminal, pod, destination);
  await terminal.asks(access.console.title);
  await terminal.shows(`kubectl`);
  await terminal.press(access.console.agreeKey);
}

/** Esc and the next key must not come as one: that is alt. */
async function close(terminal: Terminal, text: string): Promise<void> {
  await terminal.press('Escape');
  await terminal.showsNoMore(text);
}

async function nothingRuns(): Promise<void> {
  await expect.poll(runningThings, WAIT).toEqual([]);
}

describe.skipIf(!HAS_TMUX || !HAS_SCRIPTS)(`access from the console${NEEDS_TMUX}${NEEDS_SCRIPTS}`, () => {
  test('a run makes its container after a yes, x deletes it and shows the confirmation, and more presses change nothing', async () => {
    const pod = await ownPod();
    const terminal = await open('--write', '--ttl', '2m');
    await enterAndAgree(terminal, pod, 'https://expired.payments.example/');
    await terminal.shows(causes['tls.expired'].title);
    await terminal.shows(ui.run.completed);
    await terminal.press('x');
    await terminal.shows(toolkit.found(1));
    await terminal.press(toolkit.console.deleteKey, toolkit.console.deleteKey, 'x', 'x');
    await terminal.shows(toolkit.console.confirmed);
    await terminal.shows(toolkit.console.allGone);
    await nothingRuns();
    await close(terminal, toolkit.console.allGone);
    await terminal.shows(causes['tls.expired'].title);
    await terminal.press('x');
    await terminal.shows('Nothing of yours');
    await close(terminal, 'Nothing of yours');
    await terminal.press('q');
    expect(await terminal.left()).toMatchObject({ exitCode: 1, restored: true });
  }, TEST_MS);

  test('without --write nothing is made: the ways in are shown with their commands', async () => {
    const pod = await ownPod();
    const terminal = await open();
    await runIn(terminal, pod, 'https://api.payments.example/');
    await terminal.asks(access.title);
    await terminal.shows(`debug -n shop ${pod}`);
    await terminal.shows(access.console.armHint.slice(0, 30));
    await close(terminal, access.console.armHint.slice(0, 30));
    await terminal.press('w');
    await terminal.shows(`debug -n shop ${pod}`);
    expect(await runningThings()).toEqual([]);
    await close(terminal, `debug -n shop ${pod}`);
    await terminal.press('q');
    expect(await terminal.left()).toMatchObject({ exitCode: 2, restored: true });
  }, TEST_MS);

  test('enter on the question is a no', async () => {
    const pod = await ownPod();
    const terminal = await open('--write');
    await runIn(terminal, pod, 'https://api.payments.example/');
    await terminal.asks(access.console.title);
    await terminal.press('Enter');
    await terminal.asks(access.title);
    expect(await runningThings()).toEqual([]);
    await close(terminal, `debug -n shop ${pod}`);
    await terminal.press('q');
    expect(await terminal.left()).toMatchObject({ exitCode: 2, restored: true });
  }, TEST_MS);

  test('a shell has the size of the window, takes ctrl-c, and gives the very same screen back', async () => {
    const pod = await ownPod();
    const terminal = await open('--write', '--ttl', '3m');
    await enterAndAgree(terminal, pod, 'https://expired.payments.example/');
    await terminal.shows(ui.run.completed);
    // Notices pass.
    await terminal.showsNoMore('Waiting for');
    const before = await body(terminal);
    await terminal.press('s');
    await terminal.showsNoMore(ui.run.completed);
    await terminal.type('echo "$((6 * 7)) in $(hostname)"; stty size');
    await terminal.press('Enter');
    await terminal.shows(`42 in ${pod}`);
    await terminal.shows('40 120');
    await terminal.resize({ columns: 100, rows: 30 });
    await terminal.type('clear; stty size');
    await terminal.press('Enter');
    await terminal.shows('30 100');
    await terminal.resize(SIZE);
    await terminal.type('sleep 1000; echo "ended with $?"');
    await terminal.press('Enter');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await terminal.press('C-c');
    await terminal.type('echo still here');
    await terminal.press('Enter');
    await expect.poll(async () => (await terminal.screen()).split('\n').some((line) => line.trim() === 'still here'), WAIT).toBe(true);
    await terminal.type('exit 0');
    await terminal.press('Enter');
    await terminal.shows(access.console.shellEnded(0));
    await terminal.showsNoMore(access.console.shellEnded(0));
    expect(await body(terminal)).toBe(before);
    await terminal.press('q');
    await terminal.asks(toolkit.console.leaveTitle);
    await terminal.press(toolkit.console.deleteKey);
    expect(await terminal.left()).toMatchObject({ exitCode: 1, restored: true });
    await nothingRuns();
  }, TEST_MS);

  test('leaving asks what shall become of what was made: it can stay, and the next console finds it', async () => {
    const pod = await ownPod();
    const terminal = await open('--write', '--ttl', '5m');
    await enterAndAgree(terminal, pod, 'https://expired.payments.example/');
    await terminal.shows(ui.run.completed);
    await terminal.press('q');
    await terminal.asks(toolkit.console.leaveTitle);
    await terminal.press('Escape');
    await terminal.shows(causes['tls.expired'].title);
    await terminal.press('q');
    await terminal.asks(toolkit.console.leaveTitle);
    await terminal.press(toolkit.console.keepKey);
    expect(await terminal.left()).toMatchObject({ exitCode: 1, restored: true });
    const [left = ''] = await runningThings();
    expect(left).toContain(pod);
    const told = await runProduct(['run', '-n', 'shop', 'deploy/orders', '--to', 'https://api.payments.example/']);
    expect(told.stderr).toContain(toolkit.leftEarlier([left.replace('container ', '')]));
    const next = await open();
    await next.shows(toolkit.console.leftEarlier(1));
    await next.press('x');
    await next.shows(toolkit.found(1));
    await next.press(toolkit.console.deleteKey);
    await next.shows(toolkit.console.allGone);
    await nothingRuns();
    await close(next, toolkit.console.allGone);
    await next.press('q');
    expect(await next.left()).toMatchObject({ restored: true });
  }, TEST_MS);

  test.each([['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const)('%s while a run is in a container of ours ends that, too: exit code %d', async (signal, code) => {
    const pod = await ownPod();
    const terminal = await open('--write', '--ttl', '1m');
    await enterAndAgree(terminal, pod, 'https://silent.payments.example/');
    await terminal.shows(ui.panels.path);
    await expect.poll(runningThings, WAIT).not.toEqual([]);
    await terminal.kill(signal);
    expect(await terminal.left()).toMatchObject({ exitCode: code, restored: true });
    await nothingRuns();
  }, TEST_MS);
});

/** All but what changes by itself: the header's time and the footer. */
async function body(terminal: Terminal): Promise<string> {
  return (await terminal.screen()).split('\n').slice(1, -1).join('\n');
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { HAS_SCRIPTS, NEEDS_SCRIPTS } from './cluster.ts';
import { runProduct } from './product.ts';
import { HAS_TMUX, NEEDS_TMUX, Terminal } from './terminal.ts';

/** Two consoles at one run against the test cluster, each in a terminal of its own. */

const SMALL = { columns: 80, rows: 24 };
const { username } = userInfo();

async function open(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Terminal> {
  const terminal = await Terminal.open(SMALL, argv, env);
  onTestFinished(() => terminal.close());
  return terminal;
}

async function stateFolder(): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), 'netdiag-pairing-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { XDG_STATE_HOME: join(folder, 'state'), NETDIAG_SHARED_DIR: join(folder, 'shared') };
}

/** From the first list to a run. */
async function drive(terminal: Terminal, destination: string): Promise<void> {
  await terminal.shows('kube-system');
  await terminal.press('/');
  await terminal.type('shop');
  await terminal.showsNoMore('kube-system');
  await terminal.press('Enter');
  await terminal.press('Enter');
  await terminal.shows(en.ui.titles.pods('shop'));
  await terminal.press('/');
  await terminal.type('orders-');
  await terminal.showsNoMore('payments-');
  await terminal.press('Enter');
  await terminal.press('Enter');
  await terminal.shows(`${en.ui.input.label}:`);
  await terminal.type(destination);
  await terminal.press('Enter');
}

describe.skipIf(!HAS_TMUX || !HAS_SCRIPTS)(`two consoles at one run${NEEDS_TMUX}${NEEDS_SCRIPTS}`, () => {
  test('the second sees the run, the driver’s cursor and notes, scrolls by itself, mirrors when it wants, and outlives the driver', async () => {
    const env = await stateFolder();
    const driver = await open(['--share'], env);
    await drive(driver, 'https://expired.payments.example/');
    await driver.shows(en.causes['tls.expired'].title);
    const follower = await open(['attach'], env);
    await follower.shows(en.causes['tls.expired'].title);
    await follower.shows(`◆ ${username}`);

    await driver.press('3');
    await expect.poll(async () => (await follower.screen()).split('\n').find((row) => row.includes('3 Transport'))).toContain(`◆ ${username}`);
    await follower.press('2');
    await expect.poll(async () => (await follower.screen()).split('\n').find((row) => row.startsWith('▶'))).toContain('2 Internet');
    expect((await driver.screen()).split('\n').find((row) => row.startsWith('▶'))).toContain('3 Transport');

    await follower.press('n');
    await follower.shows(en.pairing.noteTitle);
    await follower.type('the proxy was renewed at nine');
    await follower.press('Enter');
    await driver.shows('the proxy was renewed at nine');
    await driver.press('n');
    await driver.shows(en.pairing.noteTitle);
    await driver.type('I ask its owner');
    await driver.press('Enter');
    await follower.shows('I ask its owner');

    await follower.press('m');
    await expect.poll(async () => (await follower.screen()).split('\n').find((row) => row.startsWith('▶'))).toContain('3 Transport');
    await driver.press('1');
    await expect.poll(async () => (await follower.screen()).split('\n').find((row) => row.startsWith('▶'))).toContain('1 Network access');

    await driver.press('q');
    expect((await driver.left()).exitCode).toBe(1);
    await follower.shows(en.pairing.heard.closed(username));
    await follower.press('q');
    expect(await follower.left()).toMatchObject({ exitCode: 1, restored: true });

    const shared = env['NETDIAG_SHARED_DIR'] ?? '';
    const [recording = ''] = (await readdir(shared)).filter((name) => !name.includes('.notes.'));
    const { stdout } = await runProduct(['report', join(shared, recording), '-o', 'markdown'], { env });
    for (const text of ['the proxy was renewed at nine', 'I ask its owner']) expect(stdout.split(text)).toHaveLength(2);
  }, 120_000);

  test('a driver that is killed is missed, and what was seen stays', async () => {
    const env = await stateFolder();
    const driver = await open([], env);
    await drive(driver, 'https://expired.payments.example/');
    await driver.shows(en.causes['tls.expired'].title);
    const follower = await open(['attach'], env);
    await follower.shows(en.causes['tls.expired'].title);
    await driver.kill('SIGKILL');
    await follower.shows(en.pairing.heard.silent(username));
    await follower.shows(en.pairing.heard.gone(username));
    await follower.shows(en.causes['tls.expired'].title);
    await follower.press('q');
    expect(await follower.left()).toMatchObject({ restored: true });
  }, 120_000);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, type IPty } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDevConsole } from '../ui/dev-console.build.mjs';

/**
 * The console behind a line of 9,600 baud with 300 ms of delay each way. What is counted is bytes: on such a line they are the time, and
 * they are the same on every machine.
 */

const BYTES_PER_SECOND = 960;
const DELAY_MS = 300;

let folder = '';
const open: SlowLine[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netdiag-slow-'));
  await buildDevConsole(join(folder, 'console.mjs'));
}, 60_000);
afterAll(async () => {
  for (const line of open) line.hangUp();
  await rm(folder, { recursive: true, force: true });
});

/** A terminal that takes what the pseudo-terminal has no faster than the line carries it; until then the console's writes wait. */
class SlowLine {
  readonly #screen = new Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  readonly #pty: IPty;
  bytes = 0;

  constructor(name: string) {
    const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    this.#pty = spawn(process.execPath, [join(folder, 'console.mjs'), name], { cols: 80, rows: 24, env });
    this.#pty.onData((data) => {
      const length = Buffer.byteLength(data);
      this.#pty.pause();
      setTimeout(() => { this.#pty.resume(); }, (length / BYTES_PER_SECOND) * 1_000);
      setTimeout(() => {
        this.bytes += length;
        this.#screen.write(data);
      }, DELAY_MS);
    });
    open.push(this);
  }

  type(keys: string): void {
    setTimeout(() => { this.#pty.write(keys); }, DELAY_MS);
  }

  get text(): string {
    const { active } = this.#screen.buffer;
    return Array.from({ length: 24 }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join('\n');
  }

  /** How many bytes came until the screen shows it. */
  async bytesUntil(text: string | RegExp): Promise<number> {
    const before = this.bytes;
    await expect.poll(() => this.text, { timeout: 60_000, interval: 20 }).toMatch(text);
    return this.bytes - before;
  }

  hangUp(): void {
    this.#pty.kill();
  }
}

describe('over a line of 9,600 baud', () => {
  it('one gets from the first list to a verdict, typing ahead of what is drawn', async () => {
    const line = new SlowLine('well');
    await line.bytesUntil('shop');
    line.type('gg\r');
    await line.bytesUntil('Destination');
    line.type('slam.payments.example:8080\r');
    await line.bytesUntil('tcp.filtered');
    expect(line.bytes, 'the whole session').toBeLessThan(16_384);
  }, 120_000);

  it('keys that come faster than the line are answered together', async () => {
    const line = new SlowLine('crowd');
    await line.bytesUntil('shop');
    line.type('0');
    await line.bytesUntil(/\(10000\)[^]*crowd-00005/u);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (let key = 0; key < 10; key += 1) line.type('j');
    expect(await line.bytesUntil('❯ shop       crowd-00010')).toBeLessThan(10 * 300);
  }, 120_000);

  it('a key gets its answer while output streams at two hundred lines a second', async () => {
    const line = new SlowLine('stream');
    await line.bytesUntil('shop');
    line.type('gg\r');
    await line.bytesUntil('Destination');
    line.type('slam.payments.example:8080\r');
    await line.bytesUntil('* line');
    line.type('?');
    // The pseudo-terminal and its reader hold 4 kB each that were written before; the rest is frames that were under way.
    expect(await line.bytesUntil('Keys')).toBeLessThan(24_576);
  }, 120_000);
});

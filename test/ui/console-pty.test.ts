import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, type IPty } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDevConsole } from './dev-console.build.mjs';

/** The console in a pseudo-terminal of its own, ended in every way there is. */

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netdiag-console-'));
  await buildDevConsole(join(folder, 'console.mjs'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exitCode: number;
  readonly written: string;
}

class PtySession {
  readonly pty: IPty;
  readonly ended: Promise<Ended>;
  written = '';

  constructor(name: string) {
    const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
    this.pty = spawn(process.execPath, [join(folder, 'console.mjs'), name], { cols: 80, rows: 24, env });
    this.pty.onData((data) => {
      this.written += data;
    });
    this.ended = new Promise((resolve) => {
      this.pty.onExit(({ exitCode }) => { resolve({ exitCode, written: this.written }); });
    });
  }

  async wrote(text: string): Promise<void> {
    await expect.poll(() => this.written, { timeout: 20_000 }).toContain(text);
  }
}

async function openRun(name: string): Promise<PtySession> {
  const session = new PtySession(name);
  await session.wrote('this machine');
  session.pty.write('gg\r');
  await session.wrote('Destination');
  session.pty.write('slam.payments.example:8080\r');
  return session;
}

function expectRestored(written: string): void {
  expect(written.lastIndexOf('\u001b[?1049l')).toBeGreaterThan(written.lastIndexOf('\u001b[?1049h'));
  expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.lastIndexOf('\u001b[?25l'));
  expect(written.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(written.lastIndexOf('\u001b[?2004h'));
}

describe('the terminal is put back', () => {
  it('after q, with the verdict left on it', async () => {
    const session = await openRun('well');
    await session.wrote('tcp.filtered');
    session.pty.write('q');
    const { exitCode, written } = await session.ended;
    expect(exitCode).toBe(1);
    expectRestored(written);
    expect(written.slice(written.lastIndexOf('\u001b[?1049l'))).toContain('tcp.filtered');
  }, 30_000);

  it.each([['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const)('after %s, with exit code %d', async (signal, code) => {
    const session = await openRun('stream');
    await session.wrote('* line');
    session.pty.kill(signal);
    const { exitCode, written } = await session.ended;
    expect(exitCode).toBe(code);
    expectRestored(written);
  }, 30_000);

  it('after a crash, with one sentence and no stack', async () => {
    const session = await openRun('crash');
    const { exitCode, written } = await session.ended;
    expect(exitCode).toBe(3);
    expectRestored(written);
    const after = written.slice(written.lastIndexOf('\u001b[?1049l'));
    expect(after).toContain('netdiag-tui broke down: something that nobody foresaw');
    expect(after).not.toContain('    at ');
  }, 30_000);
});

it('writes nothing while nothing happens', async () => {
  const session = new PtySession('well');
  await session.wrote('shop');
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = session.written.length;
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const idle = session.written.length - before;
  session.pty.write('q');
  await session.ended;
  expect(idle).toBe(0);
}, 30_000);

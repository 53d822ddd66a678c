import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { es } from '../../src/i18n/es.ts';
import { BIN } from './product.ts';

/** A real terminal, tmux's, with the console in it. */

export const HAS_TMUX = spawnSync('tmux', ['-V']).status === 0;
export const NEEDS_TMUX = HAS_TMUX ? '' : ' (skipped: no tmux)';

/** Runs the command that follows it, and says afterwards how it ended and whether the terminal is as it was. */
const AFTERWARDS = 'before=$(stty -g); "$@"; code=$?; [ "$before" = "$(stty -g)" ] && tty=same || tty=changed; echo "exit=$code tty=$tty"; exec cat';

const WAIT = { timeout: 40_000, interval: 100 };

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export class Terminal {
  readonly #folder: string;
  #isClosed = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open({ columns, rows }: Size, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Terminal> {
    const terminal = new Terminal(await mkdtemp(join(tmpdir(), 'netdiag-e2e-')));
    const size = ['-x', String(columns), '-y', String(rows)];
    const command = ['sh', '-c', AFTERWARDS, 'sh', process.execPath, BIN, ...argv];
    const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    await terminal.#tmux(['-f', '/dev/null', 'new-session', '-d', ...variables, ...size, ...command]);
    return terminal;
  }

  /** Keys by tmux's names: `Enter`, `Escape`, `C-c`, `/`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#tmux(['send-keys', ...keys]);
  }

  async type(text: string): Promise<void> {
    await this.#tmux(['send-keys', '-l', text]);
  }

  async resize({ columns, rows }: Size): Promise<void> {
    await this.#tmux(['resize-window', '-x', String(columns), '-y', String(rows)]);
  }

  screen(): Promise<string> {
    return this.#tmux(['capture-pane', '-p']);
  }

  async shows(text: string): Promise<void> {
    await expect.poll(() => this.screen(), WAIT).toContain(text);
  }

  /** A dialog that opened by itself: it takes keys once none has come for a while, and says so until then. */
  async asks(title: string): Promise<void> {
    await this.shows(title);
    for (const { console } of [en, es]) await this.showsNoMore(console.dialogs.guarded.slice(0, 30));
  }

  async showsNoMore(text: string): Promise<void> {
    await expect.poll(() => this.screen(), WAIT).not.toContain(text);
  }

  /** To the console itself, not to the shell that started it. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const shell = await this.#tmux(['display-message', '-p', '#{pane_pid}']);
    const children = await readFile(`/proc/${shell}/task/${shell}/children`, 'utf8');
    process.kill(Number(children.trim().split(' ')[0]), signal);
  }

  /** Waits until the console has been left. What is then on the screen, and whether the terminal is as it was before. */
  async left(): Promise<{ readonly exitCode: number; readonly screen: string; readonly restored: boolean }> {
    await this.shows('exit=');
    const screen = await this.screen();
    const [, exitCode = '', tty = ''] = /^exit=(\d+) tty=(\w+)$/mu.exec(screen) ?? [];
    const modes = await this.#tmux(['display-message', '-p', '#{alternate_on} #{cursor_flag} #{mouse_any_flag}']);
    return { exitCode: Number(exitCode), screen, restored: tty === 'same' && modes === '0 1 0' };
  }

  /** Who still waits for something on its screen waits in vain. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await execa('tmux', ['-S', join(this.#folder, 'tmux'), 'kill-server'], { reject: false });
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #tmux(argv: readonly string[]): Promise<string> {
    return this.#isClosed ? '' : (await execa('tmux', ['-u', '-S', join(this.#folder, 'tmux'), ...argv])).stdout;
  }
}

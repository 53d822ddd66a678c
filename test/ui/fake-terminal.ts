import { PassThrough, Writable } from 'node:stream';
import { Terminal } from '@xterm/headless';
import type { ConsoleStreams } from '../../src/ui/index.ts';

/** A terminal emulator behind the streams that a console gets: what is written becomes a screen that can be read. */
export class FakeTerminal {
  readonly streams: ConsoleStreams;
  readonly emulator: Terminal;
  readonly #stdin = new PassThrough();
  readonly #stdout: Writable & { columns: number; rows: number };
  readonly #errors: string[] = [];
  #written = '';
  isRaw = false;

  constructor(columns: number, rows: number) {
    // convertEol: a terminal driver in raw mode as Node sets it still makes CR LF of LF (libuv, uv_tty_set_mode: ONLCR).
    this.emulator = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
    const stdout = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#written += chunk.toString();
        this.emulator.write(chunk, done);
      },
    });
    this.#stdout = Object.assign(stdout, { columns, rows, isTTY: true });
    const stdin = Object.assign(this.#stdin, {
      isTTY: true,
      setRawMode: (isRaw: boolean) => {
        this.isRaw = isRaw;
      },
      ref: () => undefined,
      unref: () => undefined,
    });
    const stderr = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.#errors.push(chunk.toString());
        done();
      },
    });
    this.streams = { stdin, stdout: this.#stdout, stderr } as unknown as ConsoleStreams;
  }

  type(text: string): void {
    this.#stdin.write(text);
  }

  hangUp(): void {
    this.#stdin.end();
  }

  resize(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    Object.assign(this.#stdout, { columns, rows });
    this.#stdout.emit('resize');
  }

  /** The rows on the screen, without the spaces at their ends. */
  get rows(): readonly string[] {
    const { active } = this.emulator.buffer;
    return Array.from({ length: this.emulator.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '');
  }

  get screen(): string {
    return this.rows.join('\n');
  }

  get isAlternateScreen(): boolean {
    return this.emulator.buffer.active.type === 'alternate';
  }

  /** Every byte that was written. */
  get written(): string {
    return this.#written;
  }

  get errors(): string {
    return this.#errors.join('');
  }

  /** Resolves when the screen shows `text`; rejects with the screen after fifteen seconds. */
  async shows(text: string): Promise<void> {
    await this.#until(() => this.screen.includes(text), `does not show "${text}"`);
  }

  async hides(text: string): Promise<void> {
    await this.#until(() => !this.screen.includes(text), `still shows "${text}"`);
  }

  async #until(holds: () => boolean, complaint: string): Promise<void> {
    const deadlineMs = performance.now() + 15_000;
    while (!holds()) {
      if (performance.now() > deadlineMs) throw new Error(`The screen ${complaint}:\n${this.screen}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

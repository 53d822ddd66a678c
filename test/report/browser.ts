import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { once } from 'node:events';
import { WebSocket } from 'ws';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Chromium, where this machine has one; null elsewhere. */
export function findChromium(): string | null {
  const paths = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }) ?? null;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A page in headless Chromium, spoken to by the DevTools protocol. */
export class Page {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;
  /** Every URL that the page asked for. */
  readonly requests: string[] = [];

  private constructor(started: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = started;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString('utf8')) as Answer;
      if (answer.method === 'Network.requestWillBeSent') this.requests.push(answer.params?.request?.url ?? '');
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async open(chromium: string): Promise<Page> {
    const profile = mkdtempSync(join(tmpdir(), 'netdiag-page-'));
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
    const started = spawn(chromium, [...flags, 'about:blank'], { stdio: 'ignore' });
    const port = await portOf(profile, started);
    const [tab] = ((await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { type: string; webSocketDebuggerUrl: string }[]).filter(({ type }) => type === 'page');
    const socket = new WebSocket(tab?.webSocketDebuggerUrl ?? '');
    await once(socket, 'open');
    const page = new Page(started, profile, socket);
    await page.ask('Network.enable');
    await page.ask('Page.enable');
    return page;
  }

  async ask(method: string, params: unknown = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** The file, laid out for a window of this width. */
  async show(path: string, width: number, height: number): Promise<void> {
    await this.ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.ask('Page.navigate', { url: `file://${path}` });
    for (let tries = 0; tries < 200 && (await this.evaluate('document.readyState')) !== 'complete'; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** An expression's value; the page's own policy does not bind the one who debugs it. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = (await this.ask('Runtime.evaluate', { expression, returnByValue: true })) as { result: { value?: unknown } };
    return result.value;
  }

  async picture(): Promise<Buffer> {
    const { data } = (await this.ask('Page.captureScreenshot', { captureBeyondViewport: true })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async paper(): Promise<Buffer> {
    const { data } = (await this.ask('Page.printToPDF')) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async close(): Promise<void> {
    this.#socket.close();
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function portOf(profile: string, started: ChildProcess): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
    if (started.exitCode !== null) throw new Error('Chromium ended');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return readFileSync(file, 'utf8').split('\n')[0] ?? '';
}

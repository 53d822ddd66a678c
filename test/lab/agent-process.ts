/** The lab's hand in a namespace: a Node process there that opens servers on command. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import type { ServerSpec } from './servers/spec.ts';

const AGENT = fileURLToPath(new URL('agent.ts', import.meta.url));

interface Reply {
  readonly id: number;
  readonly error: string | null;
}

export class AgentProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #count = 0;
  #said = '';

  constructor(namespace: string) {
    this.#child = spawn('ip', ['netns', 'exec', namespace, process.execPath, AGENT], { env: { PATH: process.env['PATH'] } });
    this.#child.stderr.on('data', (chunk: Buffer) => { this.#said += chunk.toString(); });
    createInterface({ input: this.#child.stdout }).on('line', (line) => { this.#settle(JSON.parse(line) as Reply); });
    this.#child.once('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`agent in ${namespace} ended: ${this.#said}`));
    });
  }

  serve(spec: ServerSpec): Promise<void> {
    return this.#send({ op: 'serve', spec });
  }

  /** Opens connections, says something on each, and keeps them; with `waits`, without waiting until they are there. */
  hold(address: string, port: number, count: number, waits: boolean, says: string): Promise<void> {
    return this.#send({ op: 'hold', address, port, count, waits, says });
  }

  /** Closes every server and every connection. */
  reset(): Promise<void> {
    return this.#send({ op: 'reset' });
  }

  end(): void {
    this.#child.stdin.end();
  }

  #settle({ id, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) waiting?.resolve();
    else waiting?.reject(new Error(error));
  }

  #send(message: object): Promise<void> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ id, ...message })}\n`);
    });
  }
}

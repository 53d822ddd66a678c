/** A vantage that runs nothing: each command gets the output that the script has for it, and what was asked is kept. */
import type { CommandFailure, CommandResult, CommandSpec, OutputLine } from '../../src/domain/command.ts';
import type { ToolsFact } from '../../src/domain/facts.ts';
import type { ByteChannel, RunOptions, Vantage, VantageIdentity } from '../../src/domain/vantage.ts';

export interface Reply {
  readonly out?: readonly string[];
  readonly err?: readonly string[];
  readonly exitCode?: number;
  readonly failure?: CommandFailure;
  readonly detail?: string;
  readonly afterMs?: number;
  /** Prints what it has and does not end: only a signal or the command's own limit ends it. */
  readonly hangs?: true;
  /** Breaks the contract of Vantage: rejects. */
  readonly throws?: string;
  /** Ends when this settles. */
  readonly until?: Promise<unknown>;
}

export type Script = (argv: readonly string[]) => Reply | null;

export interface Ran {
  readonly argv: readonly string[];
  readonly spec: CommandSpec;
  readonly signal: AbortSignal;
  ended: boolean;
}

export interface ScriptedVantage extends Vantage {
  readonly ran: readonly Ran[];
  readonly learned: readonly ToolsFact[];
}

export function identity(more: Partial<VantageIdentity> = {}): VantageIdentity {
  return { id: 'target', role: 'target', kind: 'via', name: 'here', node: null, pod: null, relation: 'self', prefix: [], ...more };
}

/** What the script has no reply for is a program that is not there. */
export function scriptedVantage(script: Script, who: VantageIdentity = identity()): ScriptedVantage {
  const ran: Ran[] = [];
  const learned: ToolsFact[] = [];
  return {
    identity: who,
    ran,
    learned,
    learn: (tools) => { learned.push(tools); },
    run: (spec, options) => {
      const one: Ran = { argv: spec.argv, spec, signal: options.signal, ended: false };
      ran.push(one);
      return play(script(spec.argv) ?? notThere(spec.argv), spec, options).finally(() => { one.ended = true; });
    },
    openChannel: (spec, options) => {
      const one: Ran = { argv: spec.argv, spec, signal: options.signal, ended: false };
      ran.push(one);
      return channelOf(script(spec.argv) ?? notThere(spec.argv), spec, options, one);
    },
    close: () => Promise.resolve(),
  };
}

export function notThere(argv: readonly string[]): Reply {
  return { failure: 'no-such-command', detail: `${argv[0] ?? ''}: not found` };
}

async function play(reply: Reply, spec: CommandSpec, { signal, onLine }: RunOptions): Promise<CommandResult> {
  if (reply.throws !== undefined) throw new Error(reply.throws);
  const lines: OutputLine[] = [
    ...(reply.out ?? []).map((text) => ({ stream: 'stdout', text, atMs: 1 }) as const),
    ...(reply.err ?? []).map((text) => ({ stream: 'stderr', text, atMs: 1 }) as const),
  ];
  for (const line of lines) onLine?.(line);
  const stopped = await waitFor(reply, spec.timeoutMs, signal);
  const failure = stopped ?? reply.failure ?? null;
  const text = (list: readonly string[] | undefined): string => (list ?? []).map((line) => `${line}\n`).join('');
  return {
    exitCode: failure === null ? (reply.exitCode ?? 0) : null,
    failure,
    detail: failure === null ? null : (reply.detail ?? failure),
    stdout: text(reply.out),
    stderr: text(reply.err),
    lines,
    durationMs: reply.afterMs ?? 1,
  };
}

/** Why the wait ended before its time; null when it did not. */
async function waitFor({ afterMs = 0, hangs, until }: Reply, timeoutMs: number, signal: AbortSignal): Promise<CommandFailure | null> {
  if (signal.aborted) return 'cancelled';
  return new Promise((resolve) => {
    const finish = (failure: CommandFailure | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(failure);
    };
    const cancel = (): void => { finish('cancelled'); };
    const timer = setTimeout(() => { finish(hangs === true || until !== undefined ? 'timed-out' : null); }, hangs === true || until !== undefined ? timeoutMs : afterMs);
    signal.addEventListener('abort', cancel);
    void until?.then(() => { finish(null); });
  });
}

function channelOf(reply: Reply, spec: CommandSpec, options: RunOptions, one: Ran): ByteChannel {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  const result = play(reply, spec, { ...options, signal }).finally(() => { one.ended = true; });
  return {
    write: () => undefined,
    output: bytesOf(reply, result),
    result,
    close: () => { stop.abort(); },
  };
}

/** What the reply says on standard output, as the bytes that come from the other end; then it stays open until the command ends. */
async function* bytesOf({ out = [] }: Reply, result: Promise<unknown>): AsyncGenerator<Uint8Array> {
  if (out.length > 0) yield Buffer.from(out.map((line) => `${line}\r\n`).join(''));
  await result.catch(() => undefined);
}

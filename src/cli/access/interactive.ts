import type { Writable } from 'node:stream';
import { openShell } from '../../access/shell.ts';
import type { ContainerAddress, ExecEnding, ExecSession, PodExec } from '../../kube/exec-socket.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { problem, problemLines } from '../problem.ts';
import { writeLines } from '../streams.ts';
import { holdTerminal } from './near-terminal.ts';

/** True where a person can be given a shell. */
export function hasTerminal({ streams }: Pick<CommandContext, 'streams'>): boolean {
  return streams.stdin.isTTY === true && streams.stdout.isTTY === true;
}

/** A shell, or a command, at this terminal; gives its exit code. When `signal` aborts, what runs there is ended first. */
export async function attach(exec: PodExec, address: ContainerAddress, argv: readonly string[], context: CommandContext, signal: AbortSignal): Promise<number> {
  const { exitCode, detail } = await attachTo(exec, address, argv, signal);
  if (detail !== null) tellLost(detail, context);
  return exitCode ?? EXIT.couldNotRun;
}

export interface Attached {
  /** null when it is not known. */
  readonly exitCode: number | null;
  /** Why it is not known; null when it was left on purpose. */
  readonly detail: string | null;
}

export async function attachTo(exec: PodExec, address: ContainerAddress, argv: readonly string[], leaving: AbortSignal): Promise<Attached> {
  const terminal = holdTerminal(process.stdin, process.stdout);
  const shell = openShell(exec, address, argv, terminal);
  const interrupted = new Promise<'interrupted'>((resolve) => {
    if (leaving.aborted) resolve('interrupted');
    leaving.addEventListener('abort', () => { resolve('interrupted'); }, { once: true });
  });
  const ended = await Promise.race([shell.ended, interrupted]);
  terminal.release();
  if (ended !== 'interrupted') return ended.kind === 'exited' ? { exitCode: ended.exitCode, detail: null } : { exitCode: null, detail: detailOf(ended) };
  await shell.hangUp();
  return { exitCode: null, detail: null };
}

/** A command without a terminal: its output goes where ours goes. */
export async function passThrough(exec: PodExec, address: ContainerAddress, argv: readonly string[], context: CommandContext, signal: AbortSignal): Promise<number> {
  const { streams } = context;
  const session = exec.start(address, argv, 'none', { stdout: passOn(streams.stdout, () => session), stderr: passOn(streams.stderr, () => session) });
  signal.addEventListener('abort', () => { session.disconnect(); }, { once: true });
  return exitCodeOf(await session.ended, context);
}

/** Writes no faster than the reader takes it: there may be more of it than memory. */
function passOn(stream: Writable, session: () => ExecSession): (bytes: Uint8Array) => void {
  let isWaiting = false;
  return (bytes) => {
    if (stream.write(bytes) || isWaiting) return;
    isWaiting = true;
    session().pause();
    stream.once('drain', () => {
      isWaiting = false;
      session().resume();
    });
  };
}

function exitCodeOf(ending: ExecEnding, context: CommandContext): number {
  if (ending.kind === 'exited') return ending.exitCode;
  tellLost(detailOf(ending), context);
  return EXIT.couldNotRun;
}

function detailOf(ending: Exclude<ExecEnding, { kind: 'exited' }>): string {
  return ending.kind === 'refused' ? ending.failure.detail : ending.detail;
}

function tellLost(detail: string, { streams, messages }: CommandContext): void {
  writeLines(streams.stderr, problemLines(problem('exec-failed', detail), messages));
}

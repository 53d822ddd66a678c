import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandFailure, CommandResult, CommandSpec } from '../domain/command.ts';
import type { ByteChannel, RunOptions, Vantage, VantageIdentity } from '../domain/vantage.ts';
import { createByteQueue } from './byte-queue.ts';
import { judgeEnding } from './not-started.ts';
import { createOutputCollector, type OutputCollector } from './output-collector.ts';
import { endCommand, NOTHING_KNOWN, wrapCommand, wrappingToolsOf, type WrappedCommand, type WrappingTools } from './remote-command.ts';
import type { Ending, RunningProcess, Transport } from './transport.ts';

/** How long to wait for a process id that has not come yet, when a command is to be ended. */
const PID_WAIT_MS = 3_000;
/** How long the second command, the one that ends the first, may take. */
const END_COMMAND_MS = 5_000;

interface StartedCommand {
  readonly result: Promise<CommandResult>;
  readonly process: RunningProcess | null;
  stop(failure: CommandFailure): void;
}

/**
 * Runs commands over a transport: output, time limit, cancelling, and ending what was left at the far end. A result comes as soon
 * as its command is over or given up; `close` waits until the far end is tidy.
 */
export function createVantage(identity: VantageIdentity, transport: Transport): Vantage {
  let tools: WrappingTools = NOTHING_KNOWN;
  const endings = new Set<Promise<void>>();

  const start = (spec: CommandSpec, options: RunOptions, onBytes: ((bytes: Uint8Array) => void) | null): StartedCommand => {
    if (options.signal.aborted) return { result: Promise.resolve(notEvenStarted()), process: null, stop: () => undefined };
    const wrapped = transport.isRemote
      ? wrapCommand(spec.argv, spec.timeoutMs, tools, randomBytes(6).toString('hex'))
      : { argv: spec.argv, marker: null };
    const collector = createOutputCollector(wrapped.marker, options.onLine);
    const input = onBytes !== null || spec.stdin !== undefined ? 'open' : 'none';
    const process = transport.start(wrapped.argv, input, onBytes === null ? collector : { stdout: onBytes, stderr: collector.stderr });
    if (spec.stdin !== undefined) {
      process.write(Buffer.from(spec.stdin));
      if (onBytes === null) process.endInput();
    }
    const endEverywhere = (): void => {
      const ending = endBothEnds(transport, process, wrapped.marker === null ? null : collector.pid);
      endings.add(ending);
      void ending.finally(() => endings.delete(ending));
    };
    return supervise({ spec, options, wrapped, collector, process, endEverywhere });
  };

  return {
    identity,
    run: (spec, options) => start(spec, options, null).result,
    openChannel(spec, options): ByteChannel {
      const queue = createByteQueue();
      const command = start(spec, options, queue.push);
      void command.result.then(() => { queue.end(); });
      return {
        write: (bytes) => command.process?.write(bytes),
        output: queue.bytes,
        result: command.result,
        close: () => { command.stop('cancelled'); },
      };
    },
    learn(fact) {
      tools = wrappingToolsOf(fact);
    },
    async close() {
      await Promise.all(endings);
      await transport.close();
    },
  };
}

interface Supervised {
  readonly spec: CommandSpec;
  readonly options: RunOptions;
  readonly wrapped: WrappedCommand;
  readonly collector: OutputCollector;
  readonly process: RunningProcess;
  readonly endEverywhere: () => void;
}

/** Its exit status speaks of an end that nobody read. */
const CUT: Ending = { exitCode: null, failure: 'too-much-output', detail: 'there was more output than is kept; the rest was dropped' };

/** Waits for the end, the time limit or the signal, whichever is first. */
function supervise({ spec, options, wrapped, collector, process, endEverywhere }: Supervised): StartedCommand {
  const startedAt = performance.now();
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  let isOver = false;

  const finish = (judge: (stderr: string) => Ending): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
    const hasStarted = wrapped.marker === null ? null : collector.hasStarted();
    const { isCut, ...output } = collector.finish();
    const ending = judge(output.stderr);
    // The way there broke, not the command: it may be running still.
    if (ending.failure === 'vantage-lost' && hasStarted === true) endEverywhere();
    resolve({ ...(isCut && ending.failure === null ? CUT : ending), ...output, durationMs: performance.now() - startedAt });
  };
  const stop = (failure: CommandFailure): void => {
    if (isOver) return;
    endEverywhere();
    const detail = failure === 'timed-out' ? `ended after ${String(spec.timeoutMs)} ms` : null;
    finish(() => ({ exitCode: null, failure, detail }));
  };
  const onAbort = (): void => { stop('cancelled'); };
  const timer = setTimeout(() => { stop('timed-out'); }, spec.timeoutMs);
  options.signal.addEventListener('abort', onAbort);
  const program = spec.argv[0] ?? '';
  void process.ended.then((ending) => {
    const hasStarted = wrapped.marker === null ? null : collector.hasStarted();
    finish((stderr) => judgeEnding({ program, outermost: wrapped.argv[0] ?? program, ending, stderr, hasStarted }));
  });
  return { result: promise, process, stop };
}

/** Ends the command where it runs, by its process id if that is known or still comes, and then this end of it. */
async function endBothEnds(transport: Transport, process: RunningProcess, pid: Promise<number> | null): Promise<void> {
  const nothing = process.ended.then(() => null);
  const farPid = pid === null ? null : await Promise.race([pid, nothing, delay(PID_WAIT_MS, null, { ref: false })]);
  if (farPid !== null) {
    const ending = transport.start(endCommand(farPid), 'none', { stdout: () => undefined, stderr: () => undefined });
    await Promise.race([ending.ended, delay(END_COMMAND_MS, null, { ref: false })]);
    ending.terminate();
  }
  process.terminate();
  await Promise.race([process.ended, delay(END_COMMAND_MS, null, { ref: false })]);
}

function notEvenStarted(): CommandResult {
  return { exitCode: null, failure: 'cancelled', detail: null, stdout: '', stderr: '', lines: [], durationMs: 0 };
}

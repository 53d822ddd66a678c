import { constants } from 'node:os';
import { execa } from 'execa';
import { composeArgv } from '../domain/shell-words.ts';
import type { Ending, OutputSinks, RunningProcess, Transport } from './transport.ts';

/** How long a local process group may take to end on TERM before it gets KILL. */
const KILL_AFTER_MS = 500;

/** Starts commands on this machine, behind a prefix or not. argv only: no shell of ours ever sees them. */
export function createCommandTransport(prefix: readonly string[]): Transport {
  return {
    isRemote: prefix.length > 0,
    start: (argv, input, sinks) => startLocal(composeArgv(prefix, argv), prefix.length > 0, input, sinks),
    close: () => Promise.resolve(),
  };
}

function startLocal(argv: readonly string[], hasPrefix: boolean, input: 'none' | 'open', sinks: OutputSinks): RunningProcess {
  const [program = '', ...rest] = argv;
  // A process group of its own: ctrl-c in the terminal does not reach it, and ending it takes its children along.
  const subprocess = execa(program, rest, {
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: input === 'open' ? 'pipe' : 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    env: { LC_ALL: 'C' },
    killDescendants: true,
    forceKillAfterDelay: KILL_AFTER_MS,
  });
  subprocess.stdout.on('data', (bytes: Uint8Array) => { sinks.stdout(bytes); });
  subprocess.stderr.on('data', (bytes: Uint8Array) => { sinks.stderr(bytes); });
  // A command may end without reading all of its input: EPIPE is no event of ours.
  subprocess.stdin?.on('error', () => undefined);
  return {
    write: (bytes) => { subprocess.stdin?.write(bytes); },
    endInput: () => { subprocess.stdin?.end(); },
    ended: subprocess.then((result) => readEnding(result, program, hasPrefix)),
    terminate: () => { subprocess.kill(); },
  };
}

interface LocalResult {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly code?: string | undefined;
  readonly shortMessage?: string | undefined;
}

function readEnding(result: LocalResult, program: string, hasPrefix: boolean): Ending {
  if (result.exitCode !== undefined) return { exitCode: result.exitCode, failure: null, detail: null };
  if (result.signal !== undefined) {
    const number = constants.signals[result.signal as NodeJS.Signals];
    return { exitCode: 128 + number, failure: null, detail: `ended by ${result.signal}` };
  }
  const reason = result.code === 'ENOENT' ? 'no such program' : (result.code ?? result.shortMessage ?? 'not started');
  if (hasPrefix) return { exitCode: null, failure: 'vantage-lost', detail: `${program}: ${reason}` };
  const failure = result.code === 'EACCES' || result.code === 'EPERM' ? 'not-permitted' : 'no-such-command';
  return { exitCode: null, failure, detail: `${program}: ${reason}` };
}

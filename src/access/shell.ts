import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerAddress, ExecEnding, PodExec, TerminalSize } from '../kube/exec-socket.ts';
import { endCommand, readPidLine } from '../vantage/remote-command.ts';

/** The near end of an interactive shell: a person's terminal. */
export interface NearTerminal {
  readonly size: TerminalSize;
  onInput(listener: (bytes: Uint8Array) => void): void;
  onResize(listener: (size: TerminalSize) => void): void;
  write(bytes: Uint8Array): void;
}

export interface RemoteShell {
  readonly ended: Promise<ExecEnding>;
  /** Ends the shell and all that was started in it, where it runs. */
  hangUp(): Promise<void>;
}

// The process tells its id before it becomes the shell. bash where there is one; without arguments, else what was asked for.
const SHELL_SCRIPT = 'echo "$1 $$"; shift; [ $# -gt 0 ] && exec "$@"; command -v bash >/dev/null 2>&1 && exec bash; exec sh';
const END_MS = 2_500;
/** More than this before the line with the process id is no such line. */
const LONGEST_PREAMBLE = 1_000;

/** A shell, or `argv` when it is not empty, in a container, at a person's terminal. */
export function openShell(exec: PodExec, address: ContainerAddress, argv: readonly string[], terminal: NearTerminal): RemoteShell {
  const marker = `netdiag-pid-${randomBytes(6).toString('hex')}`;
  const preamble = createPreamble(marker, terminal.write);
  const session = exec.start(address, ['sh', '-c', SHELL_SCRIPT, 'sh', marker, ...argv], { terminal: terminal.size }, { stdout: preamble.take, stderr: preamble.take });
  terminal.onInput(session.write);
  terminal.onResize(session.resize);
  return {
    ended: session.ended.finally(preamble.flush),
    async hangUp() {
      const pid = preamble.pid();
      if (pid !== null) {
        const ending = exec.start(address, endCommand(pid), 'none', { stdout: () => undefined, stderr: () => undefined });
        await Promise.race([ending.ended, delay(END_MS, null, { ref: false })]);
        ending.disconnect();
      }
      session.disconnect();
    },
  };
}

interface Preamble {
  readonly take: (bytes: Uint8Array) => void;
  readonly flush: () => void;
  readonly pid: () => number | null;
}

/** Keeps the first line, with the process id, from the person's screen. */
function createPreamble(marker: string, write: (bytes: Uint8Array) => void): Preamble {
  let held: Buffer | null = Buffer.alloc(0);
  let pid: number | null = null;
  const flush = (): void => {
    if (held !== null && held.length > 0) write(held);
    held = null;
  };
  return {
    pid: () => pid,
    flush,
    take(bytes) {
      if (held === null) {
        write(bytes);
        return;
      }
      held = Buffer.concat([held, bytes]);
      const lineEnd = held.indexOf('\n');
      if (lineEnd === -1 && held.length < LONGEST_PREAMBLE) return;
      // A terminal ends lines with CR LF.
      pid = readPidLine(held.subarray(0, Math.max(0, lineEnd)).toString('utf8').trimEnd(), marker);
      if (pid !== null) held = held.subarray(lineEnd + 1);
      flush();
    },
  };
}

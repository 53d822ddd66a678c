import type { ReadStream, WriteStream } from 'node:tty';
import type { TerminalSize } from '../../kube/exec-socket.ts';
import type { NearTerminal } from '../../access/shell.ts';

export interface HeldTerminal extends NearTerminal {
  /** Gives the terminal back as it was. */
  release(): void;
}

/** Takes the terminal over: every key goes to the far end, Ctrl-C too. */
export function holdTerminal(stdin: ReadStream, stdout: WriteStream): HeldTerminal {
  const wasRaw = stdin.isRaw;
  const listeners: (() => void)[] = [];
  stdin.setRawMode(true);
  stdin.resume();
  const sizeNow = (): TerminalSize => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  return {
    get size() {
      return sizeNow();
    },
    onInput(listener) {
      // The console reads its keys as text.
      const told = (chunk: Buffer | string): void => { listener(typeof chunk === 'string' ? Buffer.from(chunk) : chunk); };
      stdin.on('data', told);
      listeners.push(() => stdin.off('data', told));
    },
    onResize(listener) {
      const told = (): void => { listener(sizeNow()); };
      stdout.on('resize', told);
      listeners.push(() => stdout.off('resize', told));
    },
    write: (bytes) => { stdout.write(bytes); },
    release() {
      for (const stop of listeners.splice(0)) stop();
      stdin.setRawMode(wasRaw);
      stdin.pause();
    },
  };
}

import { KeyDecoder, type KeyPress } from './key-decoder.ts';

export interface ConsoleStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface TerminalEvents {
  readonly onKey: (key: KeyPress) => void;
  /** The terminal is gone: its input ended, or it takes no more output. */
  readonly onGone: () => void;
}

/**
 * How long an ESC at the end of what arrived may wait for the rest of its sequence. A slow line delivers an arrow in two parts
 * more than 20 ms apart; more than this makes the esc key feel slow.
 */
const HOLD_MS = 100;
const PASTE_ON = '\u001b[?2004h';
const PASTE_OFF = '\u001b[?2004l';

/** The terminal in raw mode, read key by key. `restore` puts it back; it may be called more than once. */
export function openTerminal({ stdin, stdout }: ConsoleStreams, events: TerminalEvents): { readonly restore: () => void } {
  const decoder = new KeyDecoder();
  let holding: NodeJS.Timeout | null = null;
  let isOpen = true;

  const emit = (keys: readonly KeyPress[]): void => {
    for (const key of keys) if (isOpen) events.onKey(key);
  };
  const onData = (chunk: string | Buffer): void => {
    if (holding !== null) clearTimeout(holding);
    holding = null;
    emit(decoder.push(chunk.toString()));
    if (decoder.isHolding && !decoder.isPasting) holding = setTimeout(() => { emit(decoder.flush()); }, HOLD_MS);
  };

  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  stdin.on('data', onData);
  stdin.on('end', events.onGone);
  stdin.on('error', events.onGone);
  stdout.on('error', events.onGone);
  stdin.resume();
  stdout.write(PASTE_ON);

  return {
    restore: () => {
      if (!isOpen) return;
      isOpen = false;
      if (holding !== null) clearTimeout(holding);
      stdin.off('data', onData);
      stdin.off('end', events.onGone);
      // The error listeners stay: a terminal that is gone may still say so, and must not bring the process down with it.
      try {
        stdin.setRawMode(false);
      } catch {
        // The terminal is gone: there is nothing to put back.
      }
      stdin.pause();
      if (stdout.writable) stdout.write(PASTE_OFF);
    },
  };
}

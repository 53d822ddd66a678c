import { FramePainter } from './frame-painter.ts';
import { writtenThrough } from './written-through.ts';

/** DEC private modes alone: the alternate screen, the cursor. */
const MODES = /^(?:\u001b\[\?\d+[hl])+$/u;
/** Synchronized output: what is between them is shown at once. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
/** How Ink takes back the frame before it writes the next one: moves and erasures. */
const TAKEN_BACK = /^(?:\u001b\[[\d;]*[A-HJK])+/u;

export interface PaintedOutput {
  /** For Ink: whole frames on the alternate screen are written to it, and only what differs gets to the terminal. */
  readonly stdout: NodeJS.WriteStream;
  /** Draws the last frame whole, whatever the terminal shows. */
  readonly redraw: () => void;
}

/** The stream as Ink sees it; everything of it but `write` is its own. */
export function paintedOutput(stdout: NodeJS.WriteStream): PaintedOutput {
  const painter = new FramePainter();
  let isHeld = false;
  let held = '';
  const flush = (): boolean => {
    const drawn = held;
    held = '';
    return drawn === '' || stdout.write(BEGIN + drawn + END);
  };
  const writeText = (text: string): boolean => {
    if (text === BEGIN || text === END) {
      isHeld = text === BEGIN;
      return isHeld || flush();
    }
    const frame = text.replace(TAKEN_BACK, '');
    if (frame === '') painter.forget();
    else held += painter.paint(frame.split('\n'), { columns: stdout.columns, rows: stdout.rows });
    return isHeld || flush();
  };
  const isFrame = (chunk: unknown): chunk is string => typeof chunk === 'string' && chunk !== '' && (!MODES.test(chunk) || chunk === BEGIN || chunk === END);
  const redraw = (): void => {
    held += painter.repaint();
    flush();
  };
  return { stdout: writtenThrough(stdout, (own) => (chunk, ...rest) => (isFrame(chunk) ? writeText(chunk) : own(chunk, ...rest))), redraw };
}

import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FramePainter } from '../../src/ui/terminal/frame-painter.ts';

const SIZE = { columns: 24, rows: 6 };

/** Every cell with its looks, after each of the texts. */
async function screenAfter(texts: readonly string[]): Promise<readonly string[]> {
  const terminal = new Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });
  await new Promise<void>((resolve) => { terminal.write(texts.join(''), resolve); });
  return Array.from({ length: SIZE.rows }, (_, row) => {
    const line = terminal.buffer.active.getLine(row);
    return Array.from({ length: SIZE.columns }, (__, column) => {
      const cell = line?.getCell(column);
      const text = (cell?.getChars() ?? '') === '' && cell?.getWidth() !== 0 ? ' ' : (cell?.getChars() ?? '');
      // Of a space only an inverse one can be seen.
      const look = text === ' ' ? [cell?.isInverse()] : [cell?.getFgColor(), cell?.isBold(), cell?.isDim(), cell?.isInverse()];
      return `${text}${look.map((one) => (one ?? 0).toString()).join('.')}`;
    }).join('|');
  });
}

function wholly(frame: readonly string[]): string {
  return `\u001b[m\u001b[H\u001b[J${frame.slice(0, SIZE.rows).join('\u001b[m\r\n')}`;
}

const piece = fc.oneof(
  fc.constantFrom('a', 'orders-7d6', '   ', '─', '❯ ', '日本', 'é', '🙂', ''),
  fc.constantFrom(['1', '22'], ['2', '22'], ['36', '39'], ['7', '27'], ['1;31', '0']).map(([on = '', off = '']) => `\u001b[${on}mx y\u001b[${off}m`),
  fc.constant('\u001b[1m\u001b[36mboth\u001b[39m\u001b[22m'),
);
/** Ink cuts each row to the window; wide characters count twice. */
const row = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(''));
const frame = fc.array(row, { minLength: SIZE.rows, maxLength: SIZE.rows });

describe('a frame', () => {
  it('shows the same as if it was drawn whole, whatever was there before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 4 }), async (frames) => {
        const painter = new FramePainter();
        const painted = frames.map((one) => painter.paint(one, SIZE));
        expect(await screenAfter(painted)).toEqual(await screenAfter([wholly(frames.at(-1) ?? [])]));
      }),
      { numRuns: 200 },
    );
  });

  it('writes nothing when nothing differs', () => {
    const painter = new FramePainter();
    painter.paint(['one', 'two'], SIZE);
    expect(painter.paint(['one', 'two'], SIZE)).toBe('');
  });

  it('writes only the cells that differ', () => {
    const painter = new FramePainter();
    painter.paint(['  first    Running   10.0.0.1', '  second   Running'], { columns: 40, rows: 4 });
    expect(painter.paint(['  first    Failed    10.0.0.1', '  second   Running'], { columns: 40, rows: 4 })).toBe('\u001b[1;12HFailed ');
    expect(painter.paint(['  first    Failed', '  second   Running'], { columns: 40, rows: 4 })).toBe('\u001b[1;18H\u001b[K');
  });

  it('is drawn whole in a window of another size, and when it is asked for', () => {
    const painter = new FramePainter();
    painter.paint(['one'], SIZE);
    expect(painter.paint(['one'], { columns: 30, rows: 6 })).toBe('\u001b[H\u001b[J\u001b[1Hone');
    expect(painter.repaint()).toBe('\u001b[H\u001b[J\u001b[1Hone');
  });
});

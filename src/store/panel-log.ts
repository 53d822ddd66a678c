import { LAYERS, type Layer } from '../domain/layer.ts';
import type { CommandFailure, OutputStream } from '../domain/command.ts';
import type { Meaning } from '../domain/meaning.ts';
import type { RunEvent, RunEventOf } from '../domain/run-event.ts';
import { LineRing } from './line-ring.ts';

export type PanelLine =
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly vantage: string }
  | { readonly kind: 'output'; readonly stream: OutputStream; readonly text: string; readonly meaning: Meaning | null }
  | { readonly kind: 'dropped'; readonly count: number }
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly failure: CommandFailure | null; readonly durationMs: number };

interface Block {
  readonly command: string;
  readonly header: PanelLine;
  readonly startedAtMs: number;
  readonly output: LineRing<PanelLine>;
  end: PanelLine | null;
}

const LINES_PER_COMMAND = 500;
const COMMANDS_PER_PANEL = 200;

/**
 * Tool output by layer, outside React: written as events arrive, read by line number for the rows in sight. One block a command,
 * so that commands that run at once do not mix; finished blocks stand in the order of their end, those still running last,
 * so that the panel's end is where things happen.
 */
export class PanelLog {
  readonly #blocks: Readonly<Record<Layer, Block[]>> = { application: [], transport: [], internet: [], 'network-access': [] };
  readonly #layerOf = new Map<string, Layer>();

  apply(event: RunEvent): void {
    switch (event.kind) {
      case 'command-started':
        this.#start(event);
        return;
      case 'output': {
        const block = this.#find(event.command);
        for (const line of event.lines) block?.output.push({ kind: 'output', stream: line.stream, text: line.text, meaning: line.meaning ?? null });
        return;
      }
      case 'command-ended':
        this.#end(event);
        return;
      default:
        return;
    }
  }

  lineCount(layer: Layer): number {
    return this.#blocks[layer].reduce((sum, block) => sum + height(block), 0);
  }

  /** At most `count` lines from line `from` on. */
  slice(layer: Layer, from: number, count: number): readonly PanelLine[] {
    const lines: PanelLine[] = [];
    let top = 0;
    for (const block of this.#blocks[layer]) {
      const rows = height(block);
      for (let row = Math.max(0, from - top); row < rows && lines.length < count; row += 1) {
        const line = lineOf(block, row);
        if (line !== null) lines.push(line);
      }
      top += rows;
      if (lines.length >= count) break;
    }
    return lines;
  }

  /** The newest line, for a panel of one row; null when nothing ran yet. */
  lastLine(layer: Layer): PanelLine | null {
    const block = this.#blocks[layer].at(-1);
    if (block === undefined) return null;
    return block.output.at(block.output.length - 1) ?? block.end ?? block.header;
  }

  clear(): void {
    for (const layer of LAYERS) this.#blocks[layer].length = 0;
    this.#layerOf.clear();
  }

  #start(event: RunEventOf<'command-started'>): void {
    const blocks = this.#blocks[event.layer];
    blocks.push({
      command: event.command,
      header: { kind: 'command', argv: event.argv, vantage: event.vantage },
      startedAtMs: event.atMs,
      output: new LineRing(LINES_PER_COMMAND),
      end: null,
    });
    this.#layerOf.set(event.command, event.layer);
    if (blocks.length > COMMANDS_PER_PANEL) blocks.shift();
  }

  #end(event: RunEventOf<'command-ended'>): void {
    const block = this.#find(event.command);
    const layer = this.#layerOf.get(event.command);
    if (block === undefined || layer === undefined) return;
    block.end = { kind: 'ended', exitCode: event.exitCode, failure: event.failure, durationMs: event.atMs - block.startedAtMs };
    const blocks = this.#blocks[layer];
    blocks.splice(blocks.indexOf(block), 1);
    const firstRunning = blocks.findIndex((other) => other.end === null);
    blocks.splice(firstRunning === -1 ? blocks.length : firstRunning, 0, block);
  }

  #find(command: string): Block | undefined {
    const layer = this.#layerOf.get(command);
    return layer === undefined ? undefined : this.#blocks[layer].find((block) => block.command === command);
  }
}

function height(block: Block): number {
  return 1 + (block.output.dropped > 0 ? 1 : 0) + block.output.length + (block.end === null ? 0 : 1);
}

function lineOf(block: Block, row: number): PanelLine | null {
  if (row === 0) return block.header;
  const hasDropped = block.output.dropped > 0;
  if (hasDropped && row === 1) return { kind: 'dropped', count: block.output.dropped };
  return block.output.at(row - (hasDropped ? 2 : 1)) ?? block.end;
}

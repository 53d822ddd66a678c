import type { OutputLine, OutputStream } from '../domain/command.ts';
import { keyBodiesHidden } from '../domain/redact.ts';
import { cleanLine, createLineSplitter } from '../domain/sanitise.ts';
import { readPidLine } from './remote-command.ts';
import type { OutputSinks } from './transport.ts';

/** Characters of output that are kept of one command. */
export const MAX_OUTPUT_LENGTH = 2_000_000;

export interface CollectedOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly OutputLine[];
  /** True when there was more than MAX_OUTPUT_LENGTH; the rest was dropped. */
  readonly isCut: boolean;
}

export interface OutputCollector extends OutputSinks {
  /** The far end's process id. It may come after `finish`, and never when the command did not start. */
  readonly pid: Promise<number>;
  /** Ends the unfinished lines and gives what was kept; of what comes later, only the process id is read. */
  finish(): CollectedOutput;
  /** True once the line with the process id has come. */
  hasStarted(): boolean;
}

/**
 * Turns both streams' bytes into clean lines. With a `marker`, what a prefix says on standard error before the command starts
 * (ssh's banner, a warning) is not the command's output: it is held, and kept only if the command never started.
 */
export function createOutputCollector(marker: string | null, onLine: ((line: OutputLine) => void) | undefined): OutputCollector {
  const startedAt = performance.now();
  const lines: OutputLine[] = [];
  let preamble: OutputLine[] = [];
  let keptLength = 0;
  let isCut = false;
  let isFinished = false;
  let hasStarted = false;
  const pid = Promise.withResolvers<number>();
  const hide = { stdout: keyBodiesHidden(), stderr: keyBodiesHidden() };

  const keep = (line: OutputLine): void => {
    if (isCut || keptLength + line.text.length > MAX_OUTPUT_LENGTH) {
      isCut = true;
      return;
    }
    keptLength += line.text.length + 1;
    lines.push(line);
    onLine?.(line);
  };
  const take = (stream: OutputStream, raw: string): void => {
    const line: OutputLine = { stream, text: hide[stream](cleanLine(raw)), atMs: performance.now() - startedAt };
    const found = marker === null || hasStarted ? null : readPidLine(line.text, marker);
    if (found !== null) {
      hasStarted = true;
      preamble = [];
      pid.resolve(found);
    } else if (isFinished) {
      return;
    } else if (marker !== null && !hasStarted && stream === 'stderr' && preamble.length < 200) {
      preamble.push(line);
    } else {
      keep(line);
    }
  };

  const streams = { stdout: createStream('stdout', take), stderr: createStream('stderr', take) };
  return {
    pid: pid.promise,
    stdout: (bytes) => { streams.stdout.push(bytes); },
    stderr: (bytes) => { streams.stderr.push(bytes); },
    hasStarted: () => hasStarted,
    finish() {
      const ends = isFinished ? { stdout: true, stderr: true } : { stdout: streams.stdout.end(), stderr: streams.stderr.end() };
      isFinished = true;
      for (const line of preamble) keep(line);
      preamble = [];
      const text = (stream: OutputStream): string => joinLines(lines.filter((line) => line.stream === stream), ends[stream] || isCut);
      return { stdout: text('stdout'), stderr: text('stderr'), lines, isCut };
    },
  };
}

/** The stream's text again, with its last line end only if there was one: a parser can tell a whole line from a torn one. */
function joinLines(lines: readonly OutputLine[], endsWithLineEnd: boolean): string {
  if (lines.length === 0) return '';
  return lines.map((line) => line.text).join('\n') + (endsWithLineEnd ? '\n' : '');
}

function createStream(
  stream: OutputStream,
  take: (stream: OutputStream, raw: string) => void,
): { push(bytes: Uint8Array): void; end(): boolean } {
  const decoder = new TextDecoder('utf-8');
  const splitter = createLineSplitter((line) => { take(stream, line); });
  return {
    push: (bytes) => { splitter.push(decoder.decode(bytes, { stream: true })); },
    end: () => {
      splitter.push(decoder.decode());
      return splitter.end();
    },
  };
}

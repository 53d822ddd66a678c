import type { CommandOutput, OutputStream } from '../domain/command.ts';

/**
 * The lines that came whole. The last line of a stream that does not end in a line end was cut: `203.0.113.1` may have been
 * `203.0.113.10`, so nothing is read from it. Pasted text needs a line end at its end.
 */
export function wholeLines(output: CommandOutput): readonly string[] {
  const cut = new Set((['stdout', 'stderr'] as const).filter((stream) => isCut(output, stream)).map((stream) => lastIndex(output, stream)));
  return output.lines.filter((_, index) => !cut.has(index)).map((line) => line.text);
}

function isCut(output: CommandOutput, stream: OutputStream): boolean {
  return output[stream] !== '' && !output[stream].endsWith('\n');
}

function lastIndex(output: CommandOutput, stream: OutputStream): number {
  return output.lines.findLastIndex((line) => line.stream === stream);
}

/** The output of a command that was ended, without the lines that it was ended in: half an address is another address. */
export function wholeOutput(output: CommandOutput): CommandOutput {
  const cut = new Set((['stdout', 'stderr'] as const).filter((stream) => isCut(output, stream)));
  if (cut.size === 0) return output;
  const ends = new Set([...cut].map((stream) => lastIndex(output, stream)));
  const textOf = (stream: OutputStream): string => (cut.has(stream) ? output[stream].slice(0, output[stream].lastIndexOf('\n') + 1) : output[stream]);
  return { ...output, stdout: textOf('stdout'), stderr: textOf('stderr'), lines: output.lines.filter((_, index) => !ends.has(index)) };
}

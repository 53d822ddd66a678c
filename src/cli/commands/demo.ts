import type { CommandContext } from '../context.ts';
import { demoNamed, demos } from '../demo/shelf.ts';
import { EXIT } from '../exit-code.ts';
import { problem, ProblemError } from '../problem.ts';
import { writeJson, writeLines } from '../streams.ts';
import { printRecording, type Printing } from './replay.ts';

export const DEMOS_SCHEMA = 'netdiag-demos/v1';

/** Prints what there is to be played, each with its story. */
export function list(format: 'text' | 'json', { streams, messages }: CommandContext): number {
  const all = demos(messages);
  if (all.length === 0) throw new ProblemError(problem('no-demos'));
  if (format === 'json') {
    writeJson(streams.stdout, { schema: DEMOS_SCHEMA, demos: all });
    return EXIT.ok;
  }
  const { demo } = messages.recordings;
  const width = Math.max(...all.map(({ id }) => id.length));
  writeLines(streams.stdout, [demo.title, '', ...all.map(({ id, story }) => `  ${id.padEnd(width)}  ${story}`), '', demo.how]);
  return EXIT.ok;
}

/** Prints one of them as it was recorded; the exit code is that of the run. */
export async function print(name: string, printing: Printing, context: CommandContext): Promise<number> {
  return printRecording(pathOf(name, context), printing, context);
}

export function pathOf(name: string, { messages }: Pick<CommandContext, 'messages'>): string {
  const found = demoNamed(name, messages);
  if (!found.ok) throw new ProblemError(found.problem);
  return found.value.path;
}

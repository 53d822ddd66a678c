import type { CommandContext } from '../context.ts';
import { problem, ProblemError } from '../problem.ts';
import { onClosedReader } from '../streams.ts';

/** Opens the console. Without a terminal that can draw one it is a ProblemError. */
export async function execute(context: CommandContext): Promise<number> {
  const { streams, env, messages, language } = context;
  if (streams.stdin.isTTY !== true || streams.stdout.isTTY !== true || env['TERM'] === 'dumb') throw new ProblemError(problem('no-terminal'));
  onClosedReader(streams, () => undefined);
  const [{ startConsole }, { createConsolePorts }] = await Promise.all([import('../../ui/index.ts'), import('../console-ports.ts')]);
  return startConsole({
    messages,
    language,
    env,
    // They are terminals, as was just seen: process's own streams.
    streams: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    ports: createConsolePorts(context),
    preset: null,
  });
}

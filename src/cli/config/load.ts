import { readFile } from 'node:fs/promises';
import { errorText } from '../../domain/error-text.ts';
import { cleanLine } from '../../domain/sanitise.ts';
import type { CommandContext } from '../context.ts';
import { problem, ProblemError } from '../problem.ts';
import { configFile } from './file.ts';
import { DEFAULT_CONFIG, parseConfig, type Config } from './config.ts';

/** The settings; those of a file that is not there are the defaults. What is wrong in it is a ProblemError with the lines. */
export async function loadConfig({ env, messages }: Pick<CommandContext, 'env' | 'messages'>): Promise<{ readonly config: Config; readonly file: string; readonly exists: boolean }> {
  const file = configFile(env);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return null;
    throw new ProblemError(problem('bad-config', cleanLine(`${file}: ${errorText(error)}`)));
  });
  if (text === null) return { config: DEFAULT_CONFIG, file, exists: false };
  const result = parseConfig(text, messages);
  if (result.ok) return { config: result.config, file, exists: true };
  const [first, ...others] = result.errors.map(({ line, message }) => cleanLine(`${file}:${line.toString()}: ${message}`));
  throw new ProblemError(problem('bad-config', [first, ...others].join('\n')));
}

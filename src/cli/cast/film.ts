import { resolve } from 'node:path';
import { errorText } from '../../domain/error-text.ts';
import type { CommandContext } from '../context.ts';
import { problem, ProblemError } from '../problem.ts';
import { CastFile } from './cast-file.ts';

/** A film of the console that is about to open; null when none was asked for. A file that cannot be made is a ProblemError. */
export function openFilm(path: string | undefined, { env }: Pick<CommandContext, 'env'>, { columns, rows }: NodeJS.WriteStream): CastFile | null {
  if (path === undefined) return null;
  if (path.startsWith('-')) throw new ProblemError(problem('looks-like-option', path));
  const term = env['TERM'];
  try {
    return new CastFile({
      path: resolve(path),
      size: { columns: columns || 80, rows: rows || 24 },
      ...(term === undefined ? {} : { term }),
      title: 'netdiag-tui',
    });
  } catch (error) {
    throw new ProblemError(problem('cannot-film', errorText(error)));
  }
}

/** A film is of a console: without one, or with output that is only printed, there is nothing to film. */
export function mustNotFilm(path: string | undefined, because: string): void {
  if (path !== undefined) throw new ProblemError(problem('conflict', `--cast, ${because}`));
}

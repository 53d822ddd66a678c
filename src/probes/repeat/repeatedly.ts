import type { ToolsFact } from '../../domain/facts.ts';
import { shellOf } from './has.ts';

/** As many tries as show a fault that comes and goes. */
const LOOP = 'for try in 1 2 3 4 5 6 7 8 9 10; do "$@"; done';

/** The same command ten times, for a fault that not every try shows; the command itself where there is no shell. */
export function repeatedly(argv: readonly string[], tools: ToolsFact): readonly string[] {
  const shell = shellOf(tools);
  return shell === null ? argv : [...shell, LOOP, 'sh', ...argv];
}

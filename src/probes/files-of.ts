import type { Vantage } from '../domain/vantage.ts';
import { filesDialects } from '../tools/files/files.ts';
import { askDialects } from './ask-dialects.ts';
import type { Finding, ProbeContext } from './probe.ts';

const known = new WeakMap<Vantage, Promise<Finding>>();

/** The vantage's files, proxy variables and clock, read once in its life. */
export function filesOf(context: ProbeContext): Promise<Finding> {
  const already = known.get(context.vantage);
  if (already !== undefined) return already;
  const reading = askDialects(filesDialects, { kind: 'files' }, context);
  known.set(context.vantage, reading);
  return reading;
}

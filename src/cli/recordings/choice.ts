import { resolve } from 'node:path';
import { problem, ProblemError } from '../problem.ts';

/** Where a run is recorded, as the user asked. */
export interface RecordChoice {
  readonly to: { readonly kind: 'state-folder' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'nowhere' };
  /** Others on the machine may follow the run: the file is readable, and in the folder of shared runs unless a file is named. */
  readonly shared: boolean;
}

/** As every run is recorded when nobody says otherwise. */
export const RECORDED: RecordChoice = { to: { kind: 'state-folder' }, shared: false };

export interface RawRecordOptions {
  /** A path with --record, false with --no-record. */
  readonly record?: string | boolean;
  readonly share?: boolean;
}

export function parseRecordChoice({ record, share }: RawRecordOptions): RecordChoice {
  if (typeof record === 'string' && record.startsWith('-')) throw new ProblemError(problem('looks-like-option', record));
  if (record === false && share === true) throw new ProblemError(problem('conflict', '--no-record, --share'));
  const shared = share === true;
  if (record === false) return { to: { kind: 'nowhere' }, shared };
  return { to: typeof record === 'string' ? { kind: 'file', path: resolve(record) } : { kind: 'state-folder' }, shared };
}

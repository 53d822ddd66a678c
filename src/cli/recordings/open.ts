import { existsSync } from 'node:fs';
import type { Messages } from '../../i18n/index.ts';
import { recordingsFolder, type Recording, type RunFileProblem } from '../../run-file/index.ts';
import { readWithNotes } from '../../run-file/read-notes.ts';
import type { CommandContext } from '../context.ts';
import { done, failed, type Outcome } from '../problem.ts';
import { ownRecordings } from './own.ts';

export interface OpenedRecording {
  readonly path: string;
  readonly recording: Recording;
}

/** Finds and reads the recording that a user named: a file, the beginning of a run's id, or nothing for the newest. */
export async function openRecording(name: string | undefined, context: Pick<CommandContext, 'env' | 'messages'>): Promise<Outcome<OpenedRecording>> {
  const found = findRecording(name, context.env);
  if (!found.ok) return found;
  const read = await readWithNotes(found.value);
  return read.ok ? done({ path: found.value, recording: read.recording }) : recordingProblem(found.value, read.problem, context.messages);
}

/** Its path, unread. */
export function findRecording(name: string | undefined, env: CommandContext['env']): Outcome<string> {
  if (name !== undefined && (name.includes('/') || existsSync(name))) return done(name);
  const folder = recordingsFolder(env);
  const stored = ownRecordings(env);
  const found = name === undefined ? stored[0] : stored.find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return done(found.path);
  return name === undefined ? failed('no-recordings', folder ?? '') : failed('no-such-recording', name);
}

/** What a recording lacks, a sentence each; empty as a rule. */
export function gapsOf({ torn, outputLeftOut, unknown }: Recording, { recordings }: Messages): readonly string[] {
  const kinds = unknown.map(({ kind, lines }) => `${kind} (${String(lines)})`).join(', ');
  return [...(torn ? [recordings.torn] : []), ...(outputLeftOut ? [recordings.outputLeftOut] : []), ...(kinds === '' ? [] : [recordings.unknownKinds(kinds)])];
}

export function recordingProblem(path: string, found: RunFileProblem, messages: Messages): Extract<Outcome<never>, { readonly ok: false }> {
  const { recordings } = messages;
  if (found.kind === 'newer-version') return failed('newer-recording', recordings.newer(found.version, found.known, found.writtenBy));
  return failed('bad-recording', `${path}: ${problemWords(found, messages)}`);
}

function problemWords(found: Exclude<RunFileProblem, { kind: 'newer-version' }>, { recordings: { unusable } }: Messages): string {
  switch (found.kind) {
    case 'unreadable':
      return unusable.unreadable(found.detail);
    case 'not-a-file':
      return unusable.notAFile;
    case 'too-large':
      return unusable.tooLarge(found.bytes, found.limitBytes);
    case 'cut-off':
      return unusable.cutOff(found.bytes, found.readBytes);
    case 'empty':
      return unusable.empty;
    case 'not-a-recording':
      return unusable.notARecording(found.detail);
    case 'bad-line':
      return unusable.badLine(found.line, found.field, found.detail);
  }
}

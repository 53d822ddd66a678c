import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readdirSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RunEventOf } from '../domain/run-event.ts';
import { encodeLine, fitToKeep } from './encode.ts';
import { notesPath } from './folder.ts';
import { EXTENSION } from './format.ts';

/**
 * Notes of those who follow a run. Everybody has a file of their own beside the recording, `RUN.notes.UID.jsonl`: nobody has to be let
 * into the driver's file, and whose note it is, is the file's owner, whom nobody can forge.
 */

export type Note = RunEventOf<'note-left'>;

export const MAX_NOTES_BYTES = 256 * 1024;

/** Adds a note to the file of whoever asks. Throws the system's error, or one that says that the file is not theirs. */
export function leaveNote(recording: string, note: Note, uid = process.getuid?.() ?? 0): void {
  const path = notesPath(recording, uid);
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.uid !== uid || stat.nlink !== 1) throw new Error(`EPERM: ${path}`);
    if (stat.size > MAX_NOTES_BYTES) throw new Error(`EFBIG: ${path}`);
    // Whoever may read the recording may read what is said about it, whatever the umask.
    fchmodSync(descriptor, 0o600 | (lstatSync(recording).mode & 0o044));
    // One write(2) in append mode: two terminals of one person do not write into each other.
    writeSync(descriptor, encodeLine(fitToKeep(note)));
  } finally {
    closeSync(descriptor);
  }
}

export interface NoteFile {
  readonly path: string;
  /** Whose it says to be. */
  readonly uid: number;
}

/** The files of notes beside a recording, unread; none when the folder cannot be read. */
export function noteFilesOf(recording: string): readonly NoteFile[] {
  const folder = dirname(recording);
  const start = `${basename(recording, EXTENSION)}.notes.`;
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(start) && name.endsWith(EXTENSION))
      .map((name) => ({ path: join(folder, name), uid: Number(name.slice(start.length, -EXTENSION.length)) }));
  } catch {
    return [];
  }
}

/** What tells one note from another, wherever it was read. */
export function noteKey({ by, writtenAt, text }: Note): string {
  return JSON.stringify([by, writtenAt, text]);
}

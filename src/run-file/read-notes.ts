import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { RunEvent } from '../domain/run-event.ts';
import { fitToKeep } from './encode.ts';
import type { ReadResult } from './format.ts';
import { OPEN_UNTRUSTED } from './live.ts';
import { MAX_NOTES_BYTES, noteFilesOf, noteKey, type Note, type NoteFile } from './notes.ts';
import { nameOfWriter } from './owner.ts';
import { readRunFile } from './read.ts';
import { EVENTS } from './schema/events.ts';

/** What all who followed wrote beside a recording, in order of time. What is wrong in such a file is left out. */
export function notesOf(recording: string): readonly Note[] {
  return noteFilesOf(recording).flatMap(notesIn).toSorted((a, b) => Date.parse(a.writtenAt) - Date.parse(b.writtenAt));
}

/** A whole recording, with the notes beside it: those that came while nobody drove any more are nowhere else. */
export async function readWithNotes(path: string): Promise<ReadResult> {
  const read = await readRunFile(path);
  if (!read.ok) return read;
  return { ok: true, recording: { ...read.recording, events: withNotes(read.recording.events, notesOf(path)) } };
}

/** The events with the notes that are not among them yet, at their end. */
export function withNotes(events: readonly RunEvent[], notes: readonly Note[]): readonly RunEvent[] {
  const known = new Set(events.flatMap((event) => (event.kind === 'note-left' ? [noteKey(event)] : [])));
  return [...events, ...notes.filter((note) => !known.has(noteKey(note)))];
}

function notesIn({ path, uid }: NoteFile): readonly Note[] {
  let text: string;
  try {
    const descriptor = openSync(path, OPEN_UNTRUSTED);
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile() || stat.uid !== uid || stat.size > 2 * MAX_NOTES_BYTES) return [];
      text = readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return [];
  }
  // What follows the last line end is still being written.
  return text.split('\n').slice(0, -1).flatMap((line) => decodeNote(line, uid));
}

function decodeNote(line: string, uid: number): readonly Note[] {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return [];
  }
  const read = EVENTS['note-left'].safeParse(data);
  if (!read.success) return [];
  const note = fitToKeep(read.data);
  return [{ ...note, by: nameOfWriter(note.by, uid).slice(0, 100) }];
}

import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeLine } from '../../src/run-file/encode.ts';
import { leaveNote, type Note } from '../../src/run-file/notes.ts';
import { nameOfWriter, userName } from '../../src/run-file/owner.ts';
import { notesOf, withNotes } from '../../src/run-file/read-notes.ts';
import { makeSharedFolder, sharedFolder } from '../../src/run-file/shared-folder.ts';
import { REFUSED_RUN } from '../report/refused-run.ts';

const { uid, username } = userInfo();

let folder = '';
let recording = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notes-'));
  recording = join(folder, 'run.jsonl');
  writeFileSync(recording, '');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function note(text: string, by = username, second = 0): Note {
  return { kind: 'note-left', atMs: 5, by, writtenAt: `2026-01-02T03:04:0${String(second)}.000Z`, text };
}
const ownFile = (): string => join(folder, `run.notes.${String(uid)}.jsonl`);

describe('notes beside a recording', () => {
  it('are read in the order of their time, by whoever may read the folder', () => {
    leaveNote(recording, note('the second', username, 2));
    leaveNote(recording, note('the first', username, 1));
    expect(notesOf(recording).map(({ text }) => text)).toEqual(['the first', 'the second']);
  });

  it.each([0o600, 0o644, 0o640])('may be read by whoever may read a recording of mode %o', (mode) => {
    chmodSync(recording, mode);
    const before = process.umask(0o077);
    try {
      leaveNote(recording, note('for all who watch'));
    } finally {
      process.umask(before);
    }
    expect(statSync(ownFile()).mode & 0o777).toBe(mode);
  });

  it('bear the name of the file’s owner, whoever they say to be by', () => {
    leaveNote(recording, note('it was me', 'ana'));
    expect(notesOf(recording)).toMatchObject([{ by: `ana (${username})` }]);
    expect(nameOfWriter('', uid)).toBe(username);
    expect(userName(4_242_424)).toBe('uid 4242424');
  });

  it('are taken from no file that is somebody else’s than its name says, from no link, and not while their line is being written', () => {
    writeFileSync(join(folder, `run.notes.${String(uid + 1)}.jsonl`), encodeLine(note('I am not who you think')));
    writeFileSync(join(folder, 'elsewhere'), encodeLine(note('elsewhere')));
    symlinkSync(join(folder, 'elsewhere'), join(folder, `run.notes.${String(uid)}.jsonl`));
    expect(notesOf(recording)).toEqual([]);
    rmSync(ownFile());
    leaveNote(recording, note('whole'));
    appendFileSync(ownFile(), '{"kind":"note-left"');
    expect(notesOf(recording).map(({ text }) => text)).toEqual(['whole']);
  });

  it('do not follow a link that somebody put in their place', () => {
    const victim = join(folder, 'mine.txt');
    writeFileSync(victim, 'mine');
    symlinkSync(victim, ownFile());
    expect(() => { leaveNote(recording, note('x')); }).toThrow(/ELOOP/u);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
  });

  it('lose what is no note, and what a terminal would act upon', () => {
    writeFileSync(ownFile(), `nonsense\n${JSON.stringify({ kind: 'concluded' })}\n${JSON.stringify(note('\u001b[2Jred \u202e password=hunter2'))}\n`);
    const [only, ...others] = notesOf(recording);
    expect(others).toEqual([]);
    expect(only?.text).not.toMatch(/[\u001b\u202e]|hunter2/u);
  });

  it('enter a recording once', () => {
    const known = note('known', username, 1);
    const fresh = note('fresh', username, 2);
    expect(withNotes([...REFUSED_RUN, known], [known, fresh])).toEqual([...REFUSED_RUN, known, fresh]);
  });
});

describe('the folder of shared runs', () => {
  it('is one that all users of a machine find, or the one that is named', () => {
    expect(sharedFolder({})).toBe('/tmp/netdiag-tui-shared');
    expect(sharedFolder({ NETDIAG_SHARED_DIR: '/srv/incidents' })).toBe('/srv/incidents');
    expect(sharedFolder({ NETDIAG_SHARED_DIR: 'relative' })).toBe('/tmp/netdiag-tui-shared');
  });

  it('lets everybody put files there and nobody remove another’s', () => {
    const shared = join(folder, 'shared');
    makeSharedFolder(shared);
    expect(statSync(shared).mode & 0o7777).toBe(0o1777);
    makeSharedFolder(shared);
  });

  it('is not used when others could put something else in the place of a file', () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    expect(() => { makeSharedFolder(open); }).toThrow(/sticky/u);
    const target = join(folder, 'target');
    renameSync(open, target);
    symlinkSync(target, open);
    expect(() => { makeSharedFolder(open); }).toThrow(/ENOTDIR/u);
    expect(existsSync(target)).toBe(true);
  });
});

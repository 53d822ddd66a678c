import type { ProblemSentence } from './cli.ts';

export const pairingProblems = {
  'nothing-live': () => ({ message: 'Nobody drives a run that you can follow now.', hint: 'A colleague shares one with --share; your own runs can be followed without it. Past ones: netdiag-tui replay' }),
  'not-live': (detail) => ({ message: `${detail} is no run that somebody drives now.`, hint: 'What can be followed: netdiag-tui attach --list. What is over: netdiag-tui replay' }),
} satisfies Readonly<Record<string, ProblemSentence>>;

/** Several people at one run. */
export const pairing = {
  usage: '[FILE | RUN-ID] [options]',
  about: 'Follow a run that another terminal or person drives, live. Without a name: the newest.',
  options: {
    recording: 'a run that goes on: its file, or the id that --list shows',
    followDriver: 'look where the driver looks (m turns it on and off)',
    list: 'list the runs that can be followed now',
    output: 'print instead of opening the console: text as it goes, json, markdown, html, junit or escalation at the end',
  },
  following: (driver: string, run: string): string => `Following run ${run} of ${driver}`,
  heard: {
    live: (driver: string): string => `${driver} is there`,
    silent: (driver: string): string => `no sign of ${driver}`,
    gone: (driver: string): string => `${driver} is gone`,
    closed: (driver: string): string => `${driver} has left this run`,
  },
  nextRun: (driver: string): string => `${driver} drives another run: r follows it.`,
  mirror: '(mirrored)',
  mirroring: (driver: string): string => `You look where ${driver} looks. m, or a key that goes elsewhere, ends that.`,
  notMirroring: 'You look where you want again.',
  chooseTitle: 'Runs that somebody drives now',
  nothingLive: 'Nobody drives a run that you can follow now. A colleague shares one with --share.',
  noteTitle: 'Note for all who watch this run',
  noteHint: 'It enters the record with your name and the time.',
  emptyNote: 'There is nothing written yet.',
  noNotes: 'Notes are for runs that go on.',
  noted: 'The note is left.',
  notNoted: (detail: string): string => `The note could not be left: ${detail}`,
  note: (by: string, text: string): string => `${by}: ${text}`,
};

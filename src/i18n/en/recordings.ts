import type { ProblemSentence } from './cli.ts';

/** Why a recording cannot be used: ends the sentence "The recording FILE cannot be used: ...". */
const unusable = {
  unreadable: (detail: string): string => detail,
  notAFile: 'it is not a file',
  tooLarge: (bytes: number, limitBytes: number): string => `it has ${bytes.toString()} bytes, more than the ${limitBytes.toString()} that are read`,
  cutOff: (bytes: number, readBytes: number): string => `it became shorter while it was followed (${bytes.toString()} bytes, of which ${readBytes.toString()} had been read)`,
  empty: 'it ends before its first line does',
  notARecording: (detail: string): string => `it is not a recording of netdiag-tui (${detail})`,
  badLine: (line: number, field: string, detail: string): string => `line ${line.toString()}${field === '' ? '' : `, field ${field}`}: ${detail}`,
};

export const recordingProblems = {
  'bad-recording': (detail) => ({ message: `The recording cannot be used: ${detail}.`, hint: 'The format is described in docs/run-file.md.' }),
  'newer-recording': (detail) => ({
    message: `The recording was made by a newer program: ${detail}.`,
    hint: 'Update netdiag-tui to open it; what this version would make of it could be wrong.',
  }),
  'no-such-recording': (detail) => ({ message: `There is no recording ${detail}.`, hint: 'List them: netdiag-tui runs' }),
  'recording-without-names': () => ({ message: 'The recording has tokens in the place of names and addresses: nothing can be decided from it again.', hint: 'Use the recording that it was made from.' }),
  'no-such-demo': (detail, suggestion) => ({ message: `There is no demo ${detail}.`, hint: suggestion === null ? 'List them: netdiag-tui demo' : `Did you mean ${suggestion}?` }),
  'no-demos': () => ({ message: 'The recordings of the demo are missing beside the program.', hint: 'Install netdiag-tui again: they are in its folder demos.' }),
  'no-recordings': (detail) => ({ message: `Nothing is recorded yet${detail === '' ? '' : ` in ${detail}`}.`, hint: 'Every run is recorded, or see: netdiag-tui demo' }),
  'cannot-record': (detail) => ({ message: `The recording cannot be written: ${detail}.`, hint: 'Name a new file in a folder that you may write to, or use --no-record.' }),
} satisfies Readonly<Record<string, ProblemSentence>>;

/** Recordings and what is made of them: replay, past runs, reports. */
export const recordings = {
  unusable,
  newer: (version: number, known: number, writtenBy: string): string => `version ${version.toString()} of the format, by ${writtenBy}; this one reads up to ${known.toString()}`,
  usage: {
    replay: '[FILE | RUN-ID] [options]',
    report: '[FILE | RUN-ID] -o FORMAT [options]',
    runs: '[options]',
    demo: '[NAME] [options]',
  },
  about: {
    replay: 'Play a recorded run again, in the console or printed. Without a name: the newest.',
    report: 'Make a report of a recorded run. Without a name: the newest.',
    runs: 'List the recorded runs, the newest first.',
    demo: 'See real failures being found, without a cluster and without a network. Without a name: what there is.',
  },
  options: {
    recording: 'a recording: a file, or the id that `runs` shows',
    demoName: 'one of the names that `demo` lists',
    toEnd: 'print the whole run at once instead of playing it',
    redecide: 'decide again: what today’s tree makes of the recorded observations.\nExit code: 0 the same verdict, 1 another, 2 it would ask more',
    record: 'record the run into this new file (default: in ~/.local/state/netdiag-tui/runs)',
    noRecord: 'do not record the run',
    share: 'let others on this machine follow the run and leave notes (docs/pairing.md)',
    reportOutput: 'text, json, markdown, html, junit or escalation',
    recordedOutput: 'text, json, markdown, html, junit, escalation or recording',
    privacy: 'put tokens in the place of names and addresses, the same for the same thing (pod-1, private-address-2)',
  },
  recorded: (path: string, id: string): string => `Recorded in ${path} (netdiag-tui replay ${id})`,
  notRecorded: (detail: string): string => `The run is not recorded any further: ${detail}`,
  waitsForNames: 'A name has to be known to be replaced: the report comes when the run has ended.',
  torn: 'The recording ends in the middle: its writer was stopped there.',
  outputLeftOut: 'The recording had grown to its limit: output of tools is missing from some point on.',
  unknownKinds: (kinds: string): string => `Lines of kinds that this version does not know are left out: ${kinds}. A newer netdiag-tui reads them.`,
  columns: { id: 'RUN', started: 'STARTED', from: 'FROM', to: 'TO', verdict: 'VERDICT' },
  going: 'still running',
  unfinished: 'not finished',
  unreadable: 'cannot be read',
  demo: {
    title: 'Real failures, recorded by netdiag-tui while it found them:',
    how: 'Play one: netdiag-tui demo NAME',
  },
  console: {
    title: 'Recorded runs and demos',
    none: 'Nothing is recorded yet, and the demos are missing.',
    playing: 'playing',
    paused: 'paused',
  },
  redecision: {
    then: 'Then',
    now: 'Now',
    nothingThen: 'no verdict',
    notStarted: 'The recording has no run to decide about.',
    same: 'The same verdict.',
    changed: 'The verdict changed.',
    undecided: (node: string): string => `no verdict: at "${node}" it asks what was not asked then`,
    asks: 'It asks',
  },
};

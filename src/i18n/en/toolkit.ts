import { leftoverName, type Leftover, type LeftoverEnd } from '../../domain/leftover.ts';

const kinds: Readonly<Record<Leftover['kind'], string>> = { pod: 'pod', 'ephemeral-container': 'ephemeral container' };
const states: Readonly<Record<Leftover['state'], string>> = { running: 'running', waiting: 'not started', ended: 'ended' };

function remains(end: Extract<LeftoverEnd, { kind: 'remains' }>): string {
  const why = end.detail === '' ? '' : `: ${end.detail}`;
  switch (end.reason) {
    case 'never-started':
      return 'it never started and cannot be removed from its pod; should it start, it ends at once';
    case 'not-confirmed':
      return `not confirmed yet${why}; it ends by itself at its time`;
    case 'refused':
      return `not deleted${why}`;
  }
}

/** The emergency kit, and the traces of it. */
export const toolkit = {
  kinds,
  states,
  nothingFound: (owner: string | null): string => (owner === null ? 'Nothing of netdiag-tui is left in the cluster.' : `Nothing of yours (${owner}) is left in the cluster.`),
  found: (count: number): string => (count === 1 ? 'One thing is left:' : `${count.toString()} things are left:`),
  line: (one: Leftover, isThisSession: boolean): string =>
    [kinds[one.kind], leftoverName(one), one.image, states[one.state], `of ${one.owner}${isThisSession ? ' (this session)' : ''}`, one.endsAt === '' ? '' : `ends by itself at ${one.endsAt}`]
      .filter((part) => part !== '')
      .join(' · '),
  unread: (detail: string): string => `Not everything could be looked at: ${detail}`,
  ask: (count: number): string => (count === 1 ? 'Delete it? [y/N]' : `Delete all ${count.toString()}? [y/N]`),
  notAgreed: 'Nothing was deleted. Answer the question, or give --yes.',
  dryRun: 'Nothing was deleted (--dry-run).',
  deleting: (name: string): string => `Deleting ${name}.`,
  gone: (name: string): string => `${name}: gone, as the API server confirms.`,
  remains: (name: string, end: Extract<LeftoverEnd, { kind: 'remains' }>): string => `${name}: remains; ${remains(end)}.`,
  up: (name: string, node: string | null, endsAt: string): string => `${name} runs${node === null ? '' : ` on ${node}`} and ends by itself${endsAt === '' ? '' : ` at ${endsAt}`}.`,
  alreadyUp: (name: string, endsAt: string): string => `${name} runs already${endsAt === '' ? '' : `; it ends by itself at ${endsAt}`}.`,
  notUp: (why: string): string => `There is no toolkit pod: ${why}.`,
  none: 'There is no toolkit pod of yours here.',
  leftOut: (label: string, by: string): string => `Label ${label} is left out: ${by} selects pods by it.`,
  console: {
    looking: 'Looking for what netdiag-tui left…',
    notLooked: (detail: string): string => `It cannot be looked for: ${detail}`,
    goesOn: 'A clean-up is going on already.',
    delete: 'Delete all of it',
    deleteKey: 'd',
    others: 'Look for other people’s, too',
    othersKey: 'o',
    deleting: 'Deleting',
    confirmed: 'gone, as the API server confirms',
    allGone: 'Nothing of it is left.',
    someRemain: (count: number): string => (count === 1 ? 'One remains.' : `${count.toString()} remain.`),
    leaveTitle: 'This session made something that still runs.',
    deleteAndLeave: 'Delete it and quit',
    keepAndLeave: 'Leave it and quit',
    keepKey: 'l',
    leftEarlier: (count: number): string => (count === 1 ? 'One thing of yours is left from an earlier session: x cleans up.' : `${count.toString()} things of yours are left from earlier sessions: x cleans up.`),
    ending: (name: string): string => `Ending ${name}.`,
    remainsUntil: (name: string, endsAt: string): string => `${name} may still run; it ends by itself at ${endsAt}. Or: netdiag-tui cleanup`,
  },
  leftEarlier: (names: readonly string[]): string => `Left from an earlier session of yours: ${names.join(', ')}. netdiag-tui cleanup ends ${names.length === 1 ? 'it' : 'them'}.`,
  nextCommands: 'Use it, and remove it:',
};

import type { Change, CreatedThing, Kept, NoInstall, Permission, Progress, Refusal, RungId } from '../../domain/access.ts';
import { minutes, rightsText } from '../access-phrases.ts';

const rungs: Readonly<Record<RungId, string>> = {
  exec: 'exec in the container',
  'other-container': 'exec in another container of the pod',
  ephemeral: 'ephemeral container',
  toolkit: 'toolkit pod',
  node: 'node pod (host network)',
  install: 'tools installed in the container',
};

/** What is about to be done to the cluster. */
const change: Readonly<Record<RungId, (change: Change) => string>> = {
  exec: ({ subject }) => `A command is run in ${subject}.`,
  'other-container': ({ subject }) => `A command is run in ${subject}.`,
  ephemeral: ({ subject, image, ttlSeconds }) =>
    `${subject} gets an ephemeral container of ${image ?? ''}. It ends by itself${minutes(ttlSeconds, (count) => ` after ${count} min at the latest`)}; its entry stays in the pod until the pod is deleted.`,
  toolkit: ({ subject, image, ttlSeconds }) => `${subject} is created, of ${image ?? ''}${minutes(ttlSeconds, (count) => `, and ends by itself after ${count} min at the latest`)}.`,
  node: ({ subject, image, ttlSeconds }) =>
    `${subject} is created in the network of its node, of ${image ?? ''}${minutes(ttlSeconds, (count) => `, and ends by itself after ${count} min at the latest`)}.`,
  install: ({ subject, packages, ttlSeconds }) =>
    `${packages?.names.join(', ') ?? ''} and what they need are installed in ${subject} by ${packages?.manager ?? ''}, beside the application, and removed afterwards${minutes(ttlSeconds, (count) => `, by themselves after ${count} min at the latest`)}. A package that was there and had to be upgraded for them stays upgraded until the container is started anew.`,
};

const noInstall: Readonly<Record<NoInstall, string>> = {
  'not-root': 'its user is not root',
  'read-only-files': 'its file system is read-only',
  'no-package-manager': 'it has no package manager (apt, apk, dnf)',
  'nothing-missing': 'it has all the tools already',
};

function progress(step: Progress): string | null {
  switch (step.kind) {
    case 'starting':
      return `Waiting for ${step.place} (${step.image}) to start.`;
    case 'installing':
      return `Installing ${step.packages.join(', ')} in ${step.place}.`;
    case 'ending':
      return `Ending ${step.place}.`;
    case 'uninstalling':
      return `Removing from ${step.place} what was installed.`;
    case 'not-removed':
      return `What was installed in ${step.place} could not be removed, and stays until the container is started anew: ${step.detail}`;
    case 'gone':
      return null;
  }
}

function created({ kind, isNew, stays, endsAt, image }: CreatedThing): string {
  if (kind === 'installed-tools') return `Installed for this run: ${image}; ${stays ? `removed at ${endsAt}` : 'removed with the run'}.`;
  return isNew ? `Created for this run, of ${image}; ${stays ? `it stays until ${endsAt}` : 'it is ended with the run'}.` : `It was there already, of ${image}, and ends at ${endsAt}.`;
}

function kept({ network, labels, node, files }: Kept): string {
  const same = [network ? 'network' : '', labels ? 'labels' : '', node ? 'node' : '', files ? 'files, user and environment' : ''].filter((word) => word !== '');
  const other = [network ? '' : 'network', labels ? '' : 'labels', node ? '' : 'node', files ? '' : 'files, user and environment'].filter((word) => word !== '');
  return [same.length === 0 ? '' : `same ${same.join(', ')}`, other.length === 0 ? '' : `other ${other.join(', ')}`].filter((part) => part !== '').join('; ');
}

function refusal(given: Refusal): string {
  const why = given.detail === '' ? '' : `: ${given.detail}`;
  switch (given.kind) {
    case 'no-tools':
      return given.detail === '' ? 'it has no tools at all' : `it has no tool that opens connections, only ${given.detail}`;
    case 'not-permitted':
      return given.missing.length === 0 ? `not permitted${why}` : `you may not ${rightsText(given.missing)}`;
    case 'admission':
      return `the namespace’s rules reject it${why}`;
    case 'read-only':
      return 'it changes the cluster, which takes --write';
    case 'declined':
      return 'it changes the cluster, and nobody agreed (answer the question, or give --yes)';
    case 'on-request':
      return 'only on request';
    case 'not-here':
      return `not possible here${why}`;
    case 'no-install':
      return `nothing can be installed there: ${noInstall[given.reason]}${given.detail === '' ? '' : ` but ${given.detail}`}`;
    case 'failed':
      return `it failed${why}`;
  }
}

/** Getting into a pod. */
export const access = {
  rungs,
  change,
  kept,
  refusal,
  title: 'Way in',
  pulls: 'The node does not have the image yet and has to get it.',
  limitedBy: (why: string): string => `It runs with fewer rights than would be of use (ping and traceroute need NET_RAW), because more would be rejected: ${why}`,
  sameAs: 'The same by hand:',
  question: 'Do it? [y/N]',
  yesWords: ['y', 'yes'] as readonly string[],
  /** null: nothing to say. */
  progress,
  used: (rung: RungId, place: string, same: string): string => `Way in: ${rungs[rung]}, ${place} (${same})`,
  notUsed: (rung: RungId, place: string | null, why: string): string => `Way in: not ${rungs[rung]}${place === null ? '' : ` (${place})`}: ${why}`,
  /** Places of our own beside the target. */
  compared: (rung: RungId, place: string, same: string): string => `To compare with: ${rungs[rung]}, ${place} (${same})`,
  notCompared: (rung: RungId, why: string): string => `To compare with: no ${rungs[rung]}: ${why}`,
  created,
  stillInstalled: (place: string, endsAt: string): string => `What was installed in ${place} may still be there; it is removed by itself at ${endsAt}.`,
  /** Before the YAML of the rules. */
  grant: (namespaces: string): string => `A Role in ${namespaces} with these rules would permit it:`,
  console: {
    title: 'Change the cluster?',
    agree: 'Do it',
    agreeKey: 'y',
    noRun: 'Nothing was run in a pod yet.',
    armHint: 'Start netdiag-tui with --write to have it done here, after a question.',
    noPod: 'A shell needs a pod: choose one first.',
    entering: 'Looking for a way in…',
    noShell: 'There is no shell to be had',
    shellFailed: (detail: string): string => `The shell was lost: ${detail}`,
    shellEnded: (code: number): string => `The shell ended with exit code ${code.toString()}.`,
  },
  steps: {
    write: (rung: RungId): string =>
      rung === 'install' ? 'Or let netdiag-tui install tools in the container for a while: --write --install-tools.' : `Let netdiag-tui ask from an ${rungs[rung]} in the pod’s network: run it again with --write (and --yes to skip the question).`,
    byHand: 'Or do it by hand with the commands below.',
    grant: (rung: RungId, rights: readonly Permission[]): string => `For ${rungs[rung]}: ask for the right to ${rightsText(rights)}.`,
    amounts: 'Name the amounts that are demanded: --request cpu=100m --limit memory=256Mi (or toolkit: in config.yaml).',
    image: 'Name an image that the node can get: --toolkit-image IMAGE.',
  },
};

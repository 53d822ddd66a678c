import { setTimeout as delay } from 'node:timers/promises';
import type { Change, CreatedThing, Refusal } from '../domain/access.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { ContainerAddress, ExecEnding, ExecSession, PodExec } from '../kube/exec-socket.ts';
import { kubectlExecPrefix } from '../vantage/pod-exec.ts';
import { endsAt } from './ephemeral-spec.ts';
import { GONE_ARGV, INSTALL_EXIT, installArgv, installedLine, readInstallSurvey, surveyArgv } from './install-scripts.ts';
import { endKeeperArgv } from './keeper.ts';
import { randomWord } from './owner.ts';
import { packagesFor, type PackageManager } from './package-managers.ts';
import type { Climber, Entered, Goal } from './way-in.ts';

type Commands = readonly (readonly string[])[];

export type InstallOutcome =
  | { readonly ok: true; readonly entered: Entered; readonly commands: Commands }
  | { readonly ok: false; readonly refusal: Refusal; readonly commands: Commands };

const SURVEY_MS = 8_000;
/** Lists and packages of some megabytes over a slow line. */
const INSTALL_LIMIT_MS = 180_000;
const POLL_MS = 500;
const EXEC_MS = 4_000;

/**
 * Tools installed in the container itself for a while: nothing is nearer to what the application sees, and nothing changes more of it.
 * null: it has no shell, so that there is nothing to say.
 */
export async function enterByInstall(climber: Climber, goal: Goal, own: Entered): Promise<InstallOutcome | null> {
  const { pod, container } = goal;
  const surveyed = await own.vantage.run({ argv: surveyArgv(), timeoutMs: SURVEY_MS }, { signal: climber.signal });
  const found = readInstallSurvey(surveyed.stdout);
  if (found === null) return surveyed.failure === 'no-such-command' ? null : refused({ kind: 'failed', detail: surveyed.detail ?? surveyed.stderr.trim() });
  const { manager, user, isWritable, missing } = found;
  const packages = manager === null ? [] : packagesFor(manager, missing);
  if (manager === null) return refused({ kind: 'no-install', reason: 'no-package-manager', detail: '' });
  if (user !== 0) return refused({ kind: 'no-install', reason: 'not-root', detail: user === null ? '' : String(user) });
  if (!isWritable) return refused({ kind: 'no-install', reason: 'read-only-files', detail: '' });
  if (packages.length === 0) return refused({ kind: 'no-install', reason: 'nothing-missing', detail: '' });
  const address = { namespace: pod.namespace, pod: pod.name, container };
  const commands = commandsFor(climber, address, manager, packages);
  const { ttlSeconds } = climber.options;
  const change: Change = { rung: 'install', subject: `container ${pod.namespace}/${pod.name}/${container}`, image: null, packages: { manager: manager.name, names: packages }, ttlSeconds, pulls: null, commands };
  const consent = await climber.consent(change);
  if (consent !== 'yes') return refused({ kind: consent, detail: '' }, commands);
  return installed(climber, goal, own, { address, manager, packages, commands });
}

function refused(refusal: Refusal, commands: Commands = []): InstallOutcome {
  return { ok: false, refusal, commands };
}

/** What is run there, and what a person removes it with: ours removes just what came new. */
function commandsFor({ exec }: Climber, address: ContainerAddress, { before, install, remove, list, after }: PackageManager, packages: readonly string[]): Commands {
  const prefix = kubectlExecPrefix(address, exec.context);
  return [...before, [...install, ...packages], list === null ? remove : [...remove, ...packages], ...after].map((argv) => [...prefix, ...argv]);
}

interface Installation {
  readonly address: ContainerAddress;
  readonly manager: PackageManager;
  readonly packages: readonly string[];
  readonly commands: Commands;
}

async function installed(climber: Climber, goal: Goal, own: Entered, { address, manager, packages, commands }: Installation): Promise<InstallOutcome> {
  const { exec, signal, options } = climber;
  const mark = randomWord(12);
  const place = `${address.namespace}/${address.pod}/${address.container}`;
  climber.progress({ kind: 'installing', place, packages });
  const keeper = startKeeper(exec, address, installArgv(manager, mark, options.ttlSeconds, packages), installedLine(mark));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(INSTALL_LIMIT_MS)]);
  const ended = await Promise.race([keeper.ready, keeper.session.ended, aborted(limit)]);
  const created: CreatedThing = { kind: 'installed-tools', name: place, image: packages.join(', '), endsAt: endsAt(climber.nowMs(), options.ttlSeconds), isNew: true, stays: goal.stays };
  const entered: Entered = {
    vantage: own.vantage,
    created,
    async release(until) {
      if (goal.stays) return;
      climber.progress({ kind: 'uninstalling', place, endsAt: created.endsAt });
      const end = await endInstallation(exec, address, mark, keeper, until);
      if (end === 'gone') climber.progress({ kind: 'gone', place });
      if (end === 'not-removed') climber.progress({ kind: 'not-removed', place, detail: keeper.said() });
    },
  };
  if (ended === 'ready') return { ok: true, entered, commands };
  if (ended !== 'aborted') return refused(whyNot(ended, keeper.said()), commands);
  // It goes on there, and is undone when it is through.
  await exec.start(address, endKeeperArgv(mark), 'none', SILENT).ended;
  return refused({ kind: 'failed', detail: signal.aborted ? 'cancelled' : keeper.said() }, commands);
}

function whyNot(ended: ExecEnding, said: string): Refusal {
  switch (ended.kind) {
    case 'exited':
      if (ended.exitCode === INSTALL_EXIT.occupied) return { kind: 'failed', detail: 'another installation of netdiag-tui is in this container' };
      return { kind: 'failed', detail: said === '' ? `exit code ${String(ended.exitCode)}` : said };
    case 'refused':
      return { kind: 'failed', detail: ended.failure.detail };
    case 'error':
    case 'lost':
      return { kind: 'failed', detail: ended.detail };
  }
}

interface Keeper {
  readonly session: ExecSession;
  readonly ready: Promise<'ready'>;
  /** What it said of a failure. */
  readonly said: () => string;
}

const SILENT = { stdout: (): void => undefined, stderr: (): void => undefined };

function startKeeper(exec: PodExec, address: ContainerAddress, argv: readonly string[], readyLine: string): Keeper {
  const ready = Promise.withResolvers<'ready'>();
  let stdout = '';
  let stderr = '';
  const session = exec.start(address, argv, 'none', {
    stdout(bytes) {
      stdout += Buffer.from(bytes).toString('utf8');
      if (stdout.includes(readyLine)) ready.resolve('ready');
    },
    stderr(bytes) { stderr += Buffer.from(bytes).toString('utf8'); },
  });
  return { session, ready: ready.promise, said: () => cleanText(stderr).trim().replaceAll('\n', ' · ') };
}

/** Tells the keeper to undo it and waits until it has, as long as the signal lets it; where its own connection broke, by looking. null: not confirmed. */
async function endInstallation(exec: PodExec, address: ContainerAddress, mark: string, keeper: Keeper, until: AbortSignal): Promise<'gone' | 'not-removed' | null> {
  await soon(exec.start(address, endKeeperArgv(mark), 'none', SILENT));
  const ended = await Promise.race([keeper.session.ended, aborted(until)]);
  if (ended === 'aborted') return null;
  if (ended.kind === 'exited') return ended.exitCode === INSTALL_EXIT.undone ? 'gone' : 'not-removed';
  while (!until.aborted) {
    const gone = await soon(exec.start(address, GONE_ARGV, 'none', SILENT));
    if (gone?.kind === 'exited' && gone.exitCode === 0) return 'gone';
    await delay(POLL_MS, undefined, { signal: until }).catch(() => undefined);
  }
  return null;
}

/** null: it took too long. */
async function soon(session: ExecSession): Promise<ExecEnding | null> {
  const ended = await Promise.race([session.ended, delay(EXEC_MS, null, { ref: false })]);
  if (ended === null) session.disconnect();
  return ended;
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => { resolve('aborted'); }, { once: true });
  });
}

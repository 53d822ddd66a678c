import { KEPT, type Access, type Permission, type Refusal, type Rung, type RungId } from '../domain/access.ts';
import { createPodExecVantage, podIdentity } from '../vantage/pod-exec.ts';
import { enterByEphemeral } from './ephemeral.ts';
import { enterByInstall } from './install.ts';
import { shellCommand } from './kubectl.ts';
import { ephemeralRights, execRights } from './rights.ts';
import type { Climber, Entered, Goal, Surveyed } from './way-in.ts';

export interface Climbed {
  readonly access: Access;
  /** The place to ask from. When no rung holds it is the container itself: what cannot be asked there is then told. */
  readonly entered: Entered;
}

/**
 * Goes up the ladder to the first rung that holds, least privilege first, and tells what it found at each. What changes the cluster
 * is only asked about when nothing before it holds.
 */
export async function climb(climber: Climber, goal: Goal): Promise<Climbed> {
  const rungs: Rung[] = [];
  const own = await tryContainer(climber, goal, goal.container);
  if (goal.installs && own.rung.refusal?.kind !== 'not-permitted') {
    const installed = await tryInstall(climber, goal, own.entered);
    if (installed !== null) rungs.push(installed.rung);
    if (installed?.entered) return climbed([installed.rung], 'install', installed.entered);
  }
  rungs.push(own.rung);
  if (own.rung.refusal === null) return climbed(rungs, 'exec', own.entered);
  if (own.rung.refusal.kind === 'not-permitted') {
    // Every way into this pod goes by exec.
    rungs.push(await withoutExec(climber, goal, own.rung.refusal.missing));
    return climbed(rungs, null, own.entered);
  }
  for (const { name, isRunning } of goal.pod.containers) {
    if (name === goal.container || !isRunning) continue;
    const other = await tryContainer(climber, goal, name);
    rungs.push(other.rung);
    if (other.rung.refusal === null) return climbed(rungs, 'other-container', other.entered);
    await other.entered.vantage.close();
  }
  const ephemeral = await enterByEphemeral(climber, goal);
  rungs.push(rungOf('ephemeral', ephemeral.place, ephemeral.ok ? null : ephemeral.refusal, ephemeral.commands));
  if (ephemeral.ok) {
    await own.entered.vantage.close();
    return climbed(rungs, 'ephemeral', ephemeral.entered);
  }
  // Who has just said no is not asked for more.
  const isLast = !goal.installs && own.rung.refusal.kind === 'no-tools' && ephemeral.refusal.kind !== 'declined';
  const last = !isLast ? null : await tryInstall(climber, goal, own.entered);
  if (last !== null) rungs.push(last.rung);
  return last?.entered ? climbed(rungs, 'install', last.entered) : climbed(rungs, null, own.entered);
}

/** null: there is nothing to say of it. */
async function tryInstall(climber: Climber, goal: Goal, own: Entered): Promise<{ readonly rung: Rung; readonly entered: Entered | null } | null> {
  const outcome = await enterByInstall(climber, goal, own);
  if (outcome === null) return null;
  const place = `${goal.pod.namespace}/${goal.pod.name}/${goal.container}`;
  return { rung: rungOf('install', place, outcome.ok ? null : outcome.refusal, outcome.commands), entered: outcome.ok ? outcome.entered : null };
}

function climbed(rungs: readonly Rung[], used: RungId | null, entered: Entered): Climbed {
  return { access: { rungs, used, created: entered.created }, entered };
}

function rungOf(rung: RungId, place: string | null, refusal: Refusal | null, commands: Rung['commands']): Rung {
  return { rung, place, refusal, kept: KEPT[rung], commands };
}

async function withoutExec({ access, signal }: Climber, { pod }: Goal, missing: readonly Permission[]): Promise<Rung> {
  const also = await access.missing(ephemeralRights(pod.namespace), signal);
  return rungOf('ephemeral', null, { kind: 'not-permitted', missing: [...missing, ...also], detail: '' }, []);
}

interface Tried {
  readonly rung: Rung;
  readonly entered: Entered;
}

async function tryContainer(climber: Climber, goal: Goal, container: string): Promise<Tried> {
  const { exec, access, signal } = climber;
  const { pod, role } = goal;
  const identity = podIdentity(pod, container, { id: role.id, relation: 'self' }, exec.context);
  const vantage = createPodExecVantage({ ...identity, role: role.role }, exec, { namespace: pod.namespace, pod: pod.name, container });
  const surveyed = await climber.survey(vantage);
  const rung = container === goal.container ? 'exec' : 'other-container';
  const missing = surveyed.kind === 'not-permitted' ? await access.missing(execRights(pod.namespace), signal) : [];
  const shell = [shellCommand(pod.namespace, pod.name, container, exec.context)];
  const entered: Entered = { vantage, created: null, release: () => Promise.resolve() };
  return { rung: rungOf(rung, `${pod.namespace}/${pod.name}/${container}`, refusalOf(surveyed, missing), shell), entered };
}

function refusalOf(surveyed: Surveyed, missing: Extract<Refusal, { kind: 'not-permitted' }>['missing']): Refusal | null {
  switch (surveyed.kind) {
    case 'tools':
      return null;
    case 'none':
      return { kind: 'no-tools', detail: surveyed.detail };
    case 'not-permitted':
      return { kind: 'not-permitted', missing, detail: surveyed.detail };
    case 'lost':
      return { kind: 'failed', detail: surveyed.detail };
  }
}

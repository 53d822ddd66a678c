import { setTimeout as delay } from 'node:timers/promises';
import type { CreatedThing, Refusal } from '../domain/access.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import { isAdmission, type EphemeralContainer } from '../kube/access.ts';
import type { EphemeralState } from '../kube/pod-access.ts';
import { createPodExecVantage, podIdentity } from '../vantage/pod-exec.ts';
import { waitForStart } from './container-start.ts';
import { endsAt, ephemeralContainer, PROFILES, type EphemeralWish, type Profile } from './ephemeral-spec.ts';
import { endEphemeral } from './end-ephemeral.ts';
import { debugCommands, debugRunPrefix, type EphemeralCommand } from './kubectl.ts';
import { nodePreflight } from './node-preflight.ts';
import { EPHEMERAL_PREFIX, isOurs, randomWord, VARIABLE } from './owner.ts';
import { ephemeralRights } from './rights.ts';
import type { Climber, Entered, Goal } from './way-in.ts';

/** A change that was sent is waited for even when nobody wants it any more: else it would not be known whether it was made. */
const CHANGE_MS = 10_000;

/** What is cancelled has a little less than the time that a run has to end. */
const GRACE_MS = 2_800;

type Commands = readonly (readonly string[])[];

export type EphemeralOutcome =
  | { readonly ok: true; readonly entered: Entered; readonly place: string; readonly commands: Commands }
  | { readonly ok: false; readonly refusal: Refusal; readonly place: string | null; readonly commands: Commands };

/** An ephemeral container beside the target: one of ours that runs already, or a new one. */
export async function enterByEphemeral(climber: Climber, goal: Goal): Promise<EphemeralOutcome> {
  const running = goal.pod.ephemeral.find((one) => isReusable(one, climber, goal));
  if (running !== undefined) {
    const again = reuse(climber, goal, running);
    // The API shows a container as running for a while after it has ended.
    if ((await climber.survey(again.entered.vantage)).kind !== 'lost') return again;
  }
  const { pod } = goal;
  const command = commandFor(climber, goal, 'restricted');
  if (pod.isWindows || pod.isMirror) return refused({ kind: 'not-here', detail: pod.isWindows ? 'windows' : 'static pod' }, []);
  const missing = await climber.access.missing(ephemeralRights(pod.namespace), climber.signal);
  if (missing.length > 0) return refused({ kind: 'not-permitted', missing, detail: '' }, debugCommands(command));
  const node = await nodePreflight(climber, pod.node);
  if (node.refusal !== null) return refused(node.refusal, []);
  return tryProfiles(climber, goal, node.pulls);
}

function isReusable(container: EphemeralState, { owner, options }: Climber, goal: Goal): boolean {
  const isMine = container.environment[VARIABLE.owner] === owner.name;
  return isOurs(container) && isMine && container.state === 'running' && container.target === goal.container && container.image === options.image;
}

function refused(refusal: Refusal, commands: Commands, place: string | null = null): EphemeralOutcome {
  return { ok: false, refusal, place, commands };
}

function commandFor({ exec, options }: Climber, { pod, container }: Goal, profile: Profile, name = `${EPHEMERAL_PREFIX}${randomWord(5)}`): EphemeralCommand {
  return {
    context: exec.context,
    namespace: pod.namespace,
    pod: pod.name,
    target: container,
    name,
    image: options.image,
    ttlSeconds: options.ttlSeconds,
    profile,
  };
}

/** The most useful profile that a server-side dry run accepts. */
async function tryProfiles(climber: Climber, goal: Goal, pulls: boolean | null): Promise<EphemeralOutcome> {
  let last = '';
  for (const profile of PROFILES) {
    const command = commandFor(climber, goal, profile);
    const wish = wishFor(climber, goal, command.name);
    const container = ephemeralContainer(wish, profile, goal.pod);
    const tried = await climber.access.addEphemeral(goal.pod, container, true, climber.signal);
    if (tried.ok) return agreeAndCreate(climber, goal, command, { wish, container, pulls, limitedBy: last });
    if (!isAdmission(tried.failure)) return refused({ kind: 'failed', detail: tried.failure.detail }, debugCommands(command));
    last = tried.failure.detail;
  }
  return refused({ kind: 'admission', detail: last }, []);
}

function wishFor({ owner, options, nowMs }: Climber, { container, environment }: Goal, name: string): EphemeralWish {
  return { name, mark: randomWord(12), target: container, owner, options, environment, nowMs: nowMs() };
}

async function agreeAndCreate(
  climber: Climber,
  goal: Goal,
  command: EphemeralCommand,
  { wish, container, pulls, limitedBy }: { readonly wish: EphemeralWish; readonly container: EphemeralContainer; readonly pulls: boolean | null; readonly limitedBy: string },
): Promise<EphemeralOutcome> {
  const { access, signal, options } = climber;
  const { pod } = goal;
  const commands = debugCommands(command);
  const consent = await climber.consent({ rung: 'ephemeral', subject: `pod ${pod.namespace}/${pod.name}`, image: options.image, ttlSeconds: options.ttlSeconds, pulls, ...(limitedBy === '' ? {} : { limitedBy }), commands });
  if (consent !== 'yes') return refused({ kind: consent, detail: '' }, commands);
  const created = await access.addEphemeral(pod, container, false, AbortSignal.timeout(CHANGE_MS));
  if (!created.ok) return refused({ kind: 'failed', detail: created.failure.detail }, commands);
  const place = `${pod.namespace}/${pod.name}/${wish.name}`;
  climber.progress({ kind: 'starting', place, image: options.image });
  const start = await waitForStart({ access, pod, signal, find: (read) => read.ephemeral.find(({ name }) => name === wish.name) ?? null, fieldPath: `spec.ephemeralContainers{${wish.name}}` });
  const thing: CreatedThing = { kind: 'ephemeral-container', name: place, image: options.image, endsAt: endsAt(wish.nowMs, options.ttlSeconds), isNew: true, stays: goal.stays };
  const entered = enteredAt(climber, goal, wish.name, wish.mark, thing, goal.stays ? null : debugRunPrefix(command));
  if (start.kind === 'running') return { ok: true, entered, place, commands };
  // Cancelled while it started: it may come up a moment later.
  if (signal.aborted) await entered.release(AbortSignal.timeout(GRACE_MS));
  return refused({ kind: 'failed', detail: start.detail }, commands, place);
}

function reuse(climber: Climber, goal: Goal, { name, image, environment }: EphemeralState): Extract<EphemeralOutcome, { ok: true }> {
  const { pod } = goal;
  const place = `${pod.namespace}/${pod.name}/${name}`;
  const thing: CreatedThing = { kind: 'ephemeral-container', name: place, image, endsAt: environment[VARIABLE.endsAt] ?? '', isNew: false, stays: true };
  const entered = enteredAt(climber, { ...goal, stays: true }, name, environment[VARIABLE.mark] ?? '', thing, null);
  return { ok: true, entered, place, commands: debugCommands(commandFor(climber, goal, 'restricted', name)).slice(1) };
}

function enteredAt(climber: Climber, goal: Goal, name: string, mark: string, created: CreatedThing, prefix: readonly string[] | null): Entered {
  const { exec, access } = climber;
  const { pod, role } = goal;
  const plain = podIdentity(pod, name, { id: role.id, relation: 'self' }, exec.context);
  const identity: VantageIdentity = { ...plain, role: role.role, kind: 'ephemeral', prefix: prefix ?? plain.prefix };
  const address = { namespace: pod.namespace, pod: pod.name, container: name };
  return {
    vantage: createPodExecVantage(identity, exec, address),
    created,
    async release(signal) {
      if (goal.stays) return;
      climber.progress({ kind: 'ending', place: created.name, endsAt: created.endsAt });
      while (!signal.aborted) {
        const ended = await endEphemeral({ exec, access }, address, mark, signal);
        if (ended.kind === 'gone') {
          climber.progress({ kind: 'gone', place: created.name });
          return;
        }
        await delay(300, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

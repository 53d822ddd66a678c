import type { CreatedThing, Refusal, RungId } from '../domain/access.ts';
import type { ClusterFailure } from '../domain/cluster.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import { isAdmission, type PodManifest } from '../kube/access.ts';
import type { PodWithTraces } from '../kube/owned.ts';
import { createPodExecVantage, podIdentity } from '../vantage/pod-exec.ts';
import { waitForStart } from './container-start.ts';
import { endsAt, PROFILES } from './ephemeral-spec.ts';
import { toolkitCommands } from './kubectl.ts';
import { nodePreflight } from './node-preflight.ts';
import { LABEL, MANAGED_BY, randomWord } from './owner.ts';
import { removePod } from './remove-pod.ts';
import { execRights, podRights } from './rights.ts';
import { ENDS_AT_ANNOTATION, NODE_TOOLKIT_NAME, TOOLKIT_CONTAINER, TOOLKIT_NAME, toolkitManifest, type ToolkitWish } from './toolkit-manifest.ts';
import type { Climber, Entered } from './way-in.ts';

type Commands = readonly (readonly string[])[];

/** Where a toolkit pod is wanted. */
export interface ToolkitPlace {
  readonly namespace: string;
  readonly node: string | null;
  readonly hostNetwork: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ToolkitPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly node: string | null;
  readonly created: CreatedThing;
}

export type ToolkitOutcome =
  | { readonly ok: true; readonly pod: ToolkitPod; readonly commands: Commands }
  | { readonly ok: false; readonly refusal: Refusal; readonly place: string | null; readonly commands: Commands; readonly isNameTaken?: boolean };

/** A toolkit pod of mine that runs there already, or a new one. `stays`: whether it outlives the run. */
export async function ensureToolkit(climber: Climber, place: ToolkitPlace, stays: boolean): Promise<ToolkitOutcome> {
  const usual = place.hostNetwork ? NODE_TOOLKIT_NAME : TOOLKIT_NAME;
  const existing = await climber.access.pod({ namespace: place.namespace, name: usual }, climber.signal);
  if (existing.ok && isReusable(existing.value, climber, place)) return reused(climber, existing.value);
  const name = existing.ok ? `${usual}-${randomWord(4)}` : usual;
  const rights = [...podRights(place.namespace), ...execRights(place.namespace)];
  const missing = await climber.access.missing(rights, climber.signal);
  const wish: ToolkitWish = { ...place, name, owner: climber.owner, options: climber.options, nowMs: climber.nowMs() };
  if (missing.length > 0) return { ok: false, refusal: { kind: 'not-permitted', missing, detail: '' }, place: null, commands: commandsFor(climber, wish) };
  const node = await nodePreflight(climber, place.node);
  if (node.refusal !== null) return { ok: false, refusal: node.refusal, place: null, commands: [] };
  const outcome = await tryProfiles(climber, wish, stays, node.pulls);
  // Somebody else made one of that name meanwhile.
  if (outcome.ok || outcome.isNameTaken !== true) return outcome;
  return tryProfiles(climber, { ...wish, name: `${usual}-${randomWord(4)}` }, stays, node.pulls);
}

function isReusable(pod: PodWithTraces, { owner, options }: Climber, place: ToolkitPlace): boolean {
  const isMine = pod.labels[LABEL.managedBy] === MANAGED_BY && pod.labels[LABEL.owner] === owner.name;
  const isThere = (place.node === null || pod.node === place.node) && pod.hostNetwork === place.hostNetwork && pod.image === options.image;
  const hasLabels = Object.entries(place.labels).every(([key, value]) => pod.labels[key] === value);
  return isMine && isThere && hasLabels && pod.phase === 'Running' && !pod.isTerminating;
}

function reused(climber: Climber, pod: PodWithTraces): ToolkitOutcome {
  const { namespace, name, uid, node, image } = pod;
  const created: CreatedThing = { kind: 'pod', name: `${namespace}/${name}`, image, endsAt: pod.annotations[ENDS_AT_ANNOTATION] ?? '', isNew: false, stays: true };
  const { labels, hostNetwork } = pod;
  const commands = toolkitCommands({ context: climber.exec.context, namespace, name, image, ttlSeconds: climber.options.ttlSeconds, node, hostNetwork, labels }).slice(1);
  return { ok: true, pod: { namespace, name, uid, node, created }, commands };
}

function commandsFor({ exec, options }: Climber, wish: ToolkitWish): Commands {
  const { image, ttlSeconds } = options;
  const { namespace, name, node, hostNetwork } = wish;
  const labels = toolkitManifest(wish, 'restricted').metadata?.labels ?? {};
  return toolkitCommands({ context: exec.context, namespace, name, image, ttlSeconds, node, hostNetwork, labels });
}

async function tryProfiles(climber: Climber, wish: ToolkitWish, stays: boolean, pulls: boolean | null): Promise<ToolkitOutcome> {
  const commands = commandsFor(climber, wish);
  let last = '';
  for (const profile of PROFILES) {
    const manifest = toolkitManifest(wish, profile);
    const tried = await climber.access.createPod(manifest, true, climber.signal);
    if (tried.ok) return agreeAndCreate(climber, wish, manifest, { stays, pulls, limitedBy: last });
    if (!isAdmission(tried.failure)) return { ok: false, refusal: { kind: 'failed', detail: tried.failure.detail }, place: null, commands, isNameTaken: isNameTaken(tried.failure) };
    last = tried.failure.detail;
  }
  return { ok: false, refusal: { kind: 'admission', detail: last }, place: null, commands: [] };
}

/** 409: an object of that name is there (API conventions, AlreadyExists). */
function isNameTaken(failure: ClusterFailure): boolean {
  return failure.kind === 'failed' && failure.status === 409;
}

/** A change that was sent is waited for even when nobody wants it any more: else it would not be known whether it was made. */
const CHANGE_MS = 10_000;

async function agreeAndCreate(climber: Climber, wish: ToolkitWish, manifest: PodManifest, { stays, pulls, limitedBy }: { readonly stays: boolean; readonly pulls: boolean | null; readonly limitedBy: string }): Promise<ToolkitOutcome> {
  const { access, signal, options } = climber;
  const commands = commandsFor(climber, wish);
  const { namespace, name } = wish;
  const rung: RungId = wish.hostNetwork ? 'node' : 'toolkit';
  const consent = await climber.consent({ rung, subject: `pod ${namespace}/${name}`, image: options.image, ttlSeconds: options.ttlSeconds, pulls, ...(limitedBy === '' ? {} : { limitedBy }), commands });
  if (consent !== 'yes') return { ok: false, refusal: { kind: consent, detail: '' }, place: null, commands };
  const made = await access.createPod(manifest, false, AbortSignal.timeout(CHANGE_MS));
  if (!made.ok) return { ok: false, refusal: { kind: 'failed', detail: made.failure.detail }, place: null, commands, isNameTaken: isNameTaken(made.failure) };
  const place = `${namespace}/${name}`;
  climber.progress({ kind: 'starting', place, image: options.image });
  const start = await waitForStart({
    access, signal, pod: { namespace, name }, fieldPath: `spec.containers{${TOOLKIT_CONTAINER}}`,
    find: (pod) => (pod.ended === null ? pod.containers[0] ?? null : { ...pod.ended, state: 'terminated', exitCode: null }),
  });
  const uid = made.value.metadata?.uid ?? '';
  if (start.kind === 'failed') {
    // It would go on trying to start.
    await removePod(access, { namespace, name, uid }, AbortSignal.timeout(CHANGE_MS));
    return { ok: false, refusal: { kind: 'failed', detail: start.detail }, place, commands };
  }
  const created: CreatedThing = { kind: 'pod', name: place, image: options.image, endsAt: endsAt(wish.nowMs, options.ttlSeconds), isNew: true, stays };
  return { ok: true, pod: { namespace, name, uid, node: wish.node, created }, commands };
}

/** The toolkit pod as a place to compare with. The network of another node than the target's says nothing of that node. */
export function enterToolkit(climber: Climber, pod: ToolkitPod, hostNetwork: boolean, isSameNode: boolean): Entered {
  const { exec, access } = climber;
  const kind = hostNetwork ? 'node' : 'toolkit';
  const plain = podIdentity(pod, TOOLKIT_CONTAINER, { id: `contrast:${pod.created.name}`, relation: 'pod' }, exec.context);
  const identity: VantageIdentity = { ...plain, kind, relation: !hostNetwork ? 'pod' : isSameNode ? 'node' : 'unknown' };
  return {
    vantage: createPodExecVantage(identity, exec, { namespace: pod.namespace, pod: pod.name, container: TOOLKIT_CONTAINER }),
    created: pod.created,
    async release(signal) {
      if (pod.created.stays) return;
      const { name: place, endsAt: by } = pod.created;
      climber.progress({ kind: 'ending', place, endsAt: by });
      if ((await removePod(access, pod, signal)).kind === 'gone') climber.progress({ kind: 'gone', place });
    },
  };
}

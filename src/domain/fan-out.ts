import type { CauseId, Confidence } from './cause.ts';
import { LAYERS, type Layer, type LayerStatus } from './layer.ts';
import type { RunEvent } from './run-event.ts';
import type { CauseParameters, Verdict, VerdictStatus } from './verdict.ts';

/** The same question from several pods at once: every replica of a workload, or one pod of each node. */
export const FAN_OUT_SCOPES = ['all', 'per-node'] as const;
export type FanOutScope = (typeof FAN_OUT_SCOPES)[number];

/** How many runs go on at the same time. */
export const FAN_OUT_AT_ONCE = 10;

/** A pod that is asked from. */
export interface FanOutPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** null while it is not scheduled. */
  readonly node: string | null;
  /** False for a pod of something else, which stands in on a node without a replica: other labels, so other policies may apply. */
  readonly isReplica: boolean;
}

export type FanOutEvent =
  | { readonly kind: 'planned'; readonly places: readonly FanOutPlace[]; /** Nodes that have no pod to ask from, as far as is known. */ readonly uncovered: readonly string[] }
  | { readonly kind: 'member'; readonly pod: string; readonly event: RunEvent }
  /** Nothing could be asked from there. */
  | { readonly kind: 'not-run'; readonly pod: string; readonly detail: string };

/** One pod of a fan-out, as far as its run went. */
export interface FanOutMember {
  readonly place: FanOutPlace;
  readonly state: 'waiting' | 'running' | 'ended' | 'not-run';
  readonly layers: Readonly<Record<Layer, LayerStatus>>;
  /** null while there is none; a run that was cut off has none. */
  readonly verdict: Verdict | null;
  /** Why it could not be run. */
  readonly detail: string | null;
}

const NOTHING_ASKED: FanOutMember['layers'] = { application: 'skipped', transport: 'skipped', internet: 'skipped', 'network-access': 'skipped' };

export function membersOf(places: readonly FanOutPlace[]): readonly FanOutMember[] {
  return places.map((place) => ({ place, state: 'waiting', layers: NOTHING_ASKED, verdict: null, detail: null }));
}

/** The members after one more event. Pure. */
export function withFanOutEvent(members: readonly FanOutMember[], event: FanOutEvent): readonly FanOutMember[] {
  switch (event.kind) {
    case 'planned':
      return membersOf(event.places);
    case 'not-run':
      return members.map((one) => (one.place.pod === event.pod ? { ...one, state: 'not-run', detail: event.detail } : one));
    case 'member':
      return members.map((one) => (one.place.pod === event.pod ? memberAfter(one, event.event) : one));
  }
}

function memberAfter(member: FanOutMember, event: RunEvent): FanOutMember {
  switch (event.kind) {
    case 'run-started': {
      const { target } = event;
      const place = target.kind === 'pod' ? { ...member.place, container: target.container, node: target.node } : member.place;
      return { ...member, place, state: 'running' };
    }
    case 'tree-moved':
      return { ...member, layers: layersOf(event.layers) };
    case 'concluded':
      return { ...member, layers: layersOf(event.conclusion.layers), verdict: event.conclusion.verdict };
    case 'run-ended':
      return { ...member, state: 'ended' };
    default:
      return member;
  }
}

function layersOf(states: readonly { readonly layer: Layer; readonly status: LayerStatus }[]): FanOutMember['layers'] {
  return Object.fromEntries(LAYERS.map((layer) => [layer, states.find((state) => state.layer === layer)?.status ?? 'skipped'])) as unknown as FanOutMember['layers'];
}

/** What the pods say together. */
export interface FanOutConclusion {
  readonly status: VerdictStatus;
  readonly cause: CauseId | null;
  readonly confidence: Confidence;
  readonly parameters: CauseParameters | null;
  /** Who fails: everybody, one node's pods, some pods, nobody. */
  readonly pattern: 'none' | 'everywhere' | 'one-node' | 'some-pods' | 'unknown';
  /** The pods that fail; where none is shown to, those that are not shown to reach it either. */
  readonly pods: readonly string[];
  /** The node that stands out; null when none does. */
  readonly node: string | null;
}

/**
 * Causes that say themselves what of a node or a pod is broken, or what is no matter of a network: they stand as they are, when only the
 * pods of one node have them. `node.single-node-fault` is for what looks like a network's fault and is there on one node alone.
 */
const TELLS_ENOUGH = /^(?:pod|node|link|app|tls|proxy|mesh)\.|^service\.proxy-broken$|^ip\.(?:not-masqueraded|no-route|cidr-overlap)$|^tcp\.(?:conntrack-full|ports-exhausted)$|^policy\.(?:egress|ingress|dns|cni)-denied$/u;

/** What a stand-in may have for reasons of its own. */
const OF_THE_POD = /^(?:policy|pod|app)\./u;

/** The worst of what the pods found, and whether one node stands out. Only runs that came to a verdict count. */
export function concludeFanOut(all: readonly FanOutMember[]): FanOutConclusion {
  const members = all.filter(({ place, verdict }) => place.isReplica || !OF_THE_POD.test(verdict?.cause ?? ''));
  const judged = members.flatMap(({ place, verdict }) => (verdict === null ? [] : [{ place, verdict }]));
  const failing = judged.filter(({ verdict }) => verdict.status === 'fault');
  const worst = commonest(failing);
  if (worst === null) return withoutFault(members, judged);
  const { cause, confidence, parameters } = worst;
  const pods = failing.map(({ place }) => place.pod);
  const node = standsOut(judged);
  const base = { status: 'fault', parameters, pods } as const;
  if (node === null) {
    const isEverywhere = failing.length === members.length;
    return { ...base, cause, confidence, pattern: isEverywhere ? 'everywhere' : 'some-pods', node: null };
  }
  if (cause !== null && TELLS_ENOUGH.test(cause)) return { ...base, cause, confidence, pattern: 'one-node', node };
  return { ...base, cause: 'node.single-node-fault', confidence: pods.length > 1 ? 'certain' : 'likely', parameters: { ...parameters, detail: node, ...wellElsewhere(judged, node) }, pattern: 'one-node', node };
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

function wellElsewhere(judged: readonly Judged[], node: string): Pick<CauseParameters, 'contrast'> {
  const well = judged.find(({ place, verdict }) => place.node !== node && verdict.status === 'reachable');
  return well === undefined ? {} : { contrast: well.place.pod };
}

type Judged = { readonly place: FanOutPlace; readonly verdict: Verdict };

function withoutFault(members: readonly FanOutMember[], judged: readonly Judged[]): FanOutConclusion {
  const open = judged.filter(({ verdict }) => verdict.status === 'inconclusive');
  const isWell = judged.length === members.length && open.length === 0 && members.length > 0;
  const nearest = commonest(open);
  return {
    status: isWell ? 'reachable' : 'inconclusive',
    cause: nearest?.cause ?? null,
    confidence: isWell && judged.every(({ verdict }) => verdict.confidence === 'certain') ? 'certain' : isWell ? 'likely' : 'possible',
    parameters: nearest?.parameters ?? judged[0]?.verdict.parameters ?? null,
    pattern: isWell ? 'none' : 'unknown',
    pods: members.filter(({ verdict }) => verdict?.status !== 'reachable').map(({ place }) => place.pod),
    node: null,
  };
}

/** The verdict that most have; of equals a replica's, then the more certain one. */
function commonest(judged: readonly Judged[]): Verdict | null {
  const count = (of: Judged): number => judged.filter(({ verdict }) => verdict.cause === of.verdict.cause).length;
  const order = (a: Judged, b: Judged): number =>
    count(b) - count(a) || Number(b.place.isReplica) - Number(a.place.isReplica) || RANK[a.verdict.confidence] - RANK[b.verdict.confidence];
  return judged.toSorted(order)[0]?.verdict ?? null;
}

/**
 * The one node whose pods all fail, while those of at least one other node are all well. A stand-in that fails says nothing of its node (its
 * own policies may forbid it); one that is well says that much of the node.
 */
function standsOut(judged: readonly Judged[]): string | null {
  const names = [...new Set(judged.flatMap(({ place }) => place.node ?? []))];
  const nodes = names.map((node) => ({ node, own: judged.filter(({ place }) => place.node === node) })).map(({ node, own }) => ({
    node,
    fails: own.filter(({ place, verdict }) => verdict.status === 'fault' && place.isReplica).length,
    works: own.filter(({ verdict }) => verdict.status === 'reachable').length,
    open: own.filter(({ verdict }) => verdict.status === 'inconclusive').length,
  }));
  const bad = nodes.filter(({ fails }) => fails > 0);
  const [first] = bad;
  if (first === undefined || bad.length > 1 || first.works > 0 || first.open > 0) return null;
  return nodes.some(({ node, works }) => node !== first.node && works > 0) ? first.node : null;
}

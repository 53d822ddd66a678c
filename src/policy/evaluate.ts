import { canonical, isLoopback } from './addresses.ts';
import { adminRulesOf, firstMatch, hasEqualPriorities, isSubject } from './admin-policy.ts';
import { podAtOtherEnd, readingsOf, type Crossing, type Doubt, type Hesitation, type Reading } from './crossing.ts';
import { customPoliciesOf, type CustomMatch } from './custom.ts';
import type { AdminPolicy, Direction, NetworkPolicy } from './model.ts';
import { allowingRules, isolatingPolicies } from './network-policy.ts';
import type { World } from './world.ts';

export type PolicyVerdict = 'allowed' | 'denied' | 'depends-on-cni';

export interface PolicyReference {
  readonly kind: 'NetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';
  /** null for kinds of the whole cluster. */
  readonly namespace: string | null;
  readonly name: string;
}

/** A rule that decides, or a policy that isolates the pod and has no rule that allows. */
export interface Decision {
  readonly policy: PolicyReference;
  /** Index in the policy's list for the direction; null when it denies because no rule allows. */
  readonly rule: number | null;
  readonly effect: 'allows' | 'denies' | 'passes';
}

export interface DirectionAnswer {
  readonly direction: Direction;
  /** The pod whose border this is about: `shop/orders-1`. */
  readonly pod: string;
  readonly verdict: PolicyVerdict;
  /**
   * The verdict where plugins agree with Kubernetes' own end-to-end tests and with each other most: ipBlocks cover pods, Services are
   * translated first, hostNetwork pods are their node. null when the doubt is of another kind.
   */
  readonly usual: 'allowed' | 'denied' | null;
  /** Why it depends; empty for a definite verdict. */
  readonly doubts: readonly Hesitation[];
  /** Policies that select the pod for this direction; empty means that everything is allowed. */
  readonly selectedBy: readonly PolicyReference[];
  readonly deciding: readonly Decision[];
  /** A pod cannot be kept from itself, nor its node from it, whatever policies say. */
  readonly exempt: 'self' | 'own-node' | null;
  readonly custom: readonly CustomMatch[];
}

interface Outcome {
  readonly allowed: boolean;
  readonly deciding: readonly Decision[];
  readonly exempt: DirectionAnswer['exempt'];
}

/** Policies that concern the pod, found once for all readings. */
interface Concerned {
  readonly isolating: readonly NetworkPolicy[];
  /** What these decide where no rule of theirs allows; one list for all readings. */
  readonly denying: readonly Decision[];
  readonly admin: readonly AdminPolicy[];
  readonly baseline: readonly AdminPolicy[];
}

/** One side of a connection, judged in every reading that could make a difference. */
export interface Side {
  readonly answer: DirectionAnswer;
  readonly doubts: readonly Doubt[];
  /** Doubts that do not concern this side make no difference to it. */
  readonly isAllowed: (reading: Reading) => boolean;
}

/** Whether policies let a connection cross the border of one pod in one direction. */
export function evaluateSide(crossing: Crossing, world: World): Side {
  const concerned = concernedBy(crossing, world);
  const doubts = doubtsOf(crossing, concerned, world);
  const outcomes = new Map(readingsOf(doubts).map((reading) => [keyOf(reading), outcomeOf(crossing, concerned, reading, world)]));
  const all = [...outcomes.values()];
  const isAllowed = (reading: Reading): boolean => outcomes.get(keyOf(doubts.filter((doubt) => reading.has(doubt))))?.allowed === true;
  const exempt = all.every((outcome) => outcome.exempt === all[0]?.exempt) ? (all[0]?.exempt ?? null) : null;
  const isComplete = exempt !== null || !world.hasUnreadPolicies(crossing.own.namespace);
  return {
    doubts,
    isAllowed,
    answer: {
      direction: crossing.direction,
      pod: `${crossing.own.namespace}/${crossing.own.name}`,
      ...judge(doubts, isAllowed, isComplete),
      selectedBy: [...concerned.admin, ...concerned.baseline, ...concerned.isolating].map(referenceTo),
      deciding: decisionsOf(all),
      exempt,
      custom: customPoliciesOf(crossing.own, crossing.direction, world),
    },
  };
}

/** Readings mostly share their decisions: those of a policy's rule are told once. */
function decisionsOf(outcomes: readonly Outcome[]): readonly Decision[] {
  const [first = [], ...others] = new Set(outcomes.map(({ deciding }) => deciding));
  if (others.length === 0) return first;
  const found = new Map<string, Decision>();
  for (const deciding of [first, ...others]) {
    for (const decision of deciding) found.set(`${decision.policy.kind} ${decision.policy.name} ${String(decision.rule)} ${decision.effect}`, decision);
  }
  return [...found.values()];
}

export type Judgement = Pick<DirectionAnswer, 'verdict' | 'usual' | 'doubts'>;

/** What all readings say together: a definite verdict where they agree, else which doubts alone turn it. */
export function judge(doubts: readonly Doubt[], isAllowed: (reading: Reading) => boolean, isComplete: boolean): Judgement {
  const readings = readingsOf(doubts);
  const [first = false] = readings.map(isAllowed);
  const isDefinite = readings.every((reading) => isAllowed(reading) === first);
  const pivotal = isDefinite ? [] : doubts.filter((doubt) => readings.some((reading) => isAllowed(reading) !== isAllowed(new Set([...reading, doubt]))));
  return {
    verdict: !isDefinite || !isComplete ? 'depends-on-cni' : first ? 'allowed' : 'denied',
    usual: isComplete && pivotal.every((doubt) => OF_THE_PLUGIN.has(doubt)) ? (isAllowed(USUAL_READING) ? 'allowed' : 'denied') : null,
    doubts: isComplete ? pivotal : [...pivotal, 'unreadable-policies'],
  };
}

const OF_THE_PLUGIN: ReadonlySet<Doubt> = new Set(['ip-block-of-pod', 'host-network', 'service-translation']);
/** As Kubernetes' own end-to-end tests have it, and most plugins. */
const USUAL_READING: Reading = new Set(['ip-block-of-pod']);

function concernedBy(crossing: Crossing, world: World): Concerned {
  const { own, direction } = crossing;
  const maybe: Reading = new Set(['unknown-peer']);
  const about = (policy: AdminPolicy): boolean => adminRulesOf(policy, direction).length > 0 && isSubject(policy.subject, own, world, maybe);
  const isolating = isolatingPolicies(crossing, world);
  const denying = isolating.map((policy): Decision => ({ policy: referenceTo(policy), rule: null, effect: 'denies' }));
  return { isolating, denying, admin: world.adminPolicies.filter(about), baseline: world.baselinePolicies.filter(about) };
}

/** What could make a difference here; fewer doubts are fewer readings to go through. */
function doubtsOf({ own, other, frontend, direction }: Crossing, { isolating, admin, baseline }: Concerned, world: World): readonly Doubt[] {
  if (isolating.length + admin.length + baseline.length === 0) return [];
  const isUnknown = !other.isKnown || other.address === null || [own, other.pod].some((pod) => pod !== null && world.namespaceLabels(pod.namespace) === null);
  const namesDomains = [...admin, ...baseline].some((policy) => adminRulesOf(policy, direction).some(({ peers }) => peers.some(({ kind }) => kind === 'domain-names')));
  const doubts: readonly (readonly [Doubt, boolean])[] = [
    ['ip-block-of-pod', other.pod !== null],
    ['host-network', own.hostNetwork || other.pod?.hostNetwork === true],
    ['service-translation', frontend !== null],
    ['unknown-peer', isUnknown],
    ['equal-priority', hasEqualPriorities(admin)],
    ['domain-name', namesDomains && other.name === null && (other.pod === null || other.pod.hostNetwork)],
  ];
  return doubts.flatMap(([doubt, applies]) => (applies ? [doubt] : []));
}

function outcomeOf(crossing: Crossing, concerned: Concerned, reading: Reading, world: World): Outcome {
  const exempt = exemptionOf(crossing, reading);
  if (exempt !== null) return { allowed: true, deciding: [], exempt };
  const admin = firstMatch(concerned.admin, crossing, reading, world);
  const passed: readonly Decision[] = admin === null ? [] : [decisionOf(admin)];
  if (admin !== null && admin.action !== 'Pass') return { allowed: admin.action === 'Allow', deciding: passed, exempt: null };
  const isolating = crossing.own.hostNetwork && !reading.has('host-network') ? [] : concerned.isolating;
  if (isolating.length > 0) {
    const rules = allowingRules(isolating, crossing, reading, world);
    const deciding: readonly Decision[] =
      rules.length > 0 ? rules.map(({ policy, rule }) => ({ policy: referenceTo(policy), rule, effect: 'allows' })) : concerned.denying;
    return { allowed: rules.length > 0, deciding: passed.length === 0 ? deciding : [...passed, ...deciding], exempt: null };
  }
  const baseline = firstMatch(concerned.baseline, crossing, reading, world);
  if (baseline === null) return { allowed: true, deciding: passed, exempt: null };
  return { allowed: baseline.action !== 'Deny', deciding: [...passed, decisionOf(baseline)], exempt: null };
}

/**
 * "A Pod cannot block access to itself", and "traffic to and from the node where a Pod is running is always allowed, regardless of the
 * IP address of the Pod or the node" (Kubernetes docs, Network Policies; the kubelet's probes rely on it).
 */
function exemptionOf(crossing: Crossing, reading: Reading): Outcome['exempt'] {
  const { own, other } = crossing;
  if (other.pod !== null && other.pod.namespace === own.namespace && other.pod.name === own.name && other.pod.workload === own.workload) return 'self';
  if (other.address !== null && isLoopback(other.address)) return 'self';
  if (podAtOtherEnd(crossing, reading) !== null || other.address === null) return null;
  const address = canonical(other.address);
  return own.nodeAddresses.some((one) => canonical(one) === address) ? 'own-node' : null;
}

function keyOf(reading: Iterable<Doubt>): string {
  return [...reading].toSorted().join(' ');
}

function referenceTo(policy: NetworkPolicy | AdminPolicy): PolicyReference {
  return 'kind' in policy ? { kind: policy.kind, namespace: null, name: policy.name } : { kind: 'NetworkPolicy', namespace: policy.namespace, name: policy.name };
}

function decisionOf({ policy, rule, action }: { readonly policy: AdminPolicy; readonly rule: number; readonly action: 'Allow' | 'Deny' | 'Pass' }): Decision {
  const effects = { Allow: 'allows', Deny: 'denies', Pass: 'passes' } as const;
  return { policy: referenceTo(policy), rule, effect: effects[action] };
}

export function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

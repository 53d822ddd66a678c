import { customName, evaluateConnection, policyName, policyYaml, suggestPolicies, type ConnectionAnswer, type DirectionAnswer, type Hesitation } from '../../policy/index.ts';
import { EXIT } from '../exit-code.ts';
import { TOOL } from '../version.ts';
import type { Question } from './question.ts';
import type { PolicyRequest } from './request.ts';

export const POLICY_SCHEMA = 'netdiag-policy/v1';

/** `custom-policies`: a policy that only its own plugin understands selects the pod, and may deny or allow. */
export type PolicyDoubt = Hesitation | 'custom-policies';
export type Verdict = ConnectionAnswer['verdict'];

/** One side; `exempt`: no policy can stop it. */
export interface SideJson {
  readonly pod: string;
  readonly verdict: Verdict;
  readonly usual: DirectionAnswer['usual'];
  readonly doubts: readonly Hesitation[];
  readonly exempt: DirectionAnswer['exempt'];
  readonly selectedBy: readonly string[];
  /** `rule` is the index in the policy's egress or ingress list; null where none allows. */
  readonly deciding: readonly { readonly kind: string; readonly policy: string; readonly rule: number | null; readonly effect: 'allows' | 'denies' | 'passes' }[];
  readonly customPolicies: readonly string[];
}

/**
 * `netdiag-policy/v1`. `verdict` is that of both sides together; `declared` leaves plugins' own policies out; `usual` is the verdict
 * where plugins read the API as Kubernetes' own tests do, null where that cannot be said.
 */
export interface PolicyJson {
  readonly schema: typeof POLICY_SCHEMA;
  readonly tool: typeof TOOL;
  readonly from: { readonly namespace: string; readonly pod: string; readonly workload: string | null };
  readonly to: {
    readonly asked: string;
    readonly port: number;
    readonly protocol: string;
    readonly service: string | null;
    readonly endpoints: readonly { readonly pod: string | null; readonly address: string | null; readonly port: number }[];
  };
  readonly verdict: Verdict;
  readonly declared: Verdict;
  readonly usual: DirectionAnswer['usual'];
  readonly doubts: readonly PolicyDoubt[];
  readonly egress: SideJson;
  readonly ingress: SideJson | null;
  readonly unreadable: readonly string[];
  readonly suggestedPolicies: readonly { readonly direction: 'egress' | 'ingress'; readonly namespace: string; readonly yaml: string }[];
}

export function answerQuestion({ shownGoal }: PolicyRequest, { connection, world, unreadable }: Question): PolicyJson {
  const answer = evaluateConnection(connection, world);
  const { from, port, protocol } = connection;
  const sides = [answer.egress, answer.ingress].filter((side) => side !== null);
  const plugin = pluginDoubts(sides, unreadable);
  const [egress, ingress] = [sideJson(answer.egress), sideJson(answer.ingress)];
  if (from.kind !== 'pod' || egress === null) throw new Error('the source is not a pod');
  return {
    schema: POLICY_SCHEMA,
    tool: TOOL,
    from: { namespace: from.pod.namespace, pod: from.pod.name, workload: from.pod.workload },
    to: { asked: shownGoal, port, protocol, ...endpointsOf(answer) },
    verdict: plugin.length > 0 ? 'depends-on-cni' : answer.verdict,
    declared: answer.verdict,
    usual: answer.usual,
    doubts: [...new Set([...answer.doubts, ...plugin])],
    egress,
    ingress,
    unreadable,
    suggestedPolicies: suggestPolicies(connection, answer, world).map((one) => ({ direction: one.direction, namespace: one.namespace, yaml: policyYaml(one) })),
  };
}

/** Policies of the plugin that select a pod, or that may not be read: unless nothing can stop the connection anyway. */
function pluginDoubts(sides: readonly DirectionAnswer[], unreadable: readonly string[]): readonly PolicyDoubt[] {
  const stoppable = sides.filter(({ exempt }) => exempt === null);
  if (stoppable.some(({ custom }) => custom.length > 0)) return ['custom-policies'];
  return stoppable.length > 0 && unreadable.some((name) => name.startsWith('custom-policies')) ? ['unreadable-policies'] : [];
}

function endpointsOf({ destination }: ConnectionAnswer): Pick<PolicyJson['to'], 'service' | 'endpoints'> {
  const { service, backends } = destination;
  return {
    service: service === null ? null : `${service.namespace}/${service.name}`,
    endpoints: backends.map(({ end, port }) => ({ pod: end.pod === null ? null : `${end.pod.namespace}/${end.pod.name}`, address: end.address, port })),
  };
}

function sideJson(side: DirectionAnswer | null): SideJson | null {
  if (side === null) return null;
  const { pod, verdict, usual, doubts, exempt, selectedBy, deciding, custom } = side;
  return {
    pod,
    verdict,
    usual,
    doubts,
    exempt,
    selectedBy: selectedBy.map(policyName),
    deciding: deciding.map(({ policy, rule, effect }) => ({ kind: policy.kind, policy: policyName(policy), rule, effect })),
    customPolicies: custom.map(customName),
  };
}

const EXIT_CODES: Readonly<Record<Verdict, number>> = { allowed: EXIT.ok, denied: EXIT.fault, 'depends-on-cni': EXIT.inconclusive };

export function exitCodeOf({ verdict }: PolicyJson): number {
  return EXIT_CODES[verdict];
}

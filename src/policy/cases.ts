import { z } from 'zod';
import { errorText } from '../domain/error-text.ts';
import { evaluateConnection, type Connection, type ConnectionAnswer } from './connection.ts';
import type { Asked } from './destination.ts';
import type { DirectionAnswer, PolicyVerdict } from './evaluate.ts';
import type { KubernetesObject } from '../domain/policy-objects.ts';
import { canonical } from './addresses.ts';
import { World } from './world.ts';
import { readObjects } from './read-objects.ts';

/**
 * A case: a small cluster, a question and the verdict of whoever wrote the case. One JSON object a line. `expected` is about the
 * whole connection, `expected_egress` about the source's side alone. A `note` that names the CNI says that the verdict is the CNI's.
 */
const labels = z.record(z.string(), z.string()).nullish();
const place = z.union([z.object({ namespace: z.string(), name: z.string() }), z.object({ ip: z.string() })]);
const verdict = z.string().transform((text, issues) => {
  const word = text.toLowerCase();
  if (/^allow(ed)?$/u.test(word)) return 'allowed' as const;
  if (/^(deny|denied)$/u.test(word)) return 'denied' as const;
  if (/depends|cni/u.test(word)) return 'depends-on-cni' as const;
  issues.addIssue(`not a verdict: ${text}`);
  return z.NEVER;
});
const caseSchema = z.object({
  id: z.string(),
  note: z.union([z.string(), z.array(z.string())]).nullish(),
  namespaces: z.array(z.object({ name: z.string(), labels })),
  pods: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      labels,
      ip: z.string().nullish(),
      ips: z.array(z.string()).nullish(),
      ports: z.array(z.unknown()).nullish(),
      hostNetwork: z.boolean().nullish(),
      nodeName: z.string().nullish(),
      hostIP: z.string().nullish(),
    }),
  ),
  services: z.array(z.looseObject({})).nullish(),
  policies: z.array(z.looseObject({ metadata: z.looseObject({}) })),
  query: z.object({ from: place, to: place, port: z.union([z.int(), z.string()]), protocol: z.enum(['TCP', 'UDP', 'SCTP']).nullish() }),
  expected: verdict.nullish(),
  expected_egress: verdict.nullish(),
});
type Case = z.infer<typeof caseSchema>;

export interface CaseResult {
  readonly id: string;
  readonly expected: PolicyVerdict | null;
  readonly found: PolicyVerdict;
  readonly expectedEgress: PolicyVerdict | null;
  readonly foundEgress: PolicyVerdict | null;
  /** The case's own mark that the answer is the CNI's. */
  readonly dependsOnCni: boolean;
  /** `usual`: the verdict depends on the CNI, and where plugins read it as Kubernetes' own tests do it is the one expected. */
  readonly agreement: 'agrees' | 'usual' | 'disagrees';
  readonly doubts: DirectionAnswer['doubts'];
}

export type CaseOutcome = { readonly ok: true; readonly result: CaseResult } | { readonly ok: false; readonly id: string | null; readonly detail: string };

/** Evaluates one line of a file of cases. A line that cannot be read is an outcome of its own, never a disagreement. */
export function evaluateCase(line: string): CaseOutcome {
  const parsed = parseCase(line);
  if (typeof parsed === 'string') return { ok: false, id: idIn(line), detail: parsed };
  const read = readObjects(objectsOf(parsed), 'default');
  const [problem] = read.problems;
  if (problem !== undefined) return { ok: false, id: parsed.id, detail: `${problem.object}: ${problem.detail}` };
  const world = new World(read.objects);
  const connection = connectionOf(parsed, world);
  if (connection === null) return { ok: false, id: parsed.id, detail: 'query: no such pod' };
  const answer = evaluateConnection(connection, world);
  return { ok: true, result: compare(parsed, answer) };
}

function parseCase(line: string): Case | string {
  try {
    const parsed = caseSchema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${(issue?.path ?? []).join('.')}: ${issue?.message ?? ''}`;
  } catch (error) {
    return errorText(error);
  }
}

function idIn(line: string): string | null {
  return /"id":\s*"([^"]*)"/u.exec(line)?.[1] ?? null;
}

function compare(one: Case, answer: ConnectionAnswer): CaseResult {
  const note = [one.note ?? []].flat().join(' ');
  const dependsOnCni = one.expected === 'depends-on-cni' || /\bCNI\b/iu.test(note);
  const expected = dependsOnCni ? 'depends-on-cni' : (one.expected ?? null);
  const expectedEgress = one.expected_egress ?? null;
  const whole = agreementOf(expected, answer);
  const egress = dependsOnCni || answer.egress === null ? 'agrees' : agreementOf(expectedEgress, answer.egress);
  const agreement = (['disagrees', 'usual', 'agrees'] as const).find((word) => word === whole || word === egress) ?? 'agrees';
  const found = { found: answer.verdict, foundEgress: answer.egress?.verdict ?? null, doubts: answer.doubts };
  return { id: one.id, expected, expectedEgress, dependsOnCni, agreement, ...found };
}

function agreementOf(expected: PolicyVerdict | null, { verdict: found, usual }: Pick<ConnectionAnswer, 'verdict' | 'usual'>): CaseResult['agreement'] {
  if (expected === null || expected === found) return 'agrees';
  return found === 'depends-on-cni' && expected === usual ? 'usual' : 'disagrees';
}

function objectsOf({ namespaces, pods, services, policies }: Case): readonly KubernetesObject[] {
  return [
    ...namespaces.map(({ name, labels: own }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: own ?? {} } })),
    ...pods.map((pod) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod.name, namespace: pod.namespace, labels: pod.labels ?? {} },
      spec: { hostNetwork: pod.hostNetwork, nodeName: pod.nodeName, containers: [{ ports: pod.ports ?? [] }] },
      status: { podIPs: (pod.ips ?? [pod.ip]).flatMap((ip) => (ip === null || ip === undefined ? [] : [{ ip }])), hostIP: pod.hostIP },
    })),
    ...(services ?? []).map((service) => ({ apiVersion: 'v1', kind: 'Service', ...service }) as unknown as KubernetesObject),
    ...policies.map((policy) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...policy }) as unknown as KubernetesObject),
  ];
}

function connectionOf({ query }: Case, world: World): Connection | null {
  const from = placeOf(query.from, world);
  const to = placeOf(query.to, world);
  if (from === null || to === null || from.kind === 'service' || from.kind === 'name') return null;
  const port = typeof query.port === 'number' ? query.port : to.kind === 'pod' ? to.pod.ports.find(({ name }) => name === query.port)?.port : undefined;
  return port === undefined ? null : { from, to, port, protocol: query.protocol ?? 'TCP' };
}

function placeOf(given: Case['query']['from'], world: World): Asked | null {
  if ('ip' in given) return { kind: 'address', address: canonical(given.ip) };
  const pod = world.podNamed(given.namespace, given.name);
  return pod === null ? null : { kind: 'pod', pod };
}

import type { Messages } from '../../i18n/index.ts';
import type { Protocol } from '../../policy/index.ts';
import { isObjectName, parseTarget } from '../target-argument.ts';
import { parseChoice, parseCluster, parseOutput, parseTo } from '../options.ts';
import { problem, ProblemError, type Outcome } from '../problem.ts';
import type { ClusterOptions, OutputFormat, Workload } from '../run-request.ts';

/** Options of `policy` as commander hands them over: strings, unchecked. */
export interface RawPolicyOptions {
  readonly to?: string;
  readonly protocol?: string;
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly filename?: readonly string[];
  readonly pod?: readonly string[];
  readonly namespaceLabels?: readonly string[];
  readonly cases?: string;
  readonly output?: string;
}

/** Where a connection goes, before it is known what has that name. */
export type Goal =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'service'; readonly name: string; readonly namespace: string | null }
  | { readonly kind: 'workload'; readonly workload: Workload; readonly namespace: string | null }
  /** A Service by its DNS name, or any other name. */
  | { readonly kind: 'name'; readonly name: string };

export interface PolicyRequest {
  readonly output: OutputFormat;
  readonly target: Workload;
  readonly cluster: ClusterOptions;
  readonly goal: Goal;
  readonly port: number;
  readonly protocol: Protocol;
  /** What the user typed after --to. */
  readonly shownGoal: string;
  /** null: ask the cluster. */
  readonly manifests: Manifests | null;
}

/** Objects that do not come from a cluster. */
export interface Manifests {
  /** Files and folders; `-` is standard input. */
  readonly files: readonly string[];
  readonly pods: readonly PodArgument[];
  readonly namespaces: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
}

/** `shop/x=10.0.0.9,app=web`. */
export interface PodArgument {
  readonly namespace: string | null;
  readonly name: string;
  readonly address: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const;

/** Checks the arguments of `policy`; throws a ProblemError for the first that cannot be used. */
export function parsePolicyRequest(target: string | undefined, raw: RawPolicyOptions, messages: Messages): PolicyRequest {
  if (target === undefined) throw new ProblemError(problem('no-target'));
  const { goal, port, protocol } = parseGoal(raw, messages);
  const manifests: Manifests = {
    files: raw.filename ?? [],
    pods: (raw.pod ?? []).map(parsePod),
    namespaces: (raw.namespaceLabels ?? []).map(parseNamespace),
  };
  const isOffline = manifests.files.length + manifests.pods.length + manifests.namespaces.length > 0;
  const onCluster = [raw.context === undefined ? null : '--context', raw.kubeconfig === undefined ? null : '--kubeconfig'].filter((one) => one !== null);
  if (isOffline && onCluster.length > 0) throw new ProblemError(problem('conflict', ['-f', ...onCluster].join(', ')));
  return {
    output: parseOutput(raw.output, messages),
    target: valueOf(parseTarget(target)),
    cluster: parseCluster(clusterOptions(raw)),
    goal,
    port,
    protocol,
    shownGoal: raw.to ?? '',
    manifests: isOffline ? manifests : null,
  };
}

function clusterOptions({ namespace, context, kubeconfig }: RawPolicyOptions): Parameters<typeof parseCluster>[0] {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(context === undefined ? {} : { context }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return outcome.value;
}

/** As `run` takes it, and `sctp://`, and a pod or workload of the same cluster: `pod/web:80`, `deploy/web.shop:80`. */
function parseGoal(raw: RawPolicyOptions, messages: Messages): Pick<PolicyRequest, 'goal' | 'port' | 'protocol'> {
  const chosen = raw.protocol === undefined ? null : parseChoice('--protocol', raw.protocol.toLowerCase(), PROTOCOLS, messages);
  const text = raw.to ?? '';
  const workload = workloadGoal(text);
  if (workload !== null) return { ...workload, protocol: protocolOf(chosen ?? 'tcp') };
  const isSctp = /^sctp:\/\//iu.test(text);
  const dependency = parseTo(raw.to === undefined ? undefined : text.replace(/^sctp:/iu, 'tcp:'), messages);
  const protocol = protocolOf(chosen ?? (isSctp ? 'sctp' : dependency.transport));
  const { service, host, hostKind, port } = dependency;
  if (service !== null) return { goal: { kind: 'service', ...service }, port, protocol };
  return { goal: hostKind === 'name' ? { kind: 'name', name: host } : { kind: 'address', address: host }, port, protocol };
}

function protocolOf(word: (typeof PROTOCOLS)[number]): Protocol {
  return word.toUpperCase() as Protocol;
}

function workloadGoal(text: string): Pick<PolicyRequest, 'goal' | 'port'> | null {
  const [, kind = '', name = '', namespace, port = ''] = /^([a-z]+)\/([a-z0-9-]+)(?:\.([a-z0-9-]+))?:(\d{1,5})$/u.exec(text) ?? [];
  if (kind === '' || kind === 'svc' || kind === 'service') return null;
  const number = Number(port);
  if (number < 1 || number > 65_535) throw new ProblemError(problem('bad-dependency', text));
  return { goal: { kind: 'workload', workload: valueOf(parseTarget(`${kind}/${name}`)), namespace: namespace ?? null }, port: number };
}

function parsePod(text: string): PodArgument {
  const [place = '', ...labels] = text.split(',');
  const [path = '', address = null] = place.split('=');
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const namespace = parts.length === 2 ? (parts[0] ?? '') : null;
  if (parts.length > 2 || !isObjectName(name) || (namespace !== null && !isObjectName(namespace))) throw new ProblemError(problem('bad-pod', text));
  return { namespace, name, address, labels: parseLabels(labels, text) };
}

function parseNamespace(text: string): Manifests['namespaces'][number] {
  const [name = '', ...labels] = text.split(',');
  if (!isObjectName(name)) throw new ProblemError(problem('bad-pod', text));
  return { name, labels: parseLabels(labels, text) };
}

function parseLabels(pairs: readonly string[], text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^([^=\s]+)=([^=\s]*)$/u.exec(pair) ?? [];
      if (key === undefined || value === undefined) throw new ProblemError(problem('bad-pod', text));
      return [key, value];
    }),
  );
}

import type { ClusterFailure, ClusterReader, ClusterResult } from '../../domain/cluster.ts';
import type { EndpointsFact, Fact } from '../../domain/facts.ts';
import type { LogError } from '../../domain/found-dependency.ts';
import { clusterLines } from '../../domain/cluster-lines.ts';
import type { Target } from '../../domain/target.ts';
import type { AskCluster, ClusterQuestion } from '../../engine/request.ts';
import type { CommandWatch } from '../../probes/probe.ts';
import type { AppLog } from './app-log.ts';

type PodTarget = Extract<Target, { kind: 'pod' }>;

/** The engine's questions to the API, each with the kubectl command that shows the same. */
export function clusterAnswers(reader: ClusterReader, target: PodTarget): AskCluster {
  const log = new LazyLog(reader, target);
  return async (question, signal, watch) => {
    if (question.kind === 'log' || question.kind === 'endpoints') return answerByLog(log, question, reader, target, signal, watch);
    const result = question.kind === 'policy' ? await readPolicies(reader, target, question, signal) : await readOne(reader, target, question, signal);
    const [fact = unavailable(NOTHING_READ), ...further] = result.ok ? result.value : [unavailable(result.failure)];
    return { fact, further, command: kubectlFor(question, target), lines: [fact, ...further].flatMap(clusterLines) };
  };
}

/** The reading of logs is loaded when a log is first asked for; all questions of a run share one log. */
class LazyLog {
  readonly #make: () => Promise<AppLog>;
  #log: Promise<AppLog> | null = null;

  constructor(reader: ClusterReader, target: PodTarget) {
    this.#make = async () => new (await import('./app-log.ts')).AppLog(reader, target);
  }

  get(): Promise<AppLog> {
    this.#log ??= this.#make();
    return this.#log;
  }
}

type LogQuestion = Extract<ClusterQuestion, { kind: 'log' | 'endpoints' }>;

async function answerByLog(
  lazy: LazyLog,
  question: LogQuestion,
  reader: ClusterReader,
  target: PodTarget,
  signal: AbortSignal,
  watch: CommandWatch | undefined,
): ReturnType<AskCluster> {
  const log = await lazy.get();
  if (question.kind === 'log') {
    const result = await log.ask(question, signal, watch);
    const fact = result.ok ? result.value : unavailable(result.failure);
    return { fact, command: kubectlFor(question, target), lines: fact.kind === 'log' ? fact.errors.map(logLine) : [], shown: true };
  }
  const errors = await log.ask({ kind: 'log', watchMs: 0, about: '' }, signal, watch);
  const result = await (await import('./endpoints-answer.ts')).answerEndpoints(reader, target, errors, signal);
  const fact = result.ok ? result.value : unavailable(result.failure);
  return { fact, command: kubectlFor(question, target), lines: fact.kind === 'endpoints' ? fact.endpoints.map(endpointLine) : [] };
}

function logLine({ at, text }: LogError): string {
  return at === null ? text : `${at} ${text}`;
}

function endpointLine({ url, names, state }: EndpointsFact['endpoints'][number]): string {
  return `${[url, ...names].join('  ')}${state === 'failing' || state === 'failed-before' ? `  (${state})` : ''}`;
}

const NOTHING_READ: ClusterFailure = { kind: 'failed', status: null, detail: 'nothing was read' };

function unavailable(failure: ClusterFailure): Fact {
  return { kind: 'unavailable', reason: reasonOf(failure), detail: failure.detail };
}

/** The evaluator is loaded when it is first asked for. */
async function readPolicies(reader: ClusterReader, target: PodTarget, question: Extract<ClusterQuestion, { kind: 'policy' }>, signal: AbortSignal): Promise<ClusterResult<readonly Fact[]>> {
  return (await import('./policy-answer.ts')).answerPolicy(reader, { namespace: target.namespace, pod: target.pod }, question, signal);
}

type OneFactQuestion = Exclude<ClusterQuestion, { kind: 'policy' | 'log' | 'endpoints' }>;

async function readOne(reader: ClusterReader, target: PodTarget, question: OneFactQuestion, signal: AbortSignal): Promise<ClusterResult<readonly Fact[]>> {
  const result = await read(reader, target, question, signal);
  return result.ok ? { ok: true, value: [result.value] } : result;
}

async function read(reader: ClusterReader, target: PodTarget, question: OneFactQuestion, signal: AbortSignal): Promise<ClusterResult<Fact>> {
  switch (question.kind) {
    case 'pod-state':
      return reader.podState(target.namespace, target.pod, target.container, signal);
    case 'node-state':
      return target.node === null ? unscheduled() : reader.nodeState(target.node, signal);
    case 'cni-state':
      return target.node === null ? unscheduled() : reader.cniState(target.node, signal);
    case 'proxy-state':
      return target.node === null ? unscheduled() : reader.proxyState(target.node, signal);
    case 'cluster-dns':
      return reader.clusterDns(signal);
    case 'dns-server':
      return reader.dnsServer(question.name, target.node, signal);
    case 'service':
      return reader.service(question.namespace, question.name, signal);
    case 'changes':
      return reader.changes({ namespace: target.namespace, pod: target.pod, node: target.node, otherNamespace: question.namespace }, signal);
    case 'service-at':
      return reader.serviceAt(question.address, question.port, signal);
  }
}

function unscheduled(): ClusterResult<never> {
  return { ok: false, failure: { kind: 'failed', status: null, detail: 'the pod is on no node' } };
}

function reasonOf(failure: ClusterFailure): Extract<Fact, { kind: 'unavailable' }>['reason'] {
  switch (failure.kind) {
    case 'forbidden':
    case 'unauthorized':
      return 'not-permitted';
    case 'unreachable':
      return 'vantage-lost';
    case 'cancelled':
      return 'cancelled';
    case 'not-found':
    case 'no-context':
    case 'bad-kubeconfig':
    case 'failed':
      return 'command-failed';
  }
}

function kubectlFor(question: ClusterQuestion, target: PodTarget): readonly string[] {
  switch (question.kind) {
    case 'pod-state':
      return ['kubectl', 'describe', 'pod', '-n', target.namespace, target.pod];
    case 'node-state':
      return ['kubectl', 'describe', 'node', target.node ?? ''];
    case 'cni-state':
      return ['kubectl', 'get', 'pods', '-A', '-o', 'wide', '--field-selector', `spec.nodeName=${target.node ?? ''}`];
    case 'proxy-state':
      return ['kubectl', 'get', 'pods', '-n', 'kube-system', '-l', 'k8s-app=kube-proxy', '-o', 'wide', '--field-selector', `spec.nodeName=${target.node ?? ''}`];
    case 'cluster-dns':
      return ['kubectl', 'get', 'endpointslices', '-n', 'kube-system', '-l', 'kubernetes.io/service-name=kube-dns'];
    case 'dns-server':
      return ['kubectl', 'logs', '-n', 'kube-system', '-l', 'k8s-app=kube-dns', '--tail=100', '--prefix'];
    case 'changes':
      return ['kubectl', 'get', 'events', '-n', target.namespace, '--sort-by=.lastTimestamp'];
    case 'service-at':
      return ['kubectl', 'get', 'services', '-A', '-o', 'wide'];
    case 'service':
      return ['kubectl', 'describe', 'service', '-n', question.namespace, question.name];
    case 'log':
      return ['kubectl', 'logs', '-n', target.namespace, target.pod, '-c', target.container, '--timestamps', '--since=5m'];
    case 'endpoints':
      return ['netdiag-tui', 'dependencies', '-n', target.namespace, `pod/${target.pod}`, '-c', target.container];
    case 'policy':
      return ['kubectl', 'get', 'networkpolicies', '-n', target.namespace, '-o', 'yaml'];
  }
}

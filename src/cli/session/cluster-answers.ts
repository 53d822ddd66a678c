import type { ClusterFailure, ClusterReader, ClusterResult } from '../../domain/cluster.ts';
import type { Fact } from '../../domain/facts.ts';
import type { Target } from '../../domain/target.ts';
import type { AskCluster, ClusterQuestion } from '../../engine/request.ts';

type PodTarget = Extract<Target, { kind: 'pod' }>;

/** The engine's questions to the API, each with the kubectl command that shows the same. */
export function clusterAnswers(reader: ClusterReader, target: PodTarget): AskCluster {
  return async (question, signal) => {
    const result = question.kind === 'policy' ? await readPolicies(reader, target, question, signal) : await readOne(reader, target, question, signal);
    const [fact, ...further] = result.ok ? result.value : [unavailable(result.failure)];
    return { fact: fact ?? unavailable(NOTHING_READ), further, command: kubectlFor(question, target) };
  };
}

const NOTHING_READ: ClusterFailure = { kind: 'failed', status: null, detail: 'nothing was read' };

function unavailable(failure: ClusterFailure): Fact {
  return { kind: 'unavailable', reason: reasonOf(failure), detail: failure.detail };
}

/** The evaluator is loaded when it is first asked for. */
async function readPolicies(reader: ClusterReader, target: PodTarget, question: Extract<ClusterQuestion, { kind: 'policy' }>, signal: AbortSignal): Promise<ClusterResult<readonly Fact[]>> {
  return (await import('./policy-answer.ts')).answerPolicy(reader, { namespace: target.namespace, pod: target.pod }, question, signal);
}

type OneFactQuestion = Exclude<ClusterQuestion, { kind: 'policy' }>;

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
    case 'cluster-dns':
      return reader.clusterDns(signal);
    case 'service':
      return reader.service(question.namespace, question.name, signal);
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
    case 'cluster-dns':
      return ['kubectl', 'get', 'endpointslices', '-n', 'kube-system', '-l', 'kubernetes.io/service-name=kube-dns'];
    case 'service':
      return ['kubectl', 'get', 'service,endpointslices', '-n', question.namespace, '-l', `kubernetes.io/service-name=${question.name}`];
    case 'policy':
      return ['kubectl', 'get', 'networkpolicies', '-n', target.namespace, '-o', 'yaml'];
  }
}

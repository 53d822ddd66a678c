import type { ClusterFailure, ClusterReader, ClusterResult } from '../../domain/cluster.ts';
import type { Fact } from '../../domain/facts.ts';
import type { Target } from '../../domain/target.ts';
import type { AskCluster, ClusterQuestion } from '../../engine/request.ts';

type PodTarget = Extract<Target, { kind: 'pod' }>;

/** The engine's questions to the API, each with the kubectl command that shows the same. */
export function clusterAnswers(reader: ClusterReader, target: PodTarget): AskCluster {
  return async (question, signal) => {
    const result = await read(reader, target, question, signal);
    const fact: Fact = result.ok ? result.value : { kind: 'unavailable', reason: reasonOf(result.failure), detail: result.failure.detail };
    return { fact, command: kubectlFor(question, target) };
  };
}

async function read(reader: ClusterReader, target: PodTarget, question: ClusterQuestion, signal: AbortSignal): Promise<ClusterResult<Fact>> {
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
  }
}

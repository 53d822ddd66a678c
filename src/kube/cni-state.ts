import type { ClusterResult } from '../domain/cluster.ts';
import type { CniStateFact } from '../domain/facts.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { listWirePods, summaryOf, type WirePod } from './pods.ts';
import { apiPath } from './wire.ts';

/** What each plugin's agent is called: the DaemonSet's name, or the `k8s-app`/`app` label, as their own manifests have it. */
const AGENTS: readonly { readonly plugin: string; readonly pattern: RegExp }[] = [
  { plugin: 'cilium', pattern: /^cilium(?:-agent)?$/u },
  { plugin: 'calico', pattern: /^calico-node$/u },
  { plugin: 'canal', pattern: /^(?:rke2-)?canal$/u },
  { plugin: 'flannel', pattern: /^(?:kube-)?flannel(?:-ds)?(?:-amd64|-arm64)?$/u },
  { plugin: 'weave', pattern: /^weave-net$/u },
  { plugin: 'antrea', pattern: /^antrea-agent$/u },
  { plugin: 'kube-router', pattern: /^kube-router$/u },
  { plugin: 'amazon-vpc', pattern: /^aws-node$/u },
  { plugin: 'azure', pattern: /^azure-(?:cni|cns|npm|vnet).*$/u },
  { plugin: 'gke', pattern: /^(?:netd|anetd)$/u },
  { plugin: 'kindnet', pattern: /^kindnet$/u },
  { plugin: 'ovn-kubernetes', pattern: /^ovnkube-node$/u },
  { plugin: 'openshift-sdn', pattern: /^sdn$/u },
  { plugin: 'kube-ovn', pattern: /^kube-ovn-cni$/u },
  { plugin: 'multus', pattern: /^(?:kube-)?multus(?:-ds)?$/u },
];

const LOG_LINES = 200;
const KEPT_ERRORS = 5;
/** klog's E and F lines, level=error and "level":"error" (Cilium, Antrea, containerd style), [ERROR] (Calico), ERROR as a word. */
const ERROR_LINE = /^[EF]\d{4} \d\d:|level=(?:error|fatal)|"level":"(?:error|fatal)"|\[(?:ERROR|FATAL)\]|\bERROR\b/u;

/** The CNI plugin's agent on a node. `plugin` null: no pod on the node is one that we know. */
export async function readCniState(api: Api, node: string, signal: AbortSignal): Promise<ClusterResult<CniStateFact>> {
  const answer = await listWirePods(api, null, { fieldSelector: `spec.nodeName=${node}` }, signal);
  if (!answer.ok) return answer;
  const agents = answer.value.flatMap((pod) => {
    const index = AGENTS.findIndex(({ pattern }) => namesOf(pod).some((name) => pattern.test(name)));
    return index < 0 ? [] : [{ pod, index }];
  });
  const agent = agents.toSorted((a, b) => a.index - b.index)[0];
  if (agent === undefined) return ok({ kind: 'cni-state', node, plugin: null, agentPod: null, ready: null, lastErrors: [] });
  const { namespace, name, ready } = summaryOf(agent.pod);
  const lastErrors = await readErrors(api, agent.pod, signal);
  return ok({ kind: 'cni-state', node, plugin: AGENTS[agent.index]?.plugin ?? null, agentPod: `${namespace}/${name}`, ready, lastErrors });
}

/** An agent is a DaemonSet's pod: an application that happens to be labelled `sdn` is not one. */
function namesOf(pod: WirePod): readonly string[] {
  const { owner, labels } = summaryOf(pod);
  if (owner?.kind !== 'DaemonSet') return [];
  return [owner.name, labels['k8s-app'], labels['app'], labels['app.kubernetes.io/name']].filter((name) => name !== undefined);
}

async function readErrors(api: Api, pod: WirePod, signal: AbortSignal): Promise<readonly string[]> {
  const { namespace, name } = summaryOf(pod);
  const container = pod.spec?.containers[0]?.name ?? '';
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'pods', name, 'log');
  const subject = { verb: 'get', resource: 'pods/log', namespace, name } as const;
  const answer = await api.get({ path, query: { container, tailLines: String(LOG_LINES) }, accept: '*/*', subject, signal });
  if (!answer.ok) return [];
  return answer.value.text.split('\n').filter((line) => ERROR_LINE.test(line)).slice(-KEPT_ERRORS).map(cleanLine);
}

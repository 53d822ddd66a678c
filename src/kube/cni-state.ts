import type { V1DaemonSet, V1Node } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { CniStateFact, ProxyStateFact } from '../domain/facts.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { isErrorLine, readLines } from './error-lines.ts';
import { containersOf, listWirePods, summaryOf, type WirePod } from './pods.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

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

/** Folders of the node that only what sets up pods' networks has a use for (the CNI specification's defaults). */
const CNI_FOLDERS = /^\/(?:etc\/cni\/net\.d|opt\/cni\/bin|var\/lib\/cni|run\/(?:flannel|calico|cilium|openvswitch))/u;

const LOG_LINES = 200;
const KEPT_ERRORS = 5;
const KEPT_LINES = 3;

type WireDaemonSet = Wire<V1DaemonSet>;

/**
 * The CNI plugin's agent on a node: by its name, or by what it is, a DaemonSet's pod on the host's network that mounts the CNI's
 * folders. Where the node has no such pod, a DaemonSet that means to put one there is told.
 */
export async function readCniState(api: Api, node: string, signal: AbortSignal): Promise<ClusterResult<CniStateFact>> {
  const answer = await listWirePods(api, null, { fieldSelector: `spec.nodeName=${node}` }, signal);
  if (!answer.ok) return answer;
  const agent = firstAgent(answer.value, (pod) => ({ names: namesOf(pod), isNetworkAgent: isNetworkAgent(pod) }));
  if (agent === null) return ok({ ...NO_AGENT, kind: 'cni-state', node, plugin: null, ...(await readMissing(api, node, signal)) });
  const plugin = agent.plugin ?? summaryOf(agent.one).owner?.name ?? null;
  return ok({ kind: 'cni-state', node, plugin, ...(await stateOf(api, agent.one, signal)) });
}

const NO_AGENT = { agentPod: null, ready: null, reason: null, restarts: 0, lastErrors: [] } as const;

/** Known plugins come first, in the order of the table. `plugin` null: known by what it is, not by its name. */
function firstAgent<T>(all: readonly T[], traits: (one: T) => { readonly names: readonly string[]; readonly isNetworkAgent: boolean }): { readonly one: T; readonly plugin: string | null } | null {
  const ranked = all.flatMap((one) => {
    const { names, isNetworkAgent: isAgent } = traits(one);
    const index = AGENTS.findIndex(({ pattern }) => names.some((name) => pattern.test(name)));
    return index >= 0 ? [{ one, index }] : isAgent ? [{ one, index: AGENTS.length }] : [];
  });
  const first = ranked.toSorted((a, b) => a.index - b.index)[0];
  return first === undefined ? null : { one: first.one, plugin: AGENTS[first.index]?.plugin ?? null };
}

/** An agent that a DaemonSet means to run on this node, and that is not there; nothing when none is meant to be, or when that may not be read. */
async function readMissing(api: Api, node: string, signal: AbortSignal): Promise<Partial<Pick<CniStateFact, 'plugin' | 'ready' | 'reason'>>> {
  const [sets, labels] = await Promise.all([
    getJson<WireList<WireDaemonSet>>(api, { path: apiPath('apis', 'apps', 'v1', 'daemonsets'), subject: { verb: 'list', resource: 'daemonsets.apps', namespace: null, name: null }, signal }),
    getJson<Wire<V1Node>>(api, { path: apiPath('api', 'v1', 'nodes', node), subject: { verb: 'get', resource: 'nodes', namespace: null, name: node }, signal }),
  ]);
  if (!sets.ok || !labels.ok) return {};
  const meant = sets.value.items.filter((set) => isMeantFor(set, labels.value.metadata?.labels ?? {}));
  const agent = firstAgent(meant, (set) => ({ names: [set.metadata?.name ?? ''], isNetworkAgent: mountsCni(set.spec?.template.spec) }));
  return agent === null ? {} : { plugin: agent.plugin ?? agent.one.metadata?.name ?? null, ready: false, reason: `DaemonSet ${agent.one.metadata?.namespace ?? ''}/${agent.one.metadata?.name ?? ''} has no pod on this node` };
}

/** Affinities are not judged: who has one may have meant to leave this node out. */
function isMeantFor({ spec }: WireDaemonSet, labels: Readonly<Record<string, string>>): boolean {
  const { nodeSelector = {}, affinity } = spec?.template.spec ?? {};
  return affinity?.nodeAffinity === undefined && Object.entries(nodeSelector).every(([key, value]) => labels[key] === value);
}

/** kube-proxy's pod on a node. `agentPod` null: it is not a pod (a process of the node, or another program does its work). */
export async function readProxyState(api: Api, node: string, signal: AbortSignal): Promise<ClusterResult<ProxyStateFact>> {
  const answer = await listWirePods(api, 'kube-system', { fieldSelector: `spec.nodeName=${node}` }, signal);
  if (!answer.ok) return answer;
  const pod = answer.value.find((one) => summaryOf(one).labels['k8s-app'] === 'kube-proxy' || /^kube-proxy/u.test(summaryOf(one).name));
  if (pod === undefined) return ok({ ...NO_AGENT, kind: 'proxy-state', node });
  return ok({ kind: 'proxy-state', node, ...(await stateOf(api, pod, signal)) });
}

async function stateOf(api: Api, pod: WirePod, signal: AbortSignal): Promise<Pick<CniStateFact, 'agentPod' | 'ready' | 'reason' | 'restarts' | 'lastErrors'>> {
  const { namespace, name, ready } = summaryOf(pod);
  const containers = containersOf(pod);
  const failing = containers.find((one) => one.kind === 'container' && !one.ready) ?? containers[0];
  return {
    agentPod: `${namespace}/${name}`,
    ready,
    reason: failing?.ready === true ? null : (failing?.reason ?? null),
    restarts: failing?.restarts ?? 0,
    lastErrors: await readErrors(api, pod, failing?.name ?? '', ready, signal),
  };
}

/** An agent is a DaemonSet's pod: an application that happens to be labelled `sdn` is not one. */
function namesOf(pod: WirePod): readonly string[] {
  const { owner, labels } = summaryOf(pod);
  if (owner?.kind !== 'DaemonSet') return [];
  return [owner.name, labels['k8s-app'], labels['app'], labels['app.kubernetes.io/name']].filter((name) => name !== undefined);
}

function isNetworkAgent(pod: WirePod): boolean {
  return summaryOf(pod).owner?.kind === 'DaemonSet' && mountsCni(pod.spec);
}

function mountsCni(spec: WirePod['spec']): boolean {
  return spec?.hostNetwork === true && (spec.volumes ?? []).some(({ hostPath }) => hostPath !== undefined && CNI_FOLDERS.test(hostPath.path));
}

/** What it said last of errors; of its life before, when the present one has said nothing yet. What a broken one said last, in any words. */
async function readErrors(api: Api, pod: WirePod, container: string, isReady: boolean, signal: AbortSignal): Promise<readonly string[]> {
  const { namespace, name } = summaryOf(pod);
  let said: readonly string[] = [];
  for (const previous of [false, true]) {
    const log = await readLines(api, namespace, name, container, { previous, tailLines: LOG_LINES }, signal);
    const errors = log.ok ? log.value.filter(isErrorLine).slice(-KEPT_ERRORS) : [];
    if (errors.length > 0) return errors;
    if (log.ok && said.length === 0) said = log.value.slice(-KEPT_LINES);
  }
  return isReady ? [] : said;
}

import type { ClusterReader, ClusterResult, PodDetail } from '../domain/cluster.ts';
import { listAllPods } from './all-pods.ts';
import type { Api } from './api.ts';
import { followContainerLog, readContainerLog } from './container-log.ts';
import { readCniState, readProxyState } from './cni-state.ts';
import { readDependencySources } from './dependency-sources.ts';
import { environmentOf, readConfigMaps, unreadableOf } from './environment.ts';
import { failed, ok } from './failure.ts';
import { readNodeState } from './node-state.ts';
import { neighboursOf, nodePodsOf, podsElsewhere, siblingsOf } from './other-pods.ts';
import { describePod } from './pod-pages.ts';
import { readPodState } from './pod-state.ts';
import { containersOf, defaultContainerOf, getWirePod, summaryOf } from './pods.ts';
import { readPolicyObjects } from './policies.ts';
import { readChanges } from './changes.ts';
import { readClusterDns } from './cluster-dns.ts';
import { readDnsServer } from './dns-server.ts';
import { readService, readServiceAt } from './services.ts';
import { listNamespaces, listPods, watchNamespaces, watchPods } from './tables.ts';
import { resolveWorkload } from './workload.ts';

/** Reads of one cluster, over one pool of connections. */
export function createClusterReader(api: Api): ClusterReader {
  return {
    context: api.config.context,
    server: api.config.cluster.server,
    namespace: api.config.namespace,
    contexts: api.config.contexts,
    listNamespaces: (signal) => listNamespaces(api, signal),
    listPods: (namespace, signal) => (namespace === null ? listAllPods(api, signal) : listPods(api, namespace, signal)),
    watchNamespaces: (version, signal) => watchNamespaces(api, version, signal),
    watchPods: (namespace, version, signal) => watchPods(api, namespace, version, signal),
    getPod: (namespace, name, signal) => readPodDetail(api, namespace, name, signal),
    resolveWorkload: (namespace, reference, signal) => resolveWorkload(api, namespace, reference, signal),
    siblingsOf: (pod, signal) => siblingsOf(api, pod, signal),
    neighboursOf: (pod, signal) => neighboursOf(api, pod, signal),
    nodePodsOf: (pod, labels, signal) => nodePodsOf(api, pod, labels, signal),
    podsElsewhere: (pod, signal) => podsElsewhere(api, pod, signal),
    describePod: (namespace, name, signal) => describePod(api, namespace, name, signal),
    podYaml: async (namespace, name, signal) => (await import('./pod-yaml.ts')).readPodYaml(api, namespace, name, signal),
    podState: (namespace, pod, container, signal) => readPodState(api, namespace, pod, container, signal),
    nodeState: (node, signal) => readNodeState(api, node, signal),
    cniState: (node, signal) => readCniState(api, node, signal),
    proxyState: (node, signal) => readProxyState(api, node, signal),
    clusterDns: (signal) => readClusterDns(api, signal),
    dnsServer: (name, node, signal) => readDnsServer(api, name, node, signal),
    service: (namespace, name, signal) => readService(api, namespace, name, signal),
    changes: (scope, signal) => readChanges(api, scope, signal),
    serviceAt: (address, port, signal) => readServiceAt(api, address, port, signal),
    policyObjects: (scope, signal) => readPolicyObjects(api, scope, signal),
    dependencySources: (namespace, pod, container, signal) => readDependencySources(api, namespace, pod, container, signal),
    containerLog: (namespace, pod, container, options, signal) => readContainerLog(api, namespace, pod, container, options, signal),
    followLog: (namespace, pod, container, since, onLine, signal) => followContainerLog(api, { namespace, pod, container }, since, onLine, signal),
    serverClock: (signal) => readServerClock(api, signal),
    close: () => api.close(),
  };
}

async function readPodDetail(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<PodDetail>> {
  const answer = await getWirePod(api, namespace, name, signal);
  if (!answer.ok) return answer;
  const pod = answer.value;
  const specs = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? []), ...(pod.spec?.ephemeralContainers ?? [])];
  const configMaps = await readConfigMaps(api, namespace, specs, signal);
  return ok({
    ...summaryOf(pod),
    dnsPolicy: pod.spec?.dnsPolicy ?? 'ClusterFirst',
    // Both lists are in the same order.
    containers: containersOf(pod).map((container, index) => ({ ...container, environment: environmentOf(specs[index] ?? {}, configMaps) })),
    defaultContainer: defaultContainerOf(pod),
    unreadable: unreadableOf(configMaps),
  });
}

async function readServerClock(api: Api, signal: AbortSignal): Promise<ClusterResult<{ epochMs: number; roundTripMs: number }>> {
  const subject = { verb: 'get', resource: 'version', namespace: null, name: null } as const;
  const answer = await api.get({ path: '/version', subject, signal });
  if (!answer.ok) return answer;
  const { serverDateMs, durationMs } = answer.value;
  return serverDateMs === null
    ? failed({ kind: 'failed', status: 200, detail: 'the API server sends no date' })
    : ok({ epochMs: serverDateMs, roundTripMs: durationMs });
}

import type { ClusterReader, ClusterResult, PodDetail } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import { readCniState } from './cni-state.ts';
import { environmentOf, readConfigMaps, unreadableOf } from './environment.ts';
import { failed, ok } from './failure.ts';
import { readNodeState } from './node-state.ts';
import { neighboursOf, siblingsOf } from './other-pods.ts';
import { readPodState } from './pod-state.ts';
import { containersOf, defaultContainerOf, getWirePod, summaryOf } from './pods.ts';
import { readPolicyObjects } from './policies.ts';
import { readClusterDns, readService } from './services.ts';
import { listNamespaces, listPods } from './tables.ts';
import { resolveWorkload } from './workload.ts';

/** Reads of one cluster, over one pool of connections. */
export function createClusterReader(api: Api): ClusterReader {
  return {
    context: api.config.context,
    server: api.config.cluster.server,
    namespace: api.config.namespace,
    contexts: api.config.contexts,
    listNamespaces: (signal) => listNamespaces(api, signal),
    listPods: (namespace, signal) => listPods(api, namespace, signal),
    getPod: (namespace, name, signal) => readPodDetail(api, namespace, name, signal),
    resolveWorkload: (namespace, reference, signal) => resolveWorkload(api, namespace, reference, signal),
    siblingsOf: (pod, signal) => siblingsOf(api, pod, signal),
    neighboursOf: (pod, signal) => neighboursOf(api, pod, signal),
    podState: (namespace, pod, container, signal) => readPodState(api, namespace, pod, container, signal),
    nodeState: (node, signal) => readNodeState(api, node, signal),
    cniState: (node, signal) => readCniState(api, node, signal),
    clusterDns: (signal) => readClusterDns(api, signal),
    service: (namespace, name, signal) => readService(api, namespace, name, signal),
    policyObjects: (scope, signal) => readPolicyObjects(api, scope, signal),
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

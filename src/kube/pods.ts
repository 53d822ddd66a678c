import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { ClusterResult, ContainerDetail, PodSummary } from '../domain/cluster.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok, type ApiSubject } from './failure.ts';
import { apiPath, getJson, type Wire, type WireList } from './wire.ts';

export type WirePod = Wire<V1Pod>;
type WireStatus = Wire<V1ContainerStatus>;
type WireContainer = Pick<NonNullable<WirePod['spec']>['containers'][number], 'name' | 'image'>;

export function getWirePod(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<WirePod>> {
  const subject: ApiSubject = { verb: 'get', resource: 'pods', namespace, name };
  return getJson(api, { path: apiPath('api', 'v1', 'namespaces', namespace, 'pods', name), subject, signal });
}

/** Pods by selector; all namespaces when `namespace` is null. */
export async function listWirePods(
  api: Api,
  namespace: string | null,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ClusterResult<readonly WirePod[]>> {
  const path = namespace === null ? apiPath('api', 'v1', 'pods') : apiPath('api', 'v1', 'namespaces', namespace, 'pods');
  // resourceVersion=0: from the server's cache, without a read of etcd.
  const request = { path, query: { resourceVersion: '0', ...query }, subject: { verb: 'list', resource: 'pods', namespace, name: null }, signal } as const;
  const answer = await getJson<WireList<WirePod>>(api, request);
  return answer.ok ? ok(answer.value.items) : answer;
}

export function summaryOf(pod: WirePod): PodSummary {
  const owner = pod.metadata?.ownerReferences?.find((reference) => reference.controller === true);
  const running = (pod.status?.containerStatuses ?? []).filter((status) => status.state?.running !== undefined).map(({ name }) => name);
  const preferred = defaultContainerOf(pod);
  return {
    namespace: pod.metadata?.namespace ?? '',
    name: pod.metadata?.name ?? '',
    labels: pod.metadata?.labels ?? {},
    node: pod.spec?.nodeName ?? null,
    owner: owner === undefined ? null : { kind: owner.kind, name: owner.name },
    phase: pod.status?.phase ?? 'Unknown',
    ready: pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    isTerminating: pod.metadata?.deletionTimestamp !== undefined,
    hostNetwork: pod.spec?.hostNetwork ?? false,
    addresses: (pod.status?.podIPs ?? []).map(({ ip }) => ip),
    createdAt: pod.metadata?.creationTimestamp ?? null,
    runningContainers: running.toSorted((a, b) => Number(b === preferred) - Number(a === preferred)),
  };
}

export function isRunning(pod: PodSummary): boolean {
  return pod.phase === 'Running' && !pod.isTerminating && pod.runningContainers.length > 0;
}

/** As kubectl chooses: the annotation, when it names a container that exists, else the first. */
export function defaultContainerOf(pod: WirePod): string {
  const containers = pod.spec?.containers ?? [];
  const annotated = pod.metadata?.annotations?.['kubectl.kubernetes.io/default-container'];
  return containers.find(({ name }) => name === annotated)?.name ?? containers[0]?.name ?? '';
}

/** Containers without their environment: ordinary ones first, then init and ephemeral ones. */
export function containersOf(pod: WirePod): readonly Omit<ContainerDetail, 'environment'>[] {
  const { spec, status } = pod;
  return [
    ...(spec?.containers ?? []).map((container) => containerOf('container', container, status?.containerStatuses)),
    ...(spec?.initContainers ?? []).map((container) => containerOf('init', container, status?.initContainerStatuses)),
    ...(spec?.ephemeralContainers ?? []).map((container) => containerOf('ephemeral', container, status?.ephemeralContainerStatuses)),
  ];
}

function containerOf(
  kind: ContainerDetail['kind'],
  container: WireContainer,
  statuses: readonly WireStatus[] | undefined,
): Omit<ContainerDetail, 'environment'> {
  const status = statuses?.find(({ name }) => name === container.name);
  const { running, waiting, terminated } = status?.state ?? {};
  const message = waiting?.message ?? terminated?.message;
  return {
    name: container.name,
    image: cleanText(container.image ?? ''),
    kind,
    state: running !== undefined ? 'running' : terminated !== undefined ? 'terminated' : waiting !== undefined ? 'waiting' : 'unknown',
    reason: waiting?.reason ?? terminated?.reason ?? null,
    message: message === undefined ? null : cleanText(message),
    exitCode: terminated?.exitCode ?? null,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
  };
}

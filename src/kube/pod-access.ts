import type { V1EphemeralContainer } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { containersOf, getWirePod, type WirePod } from './pods.ts';
import type { Wire } from './wire.ts';

/** An ephemeral container of a pod, as far as it concerns who made it and whether it can be used. */
export interface EphemeralState {
  readonly name: string;
  readonly image: string;
  readonly target: string | null;
  readonly state: 'running' | 'waiting' | 'terminated' | 'unknown';
  readonly reason: string | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  /** Variables of its own that hold a plain value. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ContainerAccess {
  readonly name: string;
  readonly isRunning: boolean;
  /** runAsUser that holds for it; null when the image decides. */
  readonly user: number | null;
  readonly state: EphemeralState['state'];
  readonly reason: string | null;
  readonly message: string | null;
  readonly exitCode: number | null;
}

/** What decides how a pod can be entered. */
export interface PodAccess {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly node: string | null;
  readonly isWindows: boolean;
  /** A static pod's mirror: the API cannot change it. */
  readonly isMirror: boolean;
  readonly hostNetwork: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string | null;
  readonly pullSecrets: readonly string[];
  /** runAsUser that holds for a container that sets none; null when the image decides. */
  readonly podUser: number | null;
  readonly containers: readonly ContainerAccess[];
  /** `Failed` with OutOfcpu, Evicted: the pod as a whole. */
  readonly ended: { readonly reason: string | null; readonly message: string | null } | null;
  readonly ephemeral: readonly EphemeralState[];
}

export async function readPodAccess(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<PodAccess>> {
  const pod = await getWirePod(api, namespace, name, signal);
  return pod.ok ? ok(podAccessOf(pod.value)) : pod;
}

export function podAccessOf(pod: WirePod): PodAccess {
  const { metadata, spec, status } = pod;
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    node: spec?.nodeName ?? null,
    isWindows: spec?.os?.name === 'windows' || spec?.nodeSelector?.['kubernetes.io/os'] === 'windows',
    isMirror: metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined,
    hostNetwork: spec?.hostNetwork ?? false,
    labels: metadata?.labels ?? {},
    serviceAccount: spec?.serviceAccountName ?? null,
    pullSecrets: (spec?.imagePullSecrets ?? []).flatMap(({ name }) => (name === undefined || name === '' ? [] : [name])),
    podUser: spec?.securityContext?.runAsUser ?? null,
    containers: containersOf(pod).filter(({ kind }) => kind === 'container').map(({ name: container, state, reason, message, exitCode }) => ({
      name: container, state, reason, message, exitCode, isRunning: state === 'running', user: userOf(pod, container),
    })),
    ended: status?.phase === 'Failed' || status?.phase === 'Succeeded' ? { reason: status.reason ?? status.phase, message: status.message === undefined ? null : cleanText(status.message) } : null,
    ephemeral: ephemeralOf(pod),
  };
}

function userOf({ spec }: WirePod, container: string): number | null {
  return spec?.containers.find(({ name }) => name === container)?.securityContext?.runAsUser ?? spec?.securityContext?.runAsUser ?? null;
}

export function ephemeralOf(pod: WirePod): readonly EphemeralState[] {
  const states = containersOf(pod).filter(({ kind }) => kind === 'ephemeral');
  return (pod.spec?.ephemeralContainers ?? []).map((container: Wire<V1EphemeralContainer>) => {
    const state = states.find(({ name }) => name === container.name);
    const variables = (container.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, cleanText(value)] as const]));
    return {
      name: container.name,
      image: cleanText(container.image ?? ''),
      target: container.targetContainerName ?? null,
      state: state?.state ?? 'unknown',
      reason: state?.reason ?? null,
      message: state?.message ?? null,
      exitCode: state?.exitCode ?? null,
      environment: Object.fromEntries(variables),
    };
  });
}

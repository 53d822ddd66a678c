import type { Target } from '../../domain/target.ts';
import type { Vantage } from '../../domain/vantage.ts';
import type { ClusterResult } from '../../domain/cluster.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { parsePrefix } from '../prefix.ts';
import { behindPrefix } from '../session/places.ts';

type PodName = { readonly namespace: string; readonly pod: string };
export type OtherPlace = { readonly kind: 'prefix'; readonly name: string; readonly argv: readonly string[] } | ({ readonly kind: 'pod' } & PodName);

/** `NAME='COMMAND'`, `POD` in the target's namespace, `NAMESPACE/POD`; null when the text is none of them. */
export function parseOtherPlace(text: string, target: Target): OtherPlace | null {
  const [, name, prefixText = ''] = /^([\w.][\w.-]*)=(.*)$/su.exec(text.trim()) ?? [];
  if (name !== undefined) {
    const prefix = parsePrefix(prefixText);
    return prefix.ok ? { kind: 'prefix', name, argv: prefix.argv } : null;
  }
  // RFC 1123: the names of namespaces are labels, those of pods subdomains.
  const [, namespace, pod] = /^(?:([a-z0-9-]+)\/)?([a-z0-9][a-z0-9.-]*)$/u.exec(text.trim().replace(/^pods?\//u, '')) ?? [];
  if (pod === undefined || target.kind !== 'pod') return null;
  return { kind: 'pod', namespace: namespace ?? target.namespace, pod };
}

export function prefixPlace({ name, argv }: Extract<OtherPlace, { kind: 'prefix' }>): Vantage {
  return behindPrefix('contrast', { name, argv });
}

/** Another pod to compare with: its first container that runs, by exec. null: none runs. */
export async function podPlace(connection: ClusterConnection, { namespace, pod }: PodName, signal: AbortSignal): Promise<ClusterResult<Vantage | null>> {
  const { createPodExecVantage, podIdentity } = await import('../../vantage/pod-exec.ts');
  const detail = await connection.reader.getPod(namespace, pod, signal);
  if (!detail.ok) return detail;
  const container = detail.value.runningContainers[0];
  if (container === undefined) return { ok: true, value: null };
  const identity = podIdentity({ namespace, name: pod, node: detail.value.node }, container, { id: `contrast:${namespace}/${pod}`, relation: 'pod' }, connection.reader.context);
  // Whether it is a replica, or shares the node, nobody said.
  return { ok: true, value: createPodExecVantage({ ...identity, relation: 'unknown' }, connection.exec, { namespace, pod, container }) };
}

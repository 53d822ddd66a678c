import type { V1Node } from '@kubernetes/client-node';
import type { ClusterResult } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import { ok, type ApiSubject } from './failure.ts';
import { apiPath, getJson, type Wire } from './wire.ts';

/** What a node says about whether a container can be started on it. */
export interface NodeAccess {
  readonly isReady: boolean;
  readonly os: string | null;
  /** Names of images that it has, as far as it tells: the kubelet lists no more than fifty. */
  readonly images: readonly string[];
}

export async function readNodeAccess(api: Api, name: string, signal: AbortSignal): Promise<ClusterResult<NodeAccess>> {
  const subject: ApiSubject = { verb: 'get', resource: 'nodes', namespace: null, name };
  const answer = await getJson<Wire<V1Node>>(api, { path: apiPath('api', 'v1', 'nodes', name), subject, signal });
  if (!answer.ok) return answer;
  const { metadata, status } = answer.value;
  return ok({
    isReady: status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false,
    os: metadata?.labels?.['kubernetes.io/os'] ?? null,
    images: (status?.images ?? []).flatMap(({ names }) => names ?? []),
  });
}

/** `nicolaka/netshoot` is `docker.io/nicolaka/netshoot:latest` (distribution, reference normalisation). */
export function hasImage({ images }: NodeAccess, image: string): boolean {
  const full = fullName(image);
  return images.some((name) => fullName(name) === full);
}

export function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isRegistry = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  const path = isRegistry ? image : `docker.io/${rest.length === 0 ? 'library/' : ''}${image}`;
  const last = path.split('/').at(-1) ?? '';
  return last.includes(':') || last.includes('@') ? path : `${path}:latest`;
}

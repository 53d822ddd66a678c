import type { ClusterReader, ClusterResult } from '../domain/cluster.ts';
import { createClusterAccess, type ClusterAccess } from './access.ts';
import { createApi } from './api.ts';
import { createPodExec, type PodExec } from './exec-socket.ts';
import { failed, ok } from './failure.ts';
import { loadKubeconfig, type KubeconfigOptions } from './kubeconfig.ts';
import { createClusterReader } from './reader.ts';

export interface ClusterConnection {
  readonly reader: ClusterReader;
  /** Commands in containers, with the same credentials. */
  readonly exec: PodExec;
  /** Rights, and changes. */
  readonly access: ClusterAccess;
}

/**
 * Opens a cluster: reads the kubeconfig and pins the context; the first request is the caller's. Never writes anything.
 * @returns bad-kubeconfig and no-context as failures; the server is not spoken to yet.
 */
export async function openCluster(options: KubeconfigOptions): Promise<ClusterResult<ClusterConnection>> {
  const config = await loadKubeconfig(options);
  if (!config.ok) return failed(config.failure);
  const api = createApi(config.value);
  return ok({ reader: createClusterReader(api), exec: createPodExec(api), access: createClusterAccess(api) });
}

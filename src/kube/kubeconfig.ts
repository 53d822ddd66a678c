import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import type { ClusterResult, ContextRow } from '../domain/cluster.ts';
import { errorText } from '../domain/error-text.ts';
import { cleanText } from '../domain/sanitise.ts';
import { failed, ok } from './failure.ts';
import { impersonationOf, type Impersonation } from './impersonation.ts';
import { proxyFor } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface KubeconfigOptions {
  /** --kubeconfig; null: as kubectl finds it. */
  readonly kubeconfig: string | null;
  /** --context; null: the current one. */
  readonly context: string | null;
  readonly environment: Environment;
}

export interface LoadedConfig {
  readonly kubeConfig: KubeConfig;
  readonly cluster: Cluster;
  readonly user: User;
  /** Headers that the client does not send for this user. */
  readonly impersonation: Impersonation;
  readonly context: string;
  readonly namespace: string;
  readonly contexts: readonly ContextRow[];
}

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Finds the configuration as kubectl does: --kubeconfig alone, else the files of $KUBECONFIG (missing ones are passed over; what is
 * named first wins), else ~/.kube/config, else the service account of the pod that we run in. Files are read, never written.
 */
export async function loadKubeconfig(options: KubeconfigOptions): Promise<ClusterResult<LoadedConfig>> {
  // Loaded when a cluster is asked for, and not before; this part alone, without the classes of every API.
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const files = filesOf(options);
  const kubeConfig = new KubeConfig();
  try {
    if (files.length > 0) mergeFiles(kubeConfig, files, () => new KubeConfig());
    else if (isReadable(SERVICE_ACCOUNT_TOKEN) && options.environment['KUBERNETES_SERVICE_HOST'] !== undefined) kubeConfig.loadFromCluster();
    else return failed({ kind: 'bad-kubeconfig', detail: 'no kubeconfig was found ($KUBECONFIG, ~/.kube/config)' });
  } catch (error) {
    return failed({ kind: 'bad-kubeconfig', detail: `${files.join(', ')}: ${cleanText(errorText(error))}` });
  }
  return pinContext(kubeConfig, files, options);
}

function filesOf({ kubeconfig, environment }: KubeconfigOptions): readonly string[] {
  if (kubeconfig !== null) return [kubeconfig];
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  if (listed.length > 0) return listed.length === 1 ? listed : listed.filter(isReadable);
  const home = join(environment['HOME'] ?? '', '.kube', 'config');
  return isReadable(home) ? [home] : [];
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function mergeFiles(target: KubeConfig, files: readonly string[], create: () => KubeConfig): void {
  const parts = files.map((file) => {
    const part = create();
    part.loadFromFile(file);
    return part;
  });
  const firstOf = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
    items.filter((item, index) => items.findIndex(({ name }) => name === item.name) === index);
  target.loadFromOptions({
    clusters: firstOf(parts.flatMap((part) => part.getClusters())),
    users: firstOf(parts.flatMap((part) => part.getUsers())),
    contexts: firstOf(parts.flatMap((part) => part.getContexts())),
    currentContext: parts.map((part) => part.getCurrentContext()).find((name) => Boolean(name)) ?? '',
  });
}

async function pinContext(kubeConfig: KubeConfig, files: readonly string[], options: KubeconfigOptions): Promise<ClusterResult<LoadedConfig>> {
  const contexts = kubeConfig.getContexts().map(({ name, cluster, namespace }) => ({ name, cluster, namespace: namespace ?? null }));
  if (contexts.length === 0) return failed({ kind: 'bad-kubeconfig', detail: `${files.join(', ')}: holds no context` });
  const name = options.context ?? kubeConfig.getCurrentContext();
  if (!name) return failed({ kind: 'no-context', detail: `no current context; there are: ${contexts.map((row) => row.name).join(', ')}` });
  const context = kubeConfig.getContextObject(name);
  if (context === null) return failed({ kind: 'no-context', detail: `no context ${name}; there are: ${contexts.map((row) => row.name).join(', ')}` });
  kubeConfig.setCurrentContext(name);
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) return failed({ kind: 'bad-kubeconfig', detail: `context ${name}: no cluster ${context.cluster}` });
  if (!URL.canParse(cluster.server)) return failed({ kind: 'bad-kubeconfig', detail: `cluster ${cluster.name}: ${cluster.server} is not a URL` });
  const user = kubeConfig.getCurrentUser() ?? { name: 'anonymous' };
  const impersonation = await impersonationOf(files, user.name);
  if (impersonation === 'nobody') return failed({ kind: 'bad-kubeconfig', detail: `user ${user.name}: as-groups, as-uid and as-user-extra need as` });
  const proxyUrl = cluster.proxyUrl ?? proxyFor(new URL(cluster.server), options.environment);
  // In memory only: the client then uses the proxy for requests and for WebSockets alike. Plain http is a local proxy's.
  const pinned: Cluster = {
    ...cluster,
    skipTLSVerify: cluster.skipTLSVerify || cluster.server.startsWith('http:'),
    ...(proxyUrl === null ? {} : { proxyUrl }),
  };
  kubeConfig.loadFromOptions({ clusters: [pinned], users: [user], contexts: [{ ...context, user: user.name }], currentContext: name });
  return ok({ kubeConfig, cluster: pinned, user, impersonation, context: name, namespace: context.namespace ?? 'default', contexts });
}

import type { V1ConfigMap, V1Container } from '@kubernetes/client-node';
import type { ClusterFailure, ClusterResult, EnvironmentVariable } from '../domain/cluster.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { apiPath, getJson, type Wire } from './wire.ts';

type WireContainer = Pick<Wire<V1Container>, 'env' | 'envFrom'>;
type WireConfigMap = Wire<V1ConfigMap>;

export type ConfigMaps = ReadonlyMap<string, ClusterResult<WireConfigMap>>;

/** Reads the ConfigMaps that these containers' environments take values from. Secrets are never read. */
export async function readConfigMaps(
  api: Api,
  namespace: string,
  containers: readonly WireContainer[],
  signal: AbortSignal,
): Promise<ConfigMaps> {
  return readNamedConfigMaps(api, namespace, containers.flatMap(configMapNamesOf), signal);
}

export async function readNamedConfigMaps(api: Api, namespace: string, names: readonly string[], signal: AbortSignal): Promise<ConfigMaps> {
  const read = async (name: string): Promise<readonly [string, ClusterResult<WireConfigMap>]> => {
    const path = apiPath('api', 'v1', 'namespaces', namespace, 'configmaps', name);
    return [name, await getJson(api, { path, subject: { verb: 'get', resource: 'configmaps', namespace, name }, signal })];
  };
  return new Map(await Promise.all([...new Set(names)].map(read)));
}

function configMapNamesOf(container: WireContainer): readonly string[] {
  const whole = (container.envFrom ?? []).map((source) => source.configMapRef?.name);
  const single = (container.env ?? []).map((variable) => variable.valueFrom?.configMapKeyRef?.name);
  return [...whole, ...single].filter((name): name is string => name !== undefined && name !== '');
}

/**
 * A container's environment as the kubelet builds it: `envFrom` in order, then `env`, the later value of a name winning, and
 * `$(NAME)` replaced by what was set before (Kubernetes API reference, Container v1, EnvVar).
 */
export function environmentOf(container: WireContainer, configMaps: ConfigMaps): readonly EnvironmentVariable[] {
  const variables = new Map<string, EnvironmentVariable>();
  const set = (name: string, value: string | null, source: string): void => {
    variables.set(name, { name, value: value === null ? null : cleanText(value), source });
  };
  for (const { configMapRef, secretRef, prefix = '' } of container.envFrom ?? []) {
    const configMap = configMaps.get(configMapRef?.name ?? '');
    if (configMap?.ok === true) {
      for (const [key, value] of Object.entries(configMap.value.data ?? {})) set(prefix + key, value, `configmap/${configMapRef?.name ?? ''}`);
    }
    // Which names a Secret has is in the Secret alone, and that is not read.
    if (secretRef?.name !== undefined) set(`${prefix}*`, null, `secret/${secretRef.name}`);
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    if (valueFrom === undefined) {
      set(name, expand(value ?? '', variables), 'value');
    } else if (valueFrom.configMapKeyRef !== undefined) {
      const { name: mapName = '', key } = valueFrom.configMapKeyRef;
      const configMap = configMaps.get(mapName);
      set(name, configMap?.ok === true ? (configMap.value.data?.[key] ?? null) : null, `configmap/${mapName}`);
    } else if (valueFrom.secretKeyRef !== undefined) {
      set(name, null, `secret/${valueFrom.secretKeyRef.name ?? ''}`);
    } else {
      set(name, null, valueFrom.fieldRef === undefined ? 'resource' : 'field');
    }
  }
  return [...variables.values()];
}

/** `$(NAME)` as the kubelet replaces it; what is not known stays, and `$$` is a `$`. */
export function expand(value: string, variables: ReadonlyMap<string, EnvironmentVariable>): string {
  return value.replace(/\$\$|\$\(([^)]+)\)/gu, (reference: string, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name)?.value ?? reference));
}

export function unreadableOf(configMaps: ConfigMaps): readonly { readonly source: string; readonly failure: ClusterFailure }[] {
  return [...configMaps].flatMap(([name, result]) => (result.ok ? [] : [{ source: `configmap/${name}`, failure: result.failure }]));
}

import type { ClusterFailure, ClusterResult, DependencySources } from '../domain/cluster.ts';
import { cleanLine, cleanText } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { environmentOf, expand, readConfigMaps, readNamedConfigMaps, unreadableOf, type ConfigMaps } from './environment.ts';
import { failed, ok } from './failure.ts';
import { getWirePod, type WirePod } from './pods.ts';
import { readSecretNames } from './secret-names.ts';
import { readServiceEntries } from './service-entries.ts';

type WireSpec = NonNullable<WirePod['spec']>;
type WireContainer = WireSpec['containers'][number];
type Unreadable = { readonly source: string; readonly failure: ClusterFailure };

/** Everything that the API tells of where one container connects. What may not be read is named; only the pod itself is required. */
export async function readDependencySources(
  api: Api,
  namespace: string,
  pod: string,
  containerName: string,
  signal: AbortSignal,
): Promise<ClusterResult<DependencySources>> {
  const answer = await getWirePod(api, namespace, pod, signal);
  if (!answer.ok) return answer;
  const { spec } = answer.value;
  const container = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].find(({ name }) => name === containerName);
  if (spec === undefined || container === undefined) {
    return failed({ kind: 'not-found', resource: 'containers', name: containerName, namespace, detail: `pod ${pod} has no container ${containerName}` });
  }
  const mounts = mountedConfigMaps(spec, container);
  const unreadable: Unreadable[] = [];
  const [configMaps, mounted, secrets, serviceEntries] = await Promise.all([
    readConfigMaps(api, namespace, [container], signal),
    readNamedConfigMaps(api, namespace, mounts.map(({ configMap }) => configMap), signal),
    readSecrets(api, namespace, secretNames(spec, container), unreadable, signal),
    readServiceEntries(api, namespace, (failure) => { unreadable.push({ source: 'serviceentries', failure }); }, signal),
  ]);
  const environment = environmentOf(container, configMaps);
  const known = new Map(environment.map((variable) => [variable.name, variable]));
  return ok({
    environment,
    commandLine: [...(container.command ?? []), ...(container.args ?? [])].map((word) => cleanText(expand(word, known))),
    files: mounts.flatMap((mount) => filesOf(mount, mounted)),
    secrets,
    serviceEntries,
    unreadable: [...uniqueUnreadable([...unreadableOf(configMaps), ...unreadableOf(mounted)]), ...unreadable],
  });
}

function uniqueUnreadable(list: readonly Unreadable[]): readonly Unreadable[] {
  return [...new Map(list.map((one) => [one.source, one])).values()];
}

interface Mount {
  readonly configMap: string;
  readonly mountPath: string;
  /** Only this file of the volume is mounted, as `mountPath` itself. */
  readonly subPath: string | null;
  /** Which keys, under which paths; null: all under their own names. */
  readonly items: readonly { readonly key: string; readonly path: string }[] | null;
}

function mountedConfigMaps(spec: WireSpec, container: WireContainer): readonly Mount[] {
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }) => {
    const volume = (spec.volumes ?? []).find((one) => one.name === name);
    const sources = [volume?.configMap, ...(volume?.projected?.sources ?? []).map(({ configMap }) => configMap)];
    return sources.flatMap((source) =>
      // Every pod has this one; it is a certificate.
      source?.name === undefined || source.name === 'kube-root-ca.crt'
        ? []
        : [{ configMap: source.name, mountPath, subPath: subPath ?? null, items: source.items ?? null }],
    );
  });
}

function filesOf({ configMap, mountPath, subPath, items }: Mount, configMaps: ConfigMaps): DependencySources['files'] {
  const read = configMaps.get(configMap);
  if (read?.ok !== true) return [];
  const data = read.value.data ?? {};
  const files = items ?? Object.keys(data).map((key) => ({ key, path: key }));
  return files.flatMap(({ key, path }) => {
    const text = data[key];
    if (text === undefined || (subPath !== null && subPath !== path)) return [];
    return [{ source: `configmap/${configMap}`, path: subPath === null ? `${mountPath.replace(/\/$/u, '')}/${path}` : mountPath, text: cleanText(text) }];
  });
}

function secretNames(spec: WireSpec, container: WireContainer): readonly string[] {
  const volumes = (container.volumeMounts ?? []).flatMap(({ name }) => {
    const volume = (spec.volumes ?? []).find((one) => one.name === name);
    return [volume?.secret?.secretName, ...(volume?.projected?.sources ?? []).map(({ secret }) => secret?.name)];
  });
  const whole = (container.envFrom ?? []).map(({ secretRef }) => secretRef?.name);
  return [...new Set([...whole, ...volumes].filter((name) => name !== undefined))];
}

/** A single variable's key stands in the pod; of a whole Secret only its own metadata tells. */
async function readSecrets(api: Api, namespace: string, names: readonly string[], unreadable: Unreadable[], signal: AbortSignal): Promise<DependencySources['secrets']> {
  return Promise.all(
    names.map(async (secret) => {
      const answer = await readSecretNames(api, namespace, secret, signal);
      if (!answer.ok) unreadable.push({ source: `secret/${secret}`, failure: answer.failure });
      return { secret, names: answer.ok ? (answer.value?.map(cleanLine) ?? null) : null };
    }),
  );
}

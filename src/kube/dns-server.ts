import type { ClusterResult } from '../domain/cluster.ts';
import type { DnsServerFact } from '../domain/facts.ts';
import type { Api } from './api.ts';
import { findDnsService } from './cluster-dns.ts';
import { readCorefile } from './corefile.ts';
import { ok } from './failure.ts';
import { isErrorLine, readLines } from './error-lines.ts';
import { containersOf, listWirePods, summaryOf, type WirePod } from './pods.ts';
import { apiPath, getJson } from './wire.ts';

const NODE_CACHE_NAMESPACE = 'kube-system';
const LOG_LINES = 300;
const KEPT_ERRORS = 5;
/** `[FATAL] plugin/loop: Loop (127.0.0.1:48734 -> :53) detected for zone ".", see https://coredns.io/plugins/loop...` (CoreDNS 1.14). */
const LOOP_LINE = /plugin\/loop: Loop .*detected/u;

/** What the cluster's DNS servers are told to do with a name, how they fare, and what they say of it. */
export async function readDnsServer(api: Api, name: string, node: string | null, signal: AbortSignal): Promise<ClusterResult<DnsServerFact>> {
  const service = await findDnsService(api, signal);
  if (!service.ok) return service;
  const namespace = service.value.metadata?.namespace ?? 'kube-system';
  const labelSelector = Object.entries(service.value.spec?.selector ?? {}).map(([key, value]) => `${key}=${value}`).join(',');
  const listed = await listWirePods(api, namespace, { labelSelector }, signal);
  const pods = listed.ok ? listed.value : [];
  const [corefile, said, nodeLocal] = await Promise.all([readConfig(api, namespace, pods, signal), readLogs(api, pods, signal), readNodeLocal(api, node, signal)]);
  const reading = corefile.ok ? readCorefile(corefile.value, name) : null;
  return ok({
    kind: 'dns-server',
    namespace,
    pods: pods.map(podOf),
    forwarders: reading?.forwarders ?? null,
    concerning: reading?.concerning ?? [],
    loop: said.lines.find((line) => LOOP_LINE.test(line)) ?? null,
    errors: errorsFor(said.lines, name),
    nodeLocal: nodeLocal.ok ? nodeLocal.value : null,
    unreadable: [...new Set([
      ...(listed.ok ? [] : [`pods in ${namespace}: ${listed.failure.detail}`]),
      ...(corefile.ok ? [] : [`Corefile: ${corefile.failure.detail}`]),
      ...said.unreadable,
      ...(nodeLocal.ok ? [] : [`pods in ${NODE_CACHE_NAMESPACE}: ${nodeLocal.failure.detail}`]),
    ])],
  });
}

function podOf(pod: WirePod): DnsServerFact['pods'][number] {
  const { name, node, phase, ready } = summaryOf(pod);
  const container = containersOf(pod)[0];
  return { name, node, phase, ready, reason: container?.reason ?? null, restarts: container?.restarts ?? 0 };
}

async function readConfig(api: Api, namespace: string, pods: readonly WirePod[], signal: AbortSignal): Promise<ClusterResult<string>> {
  // The ConfigMap that the pods mount; with no pod there, the one that every installer names so.
  const mounted = pods.flatMap((pod) => (pod.spec?.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []));
  const name = mounted[0] ?? 'coredns';
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'configmaps', name);
  const answer = await getJson<{ readonly data?: Readonly<Record<string, string>> }>(api, { path, subject: { verb: 'get', resource: 'configmaps', namespace, name }, signal });
  return answer.ok ? ok(answer.value.data?.['Corefile'] ?? '') : answer;
}

/** A server that restarted has said why in its life before. */
async function readLogs(api: Api, pods: readonly WirePod[], signal: AbortSignal): Promise<{ readonly lines: readonly string[]; readonly unreadable: readonly string[] }> {
  const wanted = pods.flatMap((pod) => {
    const container = containersOf(pod)[0];
    if (container === undefined) return [];
    const { namespace, name } = summaryOf(pod);
    const lives = container.restarts > 0 ? [false, true] : [false];
    return lives.map((previous) => readLines(api, namespace, name, container.name, { previous, tailLines: LOG_LINES }, signal));
  });
  const logs = await Promise.all(wanted);
  const refused = logs.flatMap((log) => (!log.ok && log.failure.kind === 'forbidden' ? [`logs: ${log.failure.detail}`] : []));
  return { lines: logs.flatMap((log) => (log.ok ? log.value : [])), unreadable: [...new Set(refused)] };
}

/** Errors about the name itself before others. */
function errorsFor(lines: readonly string[], name: string): readonly string[] {
  const errors = lines.filter(isErrorLine);
  const own = errors.filter((line) => line.toLowerCase().includes(name.toLowerCase().replace(/\.$/u, '')));
  return (own.length > 0 ? own : errors).slice(-KEPT_ERRORS);
}

/** NodeLocal DNSCache: a DaemonSet whose pod of this node answers before the cluster's DNS is asked; null where there is none. */
async function readNodeLocal(api: Api, node: string | null, signal: AbortSignal): Promise<ClusterResult<DnsServerFact['nodeLocal']>> {
  if (node === null) return ok(null);
  const query = { labelSelector: 'k8s-app=node-local-dns', fieldSelector: `spec.nodeName=${node}` };
  const listed = await listWirePods(api, NODE_CACHE_NAMESPACE, query, signal);
  if (!listed.ok) return listed;
  const [pod] = listed.value;
  return ok(pod === undefined ? null : podOf(pod));
}

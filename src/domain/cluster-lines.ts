import type { Change, ClusterDnsFact, ClusterEvent, CniStateFact, DnsServerFact, Fact, MeshProxyState, NodeStateFact, PodStateFact, ProxyStateFact, ServiceFact } from './facts.ts';

/** What was read from the API, as lines in the manner of `kubectl describe`: the evidence behind a fact. Empty for facts of other places. */
export function clusterLines(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case 'pod-state':
      return podLines(fact);
    case 'node-state':
      return nodeLines(fact);
    case 'cni-state':
      return agentLines(`Network plugin ${fact.plugin ?? 'unknown'}`, fact);
    case 'proxy-state':
      return agentLines('kube-proxy', fact);
    case 'cluster-dns':
      return dnsLines(fact);
    case 'dns-server':
      return serverLines(fact);
    case 'changes':
      return fact.changes.map(changeLine);
    case 'service':
      return serviceLines(fact);
    default:
      return [];
  }
}

function podLines({ pod, node, phase, containerState, reason, message, restarts, lastTermination, events, meshProxies = [] }: PodStateFact): readonly string[] {
  const unready = meshProxies.filter(({ ready }) => !ready).map(sidecarLine);
  if (containerState === 'running' && lastTermination === null) return unready;
  return [
    ...unready,
    `Pod: ${pod}, ${phase}${node === null ? '' : ` on ${node}`}`,
    `Container: ${[containerState, reason, message].filter((part) => part !== null).join(', ')}`,
    ...(lastTermination === null ? [] : [`Last state: ${lastTermination.reason ?? 'ended'}, exit code ${String(lastTermination.exitCode)}, ${String(restarts)} restarts`]),
    ...events.map(eventLine),
  ];
}

function sidecarLine({ name, state, reason, restarts }: MeshProxyState): string {
  return `Sidecar ${name}: ${['not ready', state, reason].filter((part) => part !== null).join(', ')}, ${String(restarts)} restarts`;
}

function nodeLines({ node, ready, networkUnavailable, leaseAgeMs, message, pressures, taints }: NodeStateFact): readonly string[] {
  return [
    `Node ${node}: Ready ${shown(ready)}, NetworkUnavailable ${shown(networkUnavailable)}${leaseAgeMs === null ? '' : `, lease renewed ${String(Math.round(leaseAgeMs / 1000))} s ago`}`,
    ...(message === null ? [] : [message]),
    ...(pressures.length === 0 ? [] : [`Pressure: ${pressures.join(', ')}`]),
    ...(taints.length === 0 ? [] : [`Taints: ${taints.join(', ')}`]),
  ];
}

function agentLines(what: string, { node, agentPod, ready, reason, restarts, lastErrors }: CniStateFact | ProxyStateFact): readonly string[] {
  if (agentPod === null) return [`${what} on ${node}: not visible in the API (no pod of it on this node)`];
  const state = [ready === true ? 'ready' : 'not ready', reason, restarts === 0 ? null : `${String(restarts)} restarts`];
  return [`${what} on ${node}: ${agentPod}, ${state.filter((part) => part !== null).join(', ')}`, ...lastErrors];
}

function dnsLines({ namespace, service, serviceAddresses, replicas, readyEndpoints }: ClusterDnsFact): readonly string[] {
  const listed = replicas.map(({ address, ready, node, pod }) => `  ${address} ${pod ?? ''} on ${node ?? 'an unknown node'}: ${ready ? 'ready' : 'not ready'}`);
  return [`Cluster DNS ${namespace}/${service} at ${serviceAddresses.join(', ')}: ${String(readyEndpoints)} of ${String(replicas.length)} endpoints ready`, ...listed];
}

function serverLines({ pods, forwarders, concerning, loop, errors, nodeLocal, unreadable }: DnsServerFact): readonly string[] {
  const podLine = ({ name, node, phase, ready, reason, restarts }: DnsServerFact['pods'][number]): string =>
    `${name} on ${node ?? 'no node'}: ${[phase, ready ? 'ready' : 'not ready', reason].filter((part) => part !== null).join(', ')}, ${String(restarts)} restarts`;
  return [
    ...pods.map(podLine),
    ...(nodeLocal === null ? [] : [`NodeLocal DNSCache ${podLine(nodeLocal)}`]),
    ...(forwarders === null ? [] : [`Corefile: forward ${forwarders.length === 0 ? 'nowhere' : forwarders.join(' ')}`]),
    ...concerning.map((line) => `Corefile: ${line}`),
    ...(loop === null ? [] : [loop]),
    ...errors.filter((line) => line !== loop),
    ...unreadable.map((reason) => `could not be read: ${reason}`),
  ];
}

const ENDPOINTS_SHOWN = 10;

function serviceLines({ namespace, name, exists, type, headless, clusterAddresses, externalName, selector, ports, endpoints }: ServiceFact): readonly string[] {
  if (!exists) return [name === '' ? 'No Service has this address' : `Service ${namespace}/${name} not found`];
  if (externalName !== null) return [`Service ${namespace}/${name}: ${type ?? ''}, external name ${externalName}`];
  const portText = ports.map(({ port, protocol, targetPort, nodePort }) => `${String(port)}/${protocol} to ${targetPort}${nodePort === null ? '' : `, node port ${String(nodePort)}`}`);
  const chosen = selector === null ? 'no selector' : `selector ${labelText(selector)}`;
  return [
    `Service ${namespace}/${name}: ${headless ? 'headless' : `${type ?? ''} ${clusterAddresses.join(', ')}`}, ports ${portText.join('; ')}, ${chosen}`,
    ...(endpoints.length === 0 ? ['Endpoints: none'] : []),
    ...endpoints.slice(0, ENDPOINTS_SHOWN).map((one) => `  ${one.address} port ${one.port === null ? 'none' : String(one.port)} ${one.pod ?? ''} on ${one.node ?? 'no node'}: ${one.ready ? 'ready' : 'not ready'}`),
  ];
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}

/** `18:50:12 Deployment shop/orders changed by kubectl-edit`; times are UTC, as the API gives them. */
export function changeLine({ at, object, what, by, detail }: Change): string {
  const words = what === 'created' || what === 'changed' ? [what, by === null ? null : `by ${by}`, detail] : [detail];
  return [at.slice(11, 19), object, ...words].filter((word) => word !== null).join(' ');
}

function shown(value: boolean | null): string {
  return value === null ? 'unknown' : value ? 'True' : 'False';
}

/** `12:03:10 Warning FailedScheduling pod/orders-1: 0/2 nodes are available (×3)`. */
export function eventLine({ at, type, reason, object, message, count }: ClusterEvent): string {
  const times = count > 1 ? ` (×${String(count)})` : '';
  return `${at?.slice(11, 19) ?? '--:--:--'} ${type} ${reason} ${object.kind.toLowerCase()}/${object.name}: ${message}${times}`;
}

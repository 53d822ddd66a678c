import type { CauseId } from '../cause.ts';
import type { PathStop, StopKind } from './picture.ts';

/** `at` a stop: it is reached and does not do its part. `before` it: what is sent there does not arrive. */
export interface PathBreak {
  readonly where: 'at' | 'before';
  /** Index of the stop. */
  readonly stop: number;
}

/** Causes that lie with the start itself or on its way to the first router. */
const AT_START: readonly CauseId[] = ['link.interface-down', 'link.mtu-mismatch', 'ip.no-route', 'ip.cidr-overlap', 'dns.stale-hosts', 'dns.wrong-resolver', 'tcp.ports-exhausted', 'app.wrong-endpoint', 'app.stale-address', 'app.connections-exhausted', 'app.timeout-too-short', 'app.not-network'];
const LEAVING_START: readonly CauseId[] = ['policy.egress-denied', 'policy.dns-denied', 'policy.cni-denied', 'policy.allowed-but-dropped', 'mesh.blocked', 'mesh.proxy-not-ready'];
/** Packets get as far as the last router that answered, and no further. */
const AFTER_LAST_HOP: readonly CauseId[] = ['ip.path-dead-after', 'tcp.filtered', 'tcp.host-silent', 'tcp.filtered-from-pods', 'ip.not-masqueraded', 'ip.pmtu-blackhole'];
const AT_LAST_HOP: readonly CauseId[] = ['ip.unreachable', 'ip.prohibited', 'ip.routing-loop'];
/** A device that nobody has named does it: before the destination is all that is known. */
const BEFORE_DESTINATION: readonly CauseId[] = ['tcp.rejected-on-path', 'tls.intercepted', 'tcp.fake-accept', 'proxy.required', 'ip.packet-loss', 'ip.ipv6-unroutable', 'tcp.idle-timeout', 'policy.ingress-denied', 'service.proxy-broken'];
const RESOLVER_SILENT: readonly CauseId[] = ['dns.resolver-unreachable', 'dns.cluster-dns-down', 'dns.tcp-blocked'];

/** Where a cause breaks the path; null when it is no break (a note) or the stop that it is about is not in the picture. */
export function breakOf(cause: CauseId, stops: readonly PathStop[], lastHop: string | null): PathBreak | null {
  if (cause === 'policy.not-enforced') return null;
  if (cause.startsWith('pod.') || AT_START.includes(cause)) return { where: 'at', stop: 0 };
  if (LEAVING_START.includes(cause)) return { where: 'before', stop: 1 };
  if (cause.startsWith('node.') || cause === 'tcp.conntrack-full') return at(indexOf(stops, 'node'));
  if (cause === 'link.gateway-unreachable') return before(indexOf(stops, 'gateway') ?? 1);
  if (cause === 'proxy.unreachable') return before(indexOf(stops, 'proxy'));
  if (cause.startsWith('proxy.') && cause !== 'proxy.required') return at(indexOf(stops, 'proxy'));
  if (RESOLVER_SILENT.includes(cause)) return before(indexOf(stops, 'resolver'));
  if (cause.startsWith('dns.') && indexOf(stops, 'resolver') !== null) return at(indexOf(stops, 'resolver'));
  if (AT_LAST_HOP.includes(cause)) return at(indexOfName(stops, lastHop)) ?? before(stops.length - 1);
  if (AFTER_LAST_HOP.includes(cause)) {
    const hop = indexOfName(stops, lastHop);
    return before(hop === null ? stops.length - 1 : hop + 1);
  }
  return BEFORE_DESTINATION.includes(cause) ? before(stops.length - 1) : at(stops.length - 1);
}

function indexOf(stops: readonly PathStop[], kind: StopKind): number | null {
  const index = stops.findIndex((stop) => stop.kind === kind);
  return index === -1 ? null : index;
}

function indexOfName(stops: readonly PathStop[], name: string | null): number | null {
  const index = stops.findLastIndex((stop) => name !== null && (stop.name === name || stop.address === name));
  return index === -1 || index === stops.length - 1 ? null : index;
}

function at(stop: number | null): PathBreak | null {
  return stop === null ? null : { where: 'at', stop };
}

function before(stop: number | null): PathBreak | null {
  return stop === null ? null : { where: 'before', stop };
}

import type { CauseId } from '../domain/cause.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { Observation } from '../domain/observation.ts';
import type { RuledOut } from '../domain/verdict.ts';
import { TARGET } from '../tree/look.ts';

type Destination = Pick<Dependency, 'host' | 'port'>;

/** The tree asks for names of its own, too, to see whether a resolver is there at all. */
function isName(name: string | null, host: string): boolean {
  const plain = (text: string): string => text.replace(/\.$/u, '').toLowerCase();
  return name !== null && plain(name) === plain(host);
}

/** Causes that one observation at the target excludes by itself. */
function excludedBy({ fact, question }: Observation, { host, port }: Destination): readonly CauseId[] {
  switch (fact.kind) {
    case 'resolve':
      if (fact.outcome !== 'answered') return [];
      if (question.kind !== 'resolve' && !isName(fact.name, host)) return ['dns.resolver-unreachable'];
      return ['dns.nxdomain', 'dns.no-address', 'dns.servfail', 'dns.refused', 'dns.resolver-unreachable'];
    case 'connect':
      if (fact.outcome !== 'connected' || (fact.port !== null && fact.port !== port)) return [];
      return ['tcp.refused', 'tcp.filtered', 'tcp.host-silent', 'ip.no-route', 'ip.unreachable', 'ip.prohibited', 'link.interface-down', 'link.gateway-unreachable'];
    case 'tls':
      if (!fact.established) return [];
      return ['tls.plaintext-port', 'tls.version-unsupported', 'tls.no-shared-cipher', ...acceptedCertificate(fact.failure, fact.verified)];
    case 'http':
      return fact.outcome === 'response' ? ['app.connection-closed', 'app.protocol-mismatch', 'tcp.fake-accept'] : [];
    case 'ping':
      return fact.received > 0 ? ['tcp.host-silent', 'ip.no-route', 'ip.path-dead-after', 'link.interface-down'] : [];
    case 'interfaces':
      return fact.interfaces.some((one) => !one.loopback && one.up && one.addresses.length > 0) ? ['link.interface-down'] : [];
    case 'node-state':
      return [...(fact.ready === true ? (['node.not-ready'] as const) : []), ...(fact.networkUnavailable === false ? (['node.network-unavailable'] as const) : [])];
    case 'cluster-dns':
      return fact.readyEndpoints > 0 ? ['dns.cluster-dns-down'] : [];
    case 'pod-state':
      return fact.containerState === 'running' ? ['pod.not-running', 'pod.sandbox-failed'] : [];
    default:
      return [];
  }
}

function acceptedCertificate(failure: string | null, verified: boolean): readonly CauseId[] {
  if (failure !== null || !verified) return [];
  return ['tls.expired', 'tls.not-yet-valid', 'tls.self-signed', 'tls.unknown-ca', 'tls.hostname-mismatch'];
}

/** What the run has excluded, and by which observations. The verdict's own cause is never among it. */
export function ruledOut(observations: readonly Observation[], destination: Destination, cause: CauseId | null): readonly RuledOut[] {
  const because = new Map<CauseId, string[]>();
  for (const observation of observations) {
    if (observation.vantage !== TARGET) continue;
    for (const excluded of excludedBy(observation, destination)) {
      if (excluded === cause) continue;
      because.set(excluded, [...(because.get(excluded) ?? []), observation.id]);
    }
  }
  return [...because].map(([id, ids]) => ({ cause: id, because: ids }));
}

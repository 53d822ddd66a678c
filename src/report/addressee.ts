import { CAUSE_LAYER, type CauseId } from '../domain/cause.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';

/** Who has to act. */
export type Addressee = keyof Messages['document']['escalation']['titles'];

/** Causes of a group that somebody else than the group's addressee removes. */
const OWN: Readonly<Partial<Record<CauseId, Addressee>>> = {
  'tls.intercepted': 'network',
  'tls.clock-skew': 'cluster',
  'app.not-network': 'application',
  'app.wrong-endpoint': 'application',
  'app.timeout-too-short': 'application',
  'app.connections-exhausted': 'application',
  'app.stale-address': 'application',
  'dns.cluster-dns-down': 'cluster',
  'dns.forward-loop': 'cluster',
  'dns.wrong-resolver': 'cluster',
  'dns.search-hijack': 'cluster',
  'dns.stale-hosts': 'cluster',
  'dns.external-name': 'cluster',
  'tcp.refused': 'destination',
  'tcp.ports-exhausted': 'cluster',
  'tcp.conntrack-full': 'cluster',
};

const GROUPS: Readonly<Record<string, Addressee>> = {
  app: 'destination', tls: 'destination', proxy: 'proxy', mesh: 'cluster', tcp: 'network', udp: 'network', policy: 'cluster', dns: 'names', ip: 'network', link: 'cluster', node: 'cluster', pod: 'cluster', service: 'cluster',
};

export function addresseeOf({ status, cause }: Verdict): Addressee {
  if (status === 'reachable') return 'nobody';
  if (status === 'inconclusive' || cause === null) return 'unsettled';
  return OWN[cause] ?? GROUPS[groupOf(cause)] ?? 'network';
}

/** Those of what was ruled out that the addressee would look for come first: of the same group, then of the same layer, then the rest. */
export function byRelevance(cause: CauseId | null, ruledOut: readonly CauseId[]): readonly CauseId[] {
  if (cause === null) return ruledOut;
  const rank = (one: CauseId): number => (groupOf(one) === groupOf(cause) ? 0 : CAUSE_LAYER[one] === CAUSE_LAYER[cause] ? 1 : 2);
  return ruledOut.toSorted((a, b) => rank(a) - rank(b));
}

function groupOf(cause: CauseId): string {
  return cause.split('.')[0] ?? '';
}

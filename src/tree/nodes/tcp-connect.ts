import type { ConnectOutcome } from '../../domain/facts.ts';
import { allAddresses } from '../all-addresses.ts';
import { hasNoWay } from '../link-fault.ts';
import { fault, follow, inconclusive, reachable, WAIT, type TreeNode } from '../node.ts';
import { addressesOf, connectQuestion, connections, idsOf, isIpv6, isUnreachable, type Connection } from '../reading.ts';

/** The guide's nc step: can the port be touched? */
export const tcpConnect: TreeNode = {
  id: 'tcp.connect',
  layer: 'transport',
  branches: [
    { id: 'connects', goto: null, causes: [] },
    { id: 'refused', goto: 'tcp.refusal', causes: [] },
    { id: 'timed-out', goto: 'ip.ping', causes: [] },
    { id: 'unreachable', goto: 'ip.route', causes: [] },
    { id: 'not-permitted', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'rule-forbids', goto: null, causes: ['ip.no-route'] },
    { id: 'protocol-rejected', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'no-source-port', goto: null, causes: ['tcp.ports-exhausted'] },
    { id: 'cannot-ask', goto: null, causes: [] },
  ],
  decide(look) {
    const { port } = look.dependency;
    const addresses = addressesOf(look) ?? [];
    const answers = addresses.map((address) => look.need(connectQuestion(address, port)));
    const seen = connections(look);
    if (answers.includes(null) || allAddresses(look) === 'wait') return WAIT;
    const deciding = decidingConnection(seen);
    const ids = idsOf(seen);
    if (deciding === null) return inconclusive(look, 'cannot-ask', null, [...ids, ...answers.flatMap((one) => one?.ids() ?? [])]);
    const { outcome } = deciding.fact;
    if (outcome === 'not-permitted' || outcome === 'failed') {
      // ip-route(8): a prohibit route says EACCES, a blackhole route EINVAL
      const routes = look.need({ kind: 'routes' });
      if (routes === null) return WAIT;
      if (hasNoWay(routes, deciding.address)) return follow('unreachable', [...ids, ...routes.ids('routes')]);
    }
    const details = { address: deciding.address, detail: deciding.fact.detail ?? undefined };
    switch (outcome) {
      case 'connected':
        // The port opens, but what should be spoken on it could not be asked: for a bare port that is all there is to ask.
        if (look.dependency.application === null && !look.dependency.tls) return reachable(look, 'connects', 'likely', ids, details);
        return inconclusive(look, 'connects', null, ids, details);
      case 'refused':
      case 'reset':
        return follow('refused', ids);
      case 'timeout':
        return follow('timed-out', ids);
      case 'network-unreachable':
      case 'host-unreachable':
        return follow('unreachable', ids);
      case 'protocol-unreachable':
        return fault(look, 'protocol-rejected', 'tcp.rejected-on-path', 'likely', ids, details);
      case 'not-permitted':
        // EACCES is a rule of the policy routing (ip-rule(8), prohibit), which the routes do not show; a firewall of this place says EPERM.
        if (/permission denied/iu.test(deciding.fact.detail ?? '')) return fault(look, 'rule-forbids', 'ip.no-route', 'likely', ids, details);
        return fault(look, 'not-permitted', 'tcp.rejected-on-path', 'likely', ids, details);
      case 'address-not-available':
        return fault(look, 'no-source-port', 'tcp.ports-exhausted', 'likely', ids, details);
      case 'name-not-resolved':
      case 'failed':
        return inconclusive(look, 'cannot-ask', null, ids, details);
    }
  },
};

const WEIGHT: Readonly<Record<ConnectOutcome, number>> = {
  connected: 9,
  'host-unreachable': 8,
  timeout: 7,
  refused: 6,
  reset: 5,
  'protocol-unreachable': 4.5,
  'not-permitted': 4,
  'address-not-available': 3,
  'network-unreachable': 2,
  'name-not-resolved': 1,
  failed: 0,
};

/**
 * The connection that the walk goes on with. IPv4 before IPv6 that has no route: a pod without IPv6 sees "unreachable" for
 * every AAAA record, and that is not why its IPv4 fails.
 */
export function decidingConnection(seen: readonly Connection[]): Connection | null {
  const relevant = seen.filter((one) => !(isIpv6(one.address) && isUnreachable(one.fact.outcome)));
  const pool = relevant.length > 0 ? relevant : seen;
  return [...pool].sort((a, b) => WEIGHT[b.fact.outcome] - WEIGHT[a.fact.outcome])[0] ?? null;
}

import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { bestRoute, hasUsableLink, routesFor } from '../link-fault.ts';
import type { Look } from '../look.ts';
import { nameserversOf, outcomeOf, queryQuestion } from '../nameservers.ts';
import { connections, idsOf, isIpv6, isName, nameToResolve } from '../reading.ts';
import { askAboutPath } from '../silence.ts';

/** An error that comes sooner than this was made by this kernel, without waiting for anybody. */
const IMMEDIATE_MS = 5;

/** The guide's "Network unreachable": is there a route at all? */
export const ipRoute: TreeNode = {
  id: 'ip.route',
  layer: 'internet',
  branches: [
    { id: 'no-route', goto: null, causes: ['ip.no-route'] },
    { id: 'no-ipv6-route', goto: null, causes: ['dns.no-address', 'ip.ipv6-unroutable'] },
    { id: 'no-link', goto: 'link.interfaces', causes: [] },
    { id: 'has-route', goto: 'ip.trace', causes: [] },
    { id: 'cannot-tell', goto: 'ip.trace', causes: [] },
  ],
  decide(look) {
    const seen = connections(look).filter((one) => ['network-unreachable', 'host-unreachable', 'not-permitted', 'failed'].includes(one.fact.outcome));
    const chosen = seen.find((one) => !isIpv6(one.address)) ?? seen[0];
    if (chosen === undefined) return follow('cannot-tell');
    askAboutPath(look, chosen.address);
    const answer = look.need({ kind: 'routes' });
    const interfaces = look.need({ kind: 'interfaces' });
    if (answer === null || interfaces === null) return WAIT;
    const table = routesFor(answer, isIpv6(chosen.address));
    const routed = table === null ? null : bestRoute(table, chosen.address) !== null;
    const ids = [...idsOf(seen), ...answer.ids('routes')];
    const links = interfaces.fact('interfaces');
    if (links !== null && !hasUsableLink(links)) return follow('no-link', [...interfaces.ids('interfaces'), ...ids]);
    if (isIpv6(chosen.address) && chosen.fact.outcome === 'network-unreachable') {
      if (routed === true) return follow('has-route', ids);
      return withoutIpv6(look, ids, chosen.address);
    }
    if (routed === true) return follow('has-route', ids);
    const immediate = chosen.fact.elapsedMs === null || chosen.fact.elapsedMs <= IMMEDIATE_MS;
    if (routed === false) return fault(look, 'no-route', 'ip.no-route', 'certain', ids, { address: chosen.address });
    // Without a routing table to look at: nobody but this kernel says so for every port at once.
    if (chosen.fact.outcome === 'network-unreachable' && (immediate || table === null)) {
      return fault(look, 'no-route', 'ip.no-route', immediate ? 'likely' : 'possible', ids, { address: chosen.address });
    }
    return follow('cannot-tell', ids);
  },
};

function withoutIpv6(look: Look, ids: readonly string[], address: string): ReturnType<TreeNode['decide']> {
  const nameservers = nameserversOf(look);
  if (nameservers === null) return WAIT;
  const nameserver = nameservers[0];
  if (!isName(look) || nameserver === undefined) return fault(look, 'no-ipv6-route', 'ip.ipv6-unroutable', 'likely', ids, { address });
  const query = look.need(queryQuestion(nameToResolve(look), nameserver));
  if (query === null) return WAIT;
  if (outcomeOf(query) === 'no-data') return fault(look, 'no-ipv6-route', 'dns.no-address', 'certain', [...query.ids(), ...ids], { address });
  return fault(look, 'no-ipv6-route', 'ip.ipv6-unroutable', 'likely', [...ids, ...query.ids()], { address });
}

import { fault, inconclusive, WAIT, type TreeNode } from '../node.ts';
import { canAskPolicies, declared, policyQuestion } from '../policy-answer.ts';
import { linkFault } from '../link-fault.ts';
import type { Answer, Look } from '../look.ts';
import { isAlive, nameserversOf, outcomeOf, queryQuestion } from '../nameservers.ts';
import { evidenceOf, nameToResolve, resolveQuestion } from '../reading.ts';

/** A name that a cluster's DNS answers by itself, without its forwarders (the DNS-based service discovery specification, 2.3). */
const CLUSTER_NAME = 'kubernetes.default.svc.cluster.local.';
/** RFC 6761 6.3: resolvers answer it themselves. */
const LOCAL_NAME = 'localhost.';

/** No nameserver answered for this name. Is the resolver down, out of reach, or only its upstream? */
export const dnsResolver: TreeNode = {
  id: 'dns.resolver',
  layer: 'internet',
  branches: [
    { id: 'cluster-dns-down', goto: null, causes: ['dns.cluster-dns-down'] },
    { id: 'wrong-resolver', goto: null, causes: ['dns.wrong-resolver'] },
    { id: 'upstream', goto: null, causes: ['dns.servfail'] },
    { id: 'unreachable', goto: null, causes: ['dns.resolver-unreachable'] },
    { id: 'policy', goto: null, causes: ['policy.dns-denied'] },
    { id: 'no-link', goto: null, causes: ['link.interface-down', 'link.gateway-unreachable', 'ip.no-route'] },
    { id: 'unclear', goto: null, causes: ['dns.resolver-unreachable'] },
  ],
  decide(look) {
    const nameservers = nameserversOf(look);
    if (nameservers === null) return WAIT;
    const queries = nameservers.map((nameserver) => look.peek(queryQuestion(nameToResolve(look), nameserver)));
    const probes = nameservers.flatMap((nameserver) =>
      probeNames(look).map((name) => look.need(queryQuestion(name, nameserver))),
    );
    const files = look.peek({ kind: 'files' });
    const ids = evidenceOf(...queries, look.peek(resolveQuestion(look)), files);
    const detail = nameservers.join(', ') || undefined;
    const cluster = clusterDns(look);
    if (cluster === null) return WAIT;
    if (cluster !== 'unknown') {
      const fact = cluster.fact('cluster-dns');
      const wrong = isOther(fact?.serviceAddress ?? null, nameservers);
      if (fact !== null && fact.readyEndpoints === 0 && !wrong) {
        return fault(look, 'cluster-dns-down', 'dns.cluster-dns-down', 'certain', [...cluster.ids(), ...ids], { detail });
      }
      if (wrong && !nameservers.some(isLinkLocal)) {
        return fault(look, 'wrong-resolver', 'dns.wrong-resolver', 'likely', [...ids, ...cluster.ids()], { detail });
      }
    }
    const alive = probes.find((answer): answer is Answer => isAlive(outcomeOf(answer)));
    if (alive !== undefined) return fault(look, 'upstream', 'dns.servfail', 'likely', [...alive.ids(), ...ids], { detail });
    if (probes.includes(null)) return WAIT;
    const policy = dnsPolicy(look, nameservers[0]);
    if (policy === 'wait') return WAIT;
    if (policy !== null) return fault(look, 'policy', 'policy.dns-denied', 'likely', [...policy, ...ids], { detail });
    const link = linkFault(look, nameservers[0] ?? null);
    if (link === 'wait') return WAIT;
    if (link !== null && link.cause !== 'ip.cidr-overlap' && link.cause !== 'tcp.host-silent') {
      return fault(look, 'no-link', link.cause, 'likely', [...link.evidence, ...ids], { detail: link.detail });
    }
    if (probes.every((answer) => answer === null || answer.unavailable)) {
      return inconclusive(look, 'unclear', 'dns.resolver-unreachable', ids, { detail });
    }
    return fault(look, 'unreachable', 'dns.resolver-unreachable', 'likely', [...ids, ...evidenceOf(...probes)], { detail });
  },
};

function probeNames(look: Look): readonly string[] {
  return look.situation.target.kind === 'pod' ? [CLUSTER_NAME] : [LOCAL_NAME];
}

function clusterDns(look: Look): Answer | 'unknown' | null {
  if (!look.situation.cluster || look.situation.target.kind !== 'pod') return 'unknown';
  const answer = look.need({ kind: 'cluster-dns' });
  if (answer === null) return null;
  return answer.fact('cluster-dns') === null ? 'unknown' : answer;
}

/** NodeLocal DNSCache listens on a link-local address in front of the cluster's DNS. */
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.');
}

/** Does a policy keep the pod from its nameserver? Evidence ids, null for no or unknown. */
function dnsPolicy(look: Look, nameserver: string | undefined): readonly string[] | null | 'wait' {
  if (nameserver === undefined || !canAskPolicies(look)) return null;
  const answer = look.need(policyQuestion(nameserver, 53, 'udp'));
  if (answer === null) return 'wait';
  return declared(answer)?.egress?.usual === 'denied' ? answer.ids('policy') : null;
}

/** The cluster's DNS is known, and resolv.conf names others only. */
function isOther(serviceAddress: string | null, nameservers: readonly string[]): boolean {
  return serviceAddress !== null && nameservers.length > 0 && !nameservers.includes(serviceAddress);
}

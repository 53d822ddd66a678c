import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import { askReplicas, asksClusterDns, clusterDns, CLUSTER_NAME, idsOfReplicas, namesOf, nodeCache, otherResolver } from '../cluster-dns.ts';
import { dnsMostlyDenied, dnsPolicy } from '../dns-denied.ts';
import { forwardLoop, upstreamFault } from '../dns-upstream.ts';
import { linkFault } from '../link-fault.ts';
import { echoes, lossToNameservers } from '../loss.ts';
import { lostAnswers } from '../lost-answers.ts';
import type { Answer, Look } from '../look.ts';
import { failingAgent } from '../node-agent.ts';
import { isAlive, nameserversOf, outcomeOf, ownNames, queryQuestion } from '../nameservers.ts';
import { silentGateway } from '../silent-gateway.ts';
import { evidenceOf, resolveQuestion } from '../reading.ts';
import { nameToQuery } from '../service-name.ts';
import { answeredLookups } from '../slow-name.ts';
import { upstreamBranch } from './dns-resolve.ts';

const DNS_PORT = 53;
const PATIENCE_WITH_OTHERS_MS = 3000;

/** No nameserver answered for this name. Is the resolver down, out of reach, or only its upstream? */
export const dnsResolver: TreeNode = {
  id: 'dns.resolver',
  layer: 'internet',
  branches: [
    { id: 'cluster-dns-down', goto: null, causes: ['dns.cluster-dns-down'] },
    { id: 'loops', goto: null, causes: ['dns.forward-loop'] },
    { id: 'wrong-resolver', goto: null, causes: ['dns.wrong-resolver'] },
    { id: 'upstream', goto: null, causes: ['dns.servfail', 'dns.resolver-unreachable'] },
    { id: 'its-node', goto: null, causes: ['node.single-node-fault', 'node.cni-agent-failing', 'ip.not-masqueraded', 'link.gateway-unreachable'] },
    { id: 'replicas-answer', goto: null, causes: ['service.proxy-broken', 'service.wrong-port'] },
    { id: 'unreachable', goto: null, causes: ['dns.resolver-unreachable'] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'loses-questions', goto: null, causes: ['dns.slow'] },
    { id: 'policy', goto: null, causes: ['policy.dns-denied'] },
    { id: 'no-link', goto: null, causes: ['link.interface-down', 'link.gateway-unreachable', 'ip.no-route'] },
    { id: 'unclear', goto: null, causes: ['dns.resolver-unreachable'] },
  ],
  decide(look) {
    const nameservers = nameserversOf(look);
    if (nameservers === null) return WAIT;
    const queries = nameservers.map((nameserver) => look.peek(queryQuestion(nameToQuery(look), nameserver)));
    const probes = nameservers.flatMap((nameserver) => ownNames(look).map((name) => look.need(queryQuestion(name, nameserver))));
    const ids = evidenceOf(...queries, look.peek(resolveQuestion(look)), look.peek({ kind: 'files' }));
    const detail = nameservers.join(', ') || undefined;
    const byApi = judgeByApi(look, nameservers, ids, detail);
    if (byApi !== null) return byApi;
    const alive = probes.find((answer): answer is Answer => isAlive(outcomeOf(answer)));
    if (alive === undefined && probes.includes(null)) return WAIT;
    const loss = lossToNameservers(look);
    if (loss === 'wait') return WAIT;
    if (loss !== null) return fault(look, 'loses-packets', 'ip.packet-loss', 'likely', [...loss, ...ids]);
    if (alive !== undefined) return byOneAnswer(look, alive, ids, detail);
    // One question about each name may have been lost by chance, when others pass.
    const [lost] = nameservers.filter((one) => echoes(look, one)).map((one) => lostAnswers(look, one));
    if (lost === 'wait') return WAIT;
    if (lost !== undefined && lost !== null) return fault(look, 'loses-questions', 'dns.slow', 'likely', [...lost.evidence, ...ids], { detail: lost.share });
    const answered = answeredLookups(look);
    if (answered.length > 0) return mostlyDenied(look, [...answered, ...ids]) ?? fault(look, 'loses-questions', 'dns.slow', 'likely', [...answered, ...ids]);
    return judgeByPath(look, nameservers, probes, [...ids, ...evidenceOf(...probes)], detail);
  },
};

/** What the API says of the cluster's DNS, where the pod asks it; and whether it should have asked it. */
function judgeByApi(look: Look, nameservers: readonly string[], ids: readonly string[], detail: string | undefined): Decision | null {
  const dns = clusterDns(look);
  if (dns === 'wait') return WAIT;
  if (dns === 'unknown') return null;
  if (dns.fact.readyEndpoints === 0 && asksClusterDns(look, dns.fact, nameservers)) {
    const server = look.need({ kind: 'dns-server', name: nameToQuery(look) });
    if (server === null) return WAIT;
    const loop = forwardLoop(server, dns.fact);
    const evidence = [...dns.answer.ids(), ...server.ids('dns-server'), ...ids];
    if (loop !== null) return fault(look, 'loops', 'dns.forward-loop', loop.confidence, evidence, { detail: loop.detail });
    // A cache of the node, or of the cloud, stands between: what it does without the cluster's DNS is its own affair.
    const direct = nameservers.some((one) => dns.fact.serviceAddresses.includes(one));
    return fault(look, 'cluster-dns-down', 'dns.cluster-dns-down', direct ? 'certain' : 'likely', evidence, { detail });
  }
  const other = otherResolver(look, nameservers);
  if (other === 'wait') return WAIT;
  return other === null ? null : fault(look, 'wrong-resolver', 'dns.wrong-resolver', other.confidence, [...other.evidence, ...ids], { detail: other.detail });
}

/** `alive`: the nameserver answers for a name of its own. Policies that let a question pass now and then, lost questions, or its upstream? */
function byOneAnswer(look: Look, alive: Answer, others: readonly string[], detail: string | undefined): Decision {
  const ids = [...alive.ids(), ...others];
  return mostlyDenied(look, ids) ?? upstream(look, alive, ids, detail);
}

function mostlyDenied(look: Look, ids: readonly string[]): Decision | null {
  const policy = dnsMostlyDenied(look);
  if (policy === 'wait') return WAIT;
  return policy === null ? null : fault(look, 'policy', 'policy.dns-denied', 'likely', [...policy.ids, ...ids], { detail: policy.names });
}

function upstream(look: Look, alive: Answer, ids: readonly string[], detail: string | undefined): Decision {
  const { question } = alive.asked;
  const found = upstreamFault(look, { cause: 'dns.servfail', confidence: 'likely', evidence: ids, detail });
  const lost = question.kind === 'query' ? lostAnswers(look, question.nameserver) : null;
  if (found === 'wait' || lost === 'wait') return WAIT;
  if (lost !== null && found.cause === 'dns.servfail') return fault(look, 'loses-questions', 'dns.slow', 'likely', [...lost.evidence, ...ids], { detail: lost.share });
  return fault(look, upstreamBranch(found.cause, 'upstream'), found.cause, found.confidence, found.evidence, { detail: found.detail, contrast: found.contrast });
}

/** No question of ours was answered: what is between the pod and its nameservers? */
function judgeByPath(look: Look, nameservers: readonly string[], probes: readonly (Answer | null)[], ids: readonly string[], detail: string | undefined): Decision {
  const policy = dnsPolicy(look);
  if (policy === 'wait') return WAIT;
  if (policy !== null) return fault(look, 'policy', 'policy.dns-denied', 'likely', [...policy.ids, ...ids], { detail: policy.names });
  const link = linkFault(look, nameservers[0] ?? null);
  if (link === 'wait') return WAIT;
  if (link !== null && link.cause !== 'ip.cidr-overlap' && link.cause !== 'tcp.host-silent') {
    return fault(look, 'no-link', link.cause, 'likely', [...link.evidence, ...ids], { detail: link.detail });
  }
  if (probes.every((answer) => answer === null || answer.unavailable)) return inconclusive(look, 'unclear', 'dns.resolver-unreachable', ids, { detail });
  return byReplicas(look, nameservers, ids, detail);
}

/** The Service's address is silent. Are its replicas, and do pods of other nodes hear it? */
function byReplicas(look: Look, nameservers: readonly string[], ids: readonly string[], detail: string | undefined): Decision {
  const dns = clusterDns(look);
  if (dns === 'wait') return WAIT;
  if (dns === 'unknown') return fault(look, 'unreachable', 'dns.resolver-unreachable', 'likely', ids, { detail });
  const cache = asksClusterDns(look, dns.fact, nameservers) ? nodeCache(look) : null;
  if (cache === 'wait') return WAIT;
  if (cache !== null && !cache.ready) return fault(look, 'unreachable', 'dns.resolver-unreachable', 'likely', [...cache.evidence, ...ids], { detail: cache.words });
  if (!nameservers.some((one) => dns.fact.serviceAddresses.includes(one))) return fault(look, 'unreachable', 'dns.resolver-unreachable', 'likely', ids, { detail });
  const replicas = askReplicas(look, dns.fact, CLUSTER_NAME);
  const others = otherNodes(look);
  if (replicas === 'wait' || others === 'wait') return WAIT;
  const { answering, silent, failing } = replicas;
  const evidence = [...ids, ...idsOfReplicas(answering, silent, failing)];
  if (answering.length > 0 && silent.length === 0) {
    const [elsewherePort] = (dns.fact.targetPorts ?? []).filter((port) => port !== DNS_PORT);
    if (elsewherePort !== undefined) return fault(look, 'replicas-answer', 'service.wrong-port', 'likely', [...dns.answer.ids(), ...evidence], { address: nameservers[0], detail: `${dns.fact.namespace}/${dns.fact.service}: targetPort ${String(elsewherePort)}` });
    const proxy = look.need({ kind: 'proxy-state' });
    const again = askAgain(look, nameservers);
    if (proxy === null || again.includes(null)) return WAIT;
    // Replicas that have just been replaced: for a moment the Service still leads to those that are gone.
    if (again.some((answer) => isAlive(outcomeOf(answer)))) return inconclusive(look, 'unclear', 'dns.resolver-unreachable', [...evidence, ...evidenceOf(...again)], { detail });
    const because = [...evidence, ...proxy.ids('proxy-state'), ...others.ids];
    // A cache of the node that answers at the Service's address may be what is silent, ready or not.
    return fault(look, 'replicas-answer', 'service.proxy-broken', cache === null ? 'likely' : 'possible', [...(cache?.evidence ?? []), ...because], { address: nameservers[0], contrast: others.name });
  }
  const agent = answering.length === 0 ? failingAgent(look) : null;
  if (agent === 'wait') return WAIT;
  if (agent !== null) return fault(look, 'its-node', 'node.cni-agent-failing', 'likely', [...agent.evidence, ...evidence], { detail: agent.detail, contrast: others.name });
  if (answering.length === 0 && silent.length > 1 && others.name !== undefined && !others.sameNodeAnswers && spreadOverNodes(silent)) {
    const gateway = silentGateway(look);
    if (gateway === 'wait') return WAIT;
    const because = [...(gateway?.evidence ?? []), ...evidence, ...others.ids];
    if (gateway !== null) return fault(look, 'its-node', 'link.gateway-unreachable', 'likely', because, { detail: gateway.gateway, contrast: others.name });
    const { target } = look.situation;
    const node = target.kind === 'pod' ? (target.node ?? undefined) : undefined;
    return fault(look, 'its-node', 'node.single-node-fault', 'likely', because, { detail: node, contrast: others.name });
  }
  const telling = silent.length > 0 && answering.length > 0 ? namesOf(silent) : detail;
  return fault(look, 'unreachable', 'dns.resolver-unreachable', 'likely', evidence, { detail: telling });
}

/** The Service's address once more, by other questions: a translation that is missing loses them all. */
function askAgain(look: Look, nameservers: readonly string[]): readonly (Answer | null)[] {
  return nameservers.slice(0, 1).flatMap((one) => [look.need(queryQuestion(CLUSTER_NAME, one, 'AAAA')), look.need(queryQuestion(CLUSTER_NAME, one, 'A', 'tcp'))]);
}

function spreadOverNodes(replicas: readonly { readonly node: string | null }[]): boolean {
  return new Set(replicas.map(({ node }) => node)).size > 1;
}

interface OtherPods {
  /** A pod of another node that resolves the name. */
  readonly name: string | undefined;
  readonly ids: readonly string[];
  /** Another pod of this node resolves it, too: it is not the node. */
  readonly sameNodeAnswers: boolean;
}

function otherNodes(look: Look): OtherPods | 'wait' {
  const { target, contrasts } = look.situation;
  const own = target.kind === 'pod' ? target.node : null;
  const pods = contrasts.filter(({ relation, node }) => (relation === 'sibling' || relation === 'pod') && own !== null && node !== null);
  const asked = pods.map((vantage) => ({ vantage, answer: look.need(resolveQuestion(look), vantage.id) }));
  // One that has been asking for so long has lost its first question too.
  if (asked.some(({ vantage, answer }) => answer === null && look.waitingMs(resolveQuestion(look), vantage.id) < PATIENCE_WITH_OTHERS_MS)) return 'wait';
  const answered = asked.filter(({ answer }) => outcomeOf(answer) === 'answered');
  const found = answered.find(({ vantage }) => vantage.node !== own);
  return { name: found?.vantage.name, ids: found?.answer?.ids('resolve') ?? [], sameNodeAnswers: answered.some(({ vantage }) => vantage.node === own) };
}

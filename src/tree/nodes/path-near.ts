import { lastAnsweringHop } from '../../domain/trace-reading.ts';
import { isInternalHost, isWithinNetwork } from '../../domain/network.ts';
import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import { TARGET, type Answer, type Look } from '../look.ts';
import { isPodPlace, leavesUntranslated, nearFault } from '../near-fault.ts';
import { tableFault, translationFault } from '../node-table.ts';
import { declared, policyQuestion } from '../policy-answer.ts';
import { connections, idsOf, isIpv6 } from '../reading.ts';
import { silentGateway } from '../silent-gateway.ts';
import { unreachablePort } from '../unreachable-port.ts';
import { elsewhere, helpful, signOfLife, silentAddress, traceQuestion, type Elsewhere } from '../silence.ts';

/** It connects from elsewhere and not from here: what have the places in common that fail? */
export const pathNear: TreeNode = {
  id: 'path.near',
  layer: 'transport',
  branches: [
    { id: 'this-node', goto: null, causes: ['node.single-node-fault', 'node.cni-agent-failing', 'link.gateway-unreachable'] },
    { id: 'table', goto: null, causes: ['tcp.conntrack-full', 'tcp.ports-exhausted'] },
    { id: 'only-pods', goto: null, causes: ['tcp.filtered-from-pods'] },
    { id: 'port-rejected', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'this-pod', goto: null, causes: ['policy.allowed-but-dropped'] },
    { id: 'not-translated', goto: null, causes: ['ip.not-masqueraded'] },
    { id: 'ends-early', goto: null, causes: ['ip.path-dead-after'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return WAIT;
    const { connected, failed } = elsewhere(look, address);
    const ids = [...idsOf(connections(look)), ...connected.flatMap(({ answer }) => answer.ids()), ...failed.flatMap(({ answer }) => answer.ids())];
    return (
      byNode(look, address, connected, failed) ??
      byTable(look, address, ids) ??
      byTranslation(look, address, connected, ids) ??
      byWayBack(look, address, connected, ids) ??
      byPath(look, address, connected, failed, ids) ??
      onlyPods(look, address, connected, failed, ids)
    );
  },
};

type Places = readonly Elsewhere[];

/**
 * Pods of another node connect, and no pod of this one was seen to. Policies are not the reason where a replica is among them, which they
 * select too, or where none denies; else another pod of this node has to be seen to fail.
 */
function byNode(look: Look, address: string, connected: Places, failed: Places): Decision | null {
  const { target } = look.situation;
  const found = nearFault(look, address, idsOf(connections(look)));
  if (found === 'wait') return WAIT;
  if (found === null) return null;
  const sameNodeFails = failed.some((place) => isPodPlace(place) && target.kind === 'pod' && place.vantage.node === target.node);
  const replicaConnects = connected.some(({ vantage }) => vantage.relation === 'sibling');
  if (found.cause === 'node.single-node-fault' && !sameNodeFails && !replicaConnects && allowedBy(look, address) === null) return null;
  const branch = found.cause === 'ip.not-masqueraded' ? 'not-translated' : 'this-node';
  return fault(look, branch, found.cause, found.confidence, found.evidence, { address, detail: found.detail, contrast: found.contrast });
}

/** No pod connects, and places outside do: pods' addresses may leave untranslated from every node. */
function byWayBack(look: Look, address: string, connected: Places, ids: readonly string[]): Decision | null {
  if (look.situation.target.kind !== 'pod' || !look.situation.cluster || connected.some(isPodPlace)) return null;
  const found = leavesUntranslated(look);
  if (found === 'wait') return WAIT;
  if (found === null) return null;
  return fault(look, 'not-translated', 'ip.not-masqueraded', 'likely', [...ids, ...found], { address, contrast: connected[0]?.vantage.name });
}

/** The node's own table cannot take this pod's connections. */
function byTable(look: Look, address: string, ids: readonly string[]): Decision | null {
  const found = tableFault(look, address);
  if (found === null || found === 'wait') return found === null ? null : WAIT;
  return fault(look, 'table', found.cause, 'likely', [...found.evidence, ...ids], { address, detail: found.detail, contrast: found.contrast });
}

/** The node saw the pod's packets leave as they are, or never let them out. Where another pod connects, it is no rule for pods. */
function byTranslation(look: Look, address: string, connected: Places, ids: readonly string[]): Decision | null {
  if (!connected.some(({ vantage }) => vantage.relation === 'node') || connected.some(isPodPlace)) return null;
  const found = translationFault(look, address);
  if (found === null || found === 'wait') return found === null ? null : WAIT;
  const branch = found.cause === 'ip.not-masqueraded' ? 'not-translated' : 'only-pods';
  return fault(look, branch, found.cause, 'likely', [...found.evidence, ...ids], { address, detail: found.detail, contrast: found.contrast });
}

/** Both paths traced: does ours end where the other arrives? */
function byPath(look: Look, address: string, connected: Places, failed: Places, ids: readonly string[]): Decision | null {
  const other = connected.find((place) => !isPodPlace(place)) ?? connected[0];
  const ours = look.peek(traceQuestion(look, address));
  const fact = ours?.fact('trace') ?? null;
  const last = fact === null ? null : lastAnsweringHop(fact);
  if (other === undefined || ours === null || fact === null || fact.reached || last === null || signOfLife(look, address) !== null) return null;
  const theirs = helpful(look, traceQuestion(look, address), other.vantage.id);
  if (theirs === null) return WAIT;
  const theirFact = theirs === 'late' ? null : theirs.fact('trace');
  if (theirs === 'late' || theirFact === null) return null;
  const evidence = [...ids, ...ours.ids('trace'), ...theirs.ids('trace')];
  const details = { address, detail: last.address, contrast: other.vantage.name };
  const nodeFails = failed.some(({ vantage }) => vantage.relation === 'node');
  // Only the pod's own node answers: routers beyond it send their answers to an address that they have no way to.
  if (last.ttl === 1 && !nodeFails && other.vantage.relation === 'node' && !answeredFromAfar(look)) {
    return fault(look, 'not-translated', 'ip.not-masqueraded', 'likely', evidence, details);
  }
  if (!theirFact.reached && (lastAnsweringHop(theirFact)?.ttl ?? 0) <= last.ttl) return null;
  return nodeFails || last.ttl > 1 ? fault(look, 'ends-early', 'ip.path-dead-after', 'likely', evidence, details) : null;
}

/** A nameserver outside the link has answered: what leaves the node comes back. */
function answeredFromAfar(look: Look): boolean {
  const nets = look.peek({ kind: 'interfaces' })?.fact('interfaces')?.interfaces.flatMap((one) => one.addresses) ?? [];
  return look.all('query', TARGET).some((answer) => {
    const { question } = answer.asked;
    const outcome = answer.fact('resolve')?.outcome;
    if (question.kind !== 'query' || outcome === undefined || outcome === 'timeout' || outcome === 'unreachable' || outcome === 'failed') return false;
    // A private address may be reached without translation.
    return !isIpv6(question.nameserver) && !isInternalHost(question.nameserver) && !nets.some((net) => isWithinNetwork(question.nameserver, net));
  });
}

/** Pods fail and places outside them connect; when other pods connect too, it is this pod alone, and no rule for pods. */
function onlyPods(look: Look, address: string, connected: Places, failed: Places, ids: readonly string[]): Decision {
  const other = connected.find((place) => !isPodPlace(place)) ?? connected[0];
  const details = { address, contrast: other?.vantage.name };
  const otherPod = connected.find(isPodPlace);
  if (otherPod !== undefined) {
    const gateway = silentGateway(look);
    if (gateway === 'wait') return WAIT;
    if (gateway !== null) return fault(look, 'this-node', 'link.gateway-unreachable', 'likely', [...gateway.evidence, ...ids], { detail: gateway.gateway, contrast: otherPod.vantage.name });
    const policies = allowedBy(look, address);
    const alone = { address, contrast: otherPod.vantage.name };
    if (policies !== null) return fault(look, 'this-pod', 'policy.allowed-but-dropped', 'likely', [...ids, ...policies.ids('policy')], alone);
    return inconclusive(look, 'this-pod', 'policy.allowed-but-dropped', ids, alone);
  }
  const rejected = unreachablePort(look, address);
  if (rejected !== null) return fault(look, 'port-rejected', 'tcp.rejected-on-path', 'likely', [...rejected, ...ids], details);
  if (failed.some(({ vantage }) => vantage.relation === 'node')) return fault(look, 'ends-early', 'ip.path-dead-after', 'possible', ids, details);
  return fault(look, 'only-pods', 'tcp.filtered-from-pods', 'likely', ids, details);
}

/** The policies, when they are known and none of any kind forbids this connection. */
function allowedBy(look: Look, address: string): Answer | null {
  const policies = look.peek(policyQuestion(address, look.dependency.port, look.dependency.transport));
  const egress = policies === null ? null : (declared(policies)?.egress ?? null);
  return egress?.usual === 'allowed' && egress.customPolicies.length === 0 && egress.unreadable.length === 0 ? policies : null;
}

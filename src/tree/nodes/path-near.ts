import { lastAnsweringHop } from '../../domain/trace-reading.ts';
import { isInternalHost, isWithinNetwork } from '../../domain/network.ts';
import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import { TARGET, type Look } from '../look.ts';
import { declared, policyQuestion } from '../policy-answer.ts';
import { connections, idsOf, isIpv6 } from '../reading.ts';
import { elsewhere, helpful, signOfLife, silentAddress, traceQuestion, type Elsewhere } from '../silence.ts';

/** It connects from elsewhere and not from here: what have the places in common that fail? */
export const pathNear: TreeNode = {
  id: 'path.near',
  layer: 'transport',
  branches: [
    { id: 'this-node', goto: null, causes: ['node.single-node-fault'] },
    { id: 'only-pods', goto: null, causes: ['tcp.filtered-from-pods'] },
    { id: 'this-pod', goto: null, causes: ['policy.allowed-but-dropped'] },
    { id: 'not-translated', goto: null, causes: ['ip.not-masqueraded'] },
    { id: 'ends-early', goto: null, causes: ['ip.path-dead-after'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return WAIT;
    const { connected, failed } = elsewhere(look, address);
    const ids = [...idsOf(connections(look)), ...connected.flatMap(({ answer }) => answer.ids()), ...failed.flatMap(({ answer }) => answer.ids())];
    return byNode(look, address, connected, failed, ids) ?? byPath(look, address, connected, failed, ids) ?? onlyPods(look, address, connected, failed, ids);
  },
};

type Places = readonly Elsewhere[];

function isPod({ vantage }: Elsewhere): boolean {
  return vantage.relation === 'sibling' || vantage.relation === 'pod';
}

/** Pods of this node fail, pods of another node connect. */
function byNode(look: Look, address: string, connected: Places, failed: Places, ids: readonly string[]): Decision | null {
  const { target } = look.situation;
  const node = target.kind === 'pod' ? target.node : null;
  if (node === null) return null;
  const otherNode = connected.find((place) => isPod(place) && place.vantage.node !== node);
  const sameNodeFails = failed.some((place) => isPod(place) && place.vantage.node === node);
  const sameNodeConnects = connected.some((place) => isPod(place) && place.vantage.node === node);
  if (otherNode === undefined || sameNodeConnects || !sameNodeFails) return null;
  return fault(look, 'this-node', 'node.single-node-fault', 'certain', ids, { address, detail: node, contrast: otherNode.vantage.name });
}

/** Both paths traced: does ours end where the other arrives? */
function byPath(look: Look, address: string, connected: Places, failed: Places, ids: readonly string[]): Decision | null {
  const other = connected.find((place) => !isPod(place)) ?? connected[0];
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
  const other = connected.find((place) => !isPod(place)) ?? connected[0];
  const details = { address, contrast: other?.vantage.name };
  const otherPod = connected.find(isPod);
  if (otherPod !== undefined) {
    const policies = look.peek(policyQuestion(address, look.dependency.port, look.dependency.transport));
    const egress = policies === null ? null : (declared(policies)?.egress ?? null);
    const allowed = egress?.usual === 'allowed' && egress.customPolicies.length === 0 && egress.unreadable.length === 0;
    const alone = { address, contrast: otherPod.vantage.name };
    if (allowed && policies !== null) return fault(look, 'this-pod', 'policy.allowed-but-dropped', 'likely', [...ids, ...policies.ids('policy')], alone);
    return inconclusive(look, 'this-pod', 'policy.allowed-but-dropped', ids, alone);
  }
  if (failed.some(({ vantage }) => vantage.relation === 'node')) return fault(look, 'ends-early', 'ip.path-dead-after', 'possible', ids, details);
  return fault(look, 'only-pods', 'tcp.filtered-from-pods', 'likely', ids, details);
}
